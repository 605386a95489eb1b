using System.Collections.Frozen;
using DdocCost.Domain.Zombies;
using DdocCost.Jobs.Zombies.Collectors;

namespace DdocCost.Jobs.Zombies;

/// <summary>All collectors.</summary>
internal static class CollectorCatalogue
{
    private static readonly FrozenDictionary<string, Collector> byKind = new[]
    {
        Ec2Collectors.All, EbsCollectors.All, VpcCollectors.All, LoadBalancerCollectors.All, NetworkServiceCollectors.All, Route53Collectors.All,
        DatabaseCollectors.All, NoSqlCollectors.All, AnalyticsCollectors.All, StorageCollectors.All, MonitoringCollectors.All, ComputeCollectors.All,
        StreamCollectors.All, SecurityCollectors.All, DesktopCollectors.All, MachineLearningCollectors.All, OtherCollectors.All,
    }.SelectMany(some => some).ToFrozenDictionary(collector => collector.Kind.Name);

    /// <summary>All of them.</summary>
    public static IReadOnlyCollection<Collector> All => byKind.Values;

    /// <summary>The collector of a kind.</summary>
    /// <exception cref="KeyNotFoundException">Nobody collects it.</exception>
    public static Collector Of(FactKind kind) => byKind[kind.Name];
}
