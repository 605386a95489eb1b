namespace DdocCost.Domain.Zombies.Rules;

/// <summary>DMS replication instance without a running task.</summary>
internal static class IdleReplication
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "DMS-01",
        Title = "DMS replication instance without a running task",
        Class = ZombieClass.Idle,
        Kind = Kinds.ReplicationInstance,
        AlsoReads = [Kinds.ReplicationTask],
        Criterion = "It is available, and none of its tasks has run for at least {days} days.",
        Window = Threshold.Days(7, 3, 90),
        Sureness = Sureness.High,
        IsDerived = true,
        ConfirmsAfterWindow = true,
        SavingInWords = "instance hours at list price, twice for Multi-AZ",
        Traps =
        [
            "Waiting for the switch-over with a stopped task: the window can be raised.",
            "Free for the first months in some offers: the list price is shown.",
        ],
        Source = "derived: instances are billed by the hour",
        Remedies =
        [
            new("Delete the instance", "dms delete-replication-instance --replication-instance-arn {arn}", "The instance; its tasks must be deleted first."),
        ],
        Terraform = "aws_dms_replication_instance",
        Judge = instance => instance.State("available")
            & !instance.Any(Kinds.ReplicationTask, task => task.Linked("instances").Contains(instance.Resource.Arn ?? "") && task.State is "running" or "starting" or "testing"),
    };
}
