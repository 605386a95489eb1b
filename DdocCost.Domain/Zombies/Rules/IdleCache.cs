namespace DdocCost.Domain.Zombies.Rules;

/// <summary>ElastiCache cluster that nobody uses.</summary>
internal static class IdleCache
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "EC-01",
        Title = "ElastiCache cluster that nobody uses",
        Class = ZombieClass.Idle,
        Kind = Kinds.CacheGroup,
        Criterion = "It is available, and in the last {days} days its nodes answered no read and no write, whatever agents stay connected.",
        Window = Threshold.Days(14, 7, 63),
        Metrics =
        [
            new("hits", "AWS/ElastiCache", "CacheHits", Statistic.Sum, "CacheClusterId={nodes*}") { Unit = "hits" },
            new("misses", "AWS/ElastiCache", "CacheMisses", Statistic.Sum, "CacheClusterId={nodes*}") { Unit = "misses" },
            new("gets", "AWS/ElastiCache", "GetTypeCmds", Statistic.Sum, "CacheClusterId={nodes*}") { Unit = "commands" },
            new("sets", "AWS/ElastiCache", "SetTypeCmds", Statistic.Sum, "CacheClusterId={nodes*}") { Unit = "commands" },
        ],
        Sureness = Sureness.High,
        SavingInWords = "node hours at list price",
        Traps =
        [
            "Agents of AWS stay connected: connections never reach nothing, so commands are counted.",
            "Memcached has metrics of other names: left out.",
            "A replication group is judged as a whole.",
        ],
        Source = "AWS Compute Optimizer (14 days)",
        Remedies =
        [
            Remedy.Keep("Keep a snapshot", "elasticache create-snapshot --replication-group-id {id} --snapshot-name {id}-final"),
            new("Delete it", "elasticache delete-replication-group --replication-group-id {id}", "The cache with what is in it. Where it is a single node: delete-cache-cluster --cache-cluster-id."),
        ],
        Terraform = "aws_elasticache_replication_group",
        Judge = cache => cache.State("available") & cache.Is("engine", "redis", "valkey") & cache.Nothing("hits", "misses", "gets", "sets"),
    };
}
