namespace DdocCost.Domain.Zombies.Rules;

/// <summary>ElastiCache Serverless that nobody uses.</summary>
internal static class IdleServerlessCache
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "EC-02",
        Title = "ElastiCache Serverless that nobody uses",
        Class = ZombieClass.Idle,
        Kind = Kinds.ServerlessCache,
        Criterion = "It is available, and no processing unit was consumed in the last {days} days.",
        Window = Threshold.Days(14, 7, 63),
        Metrics =
        [
            new("units", "AWS/ElastiCache", "ElastiCacheProcessingUnits", Statistic.Sum, "clusterId={id}") { Unit = "units", IsSparse = true },
        ],
        Sureness = Sureness.High,
        SavingInWords = "its least storage at list price",
        Traps = ["There is a least charge for storage, whatever is in it."],
        Source = "AWS Compute Optimizer",
        Remedies =
        [
            new("Delete the cache", "elasticache delete-serverless-cache --serverless-cache-name {id} --final-snapshot-name {id}-final", "The cache; the snapshot stays."),
        ],
        Terraform = "aws_elasticache_serverless_cache",
        Judge = cache => cache.State("available") & cache.Nothing("units"),
    };
}
