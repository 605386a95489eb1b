namespace DdocCost.Domain.Undo;

/// <summary>ElastiCache. CloudTrail names a replication group and a single cluster alike, so both commands are offered; AWS refuses the wrong one.</summary>
internal static class ElastiCacheUndo
{
    /// <summary>Caches.</summary>
    public static IEnumerable<UndoCommand> Nodes(UndoTarget target)
    {
        if (target.Resources.All(resource => resource.Traits.Engine != "memcached"))
        {
            yield return target.Each(
                "Delete {cache, a replication group,|caches that are replication groups,} keeping a snapshot", "The cache; its data stays in the snapshot.",
                id => new AwsCall("elasticache", "delete-replication-group", target.Region).With("--replication-group-id", id).With("--final-snapshot-identifier", id + "-final"));
        }

        yield return target.Each(
            "Delete {cache, a single cluster|caches that are single clusters}", "The cache and all that is in it, for good.",
            id => new AwsCall("elasticache", "delete-cache-cluster", target.Region).With("--cache-cluster-id", id));
    }
}
