namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Old ElastiCache snapshot.</summary>
internal static class OldCacheSnapshot
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "EC-05",
        Title = "Old ElastiCache snapshot",
        Class = ZombieClass.Stale,
        Kind = Kinds.CacheSnapshot,
        Criterion = "It was made by hand and is older than {days} days.",
        Window = Threshold.Days(90, 30, 400),
        Sureness = Sureness.Low,
        SavingInWords = "its size at 0.085 USD per GB-month is not in the price book: unpriced",
        Traps = ["Automatic ones end by themselves: left out."],
        Source = "Cloud Custodian (30 days)",
        Remedies =
        [
            new("Delete the snapshot", "elasticache delete-snapshot --snapshot-name {id}", "The backup, for good."),
        ],
        Terraform = "aws_elasticache_replication_group",
        Judge = snapshot => snapshot.State("available") & snapshot.Is("source", "manual") & snapshot.IsOld,
    };
}
