namespace DdocCost.Domain.Zombies.Rules;

/// <summary>ECS cluster whose machines run no task.</summary>
internal static class EmptyEcsCluster
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "ECS-03",
        Title = "ECS cluster whose machines run no task",
        Class = ZombieClass.Idle,
        Kind = Kinds.EcsCluster,
        AlsoReads = [Kinds.Instance],
        Criterion = "Container instances are registered, and no task has run or waited on them for at least {days} days.",
        Window = Threshold.Days(7, 1, 90),
        Sureness = Sureness.High,
        IsDerived = true,
        JudgesYoung = true,
        ConfirmsAfterWindow = true,
        SavingInWords = "its EC2 instances at list price",
        Saves = cluster => cluster.SumOf(cluster.LinkedTo(Kinds.Instance, "instances")),
        Covers = cluster => cluster.Resource.Linked("instances"),
        Traps =
        [
            "Batch work that scales to nothing between runs: scans must see it so for the whole window.",
            "The machines are counted here and not again.",
        ],
        Source = "derived: registered machines are billed by the hour",
        Remedies =
        [
            new("Scale its group in", "autoscaling update-auto-scaling-group --auto-scaling-group-name {group} --min-size 0 --desired-capacity 0", "Its machines."),
            new("Stop the machines", "ec2 stop-instances --instance-ids {instances*}", "What is in memory and on instance store disks.", IsReversible: true),
        ],
        Terraform = "aws_ecs_cluster",
        Judge = cluster => cluster.State("active") & cluster.Has("instances") & cluster.Number("running") <= 0 & cluster.Number("pending") <= 0,
    };
}
