namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Redshift Serverless workgroup without queries.</summary>
internal static class IdleWorkgroup
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "RSH-06",
        Title = "Redshift Serverless workgroup without queries",
        Class = ZombieClass.Idle,
        Kind = Kinds.Workgroup,
        Criterion = "It is available, and computed nothing in the last {days} days.",
        Window = Threshold.Days(30, 7, 63),
        Metrics =
        [
            new("seconds", "AWS/Redshift-Serverless", "ComputeSeconds", Statistic.Sum, "Workgroup={id}") { Unit = "seconds", IsSparse = true },
        ],
        Sureness = Sureness.Low,
        IsDerived = true,
        SavingInWords = "compute costs nothing while idle; its managed storage is not told",
        Traps = ["Nothing is billed for compute while nobody asks: what stays is storage, so sureness is low."],
        Source = "derived: managed storage is billed whether it is queried or not",
        Remedies =
        [
            new("Delete the workgroup", "redshift-serverless delete-workgroup --workgroup-name {id}", "The workgroup and its endpoint; the data stays in the namespace."),
        ],
        Terraform = "aws_redshiftserverless_workgroup",
        Judge = workgroup => workgroup.State("available") & workgroup.Nothing("seconds"),
    };
}
