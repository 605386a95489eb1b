using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// Elastic clusters of DocumentDB: shards of some vCPUs on two instances each, unless told otherwise. Source: DocumentDB elastic
/// clusters API reference.
/// </summary>
internal static class DocumentDbElastic
{
    private const string Cluster = "docdb-elastic:cluster";

    private const decimal DefaultInstances = 2;

    public static readonly Service Service = new("docdb-elastic",
        Starts("CreateCluster", Cluster, Sized),
        Starts("RestoreClusterFromSnapshot", Cluster, Sized),
        Changes("UpdateCluster", Cluster, (record, changes) =>
        {
            var asked = record.Request;
            if (!asked.IsObject || asked["shardCapacity"].IsPresent || asked["shardCount"].IsPresent || asked["shardInstanceCount"].IsPresent)
            {
                Sized(record, changes);
            }
        }),
        Starts("StartCluster", Cluster, (record, changes) => changes.Add(id: Id(record))),
        Stops("StopCluster", Cluster, (record, changes) => changes.Add(id: Id(record))),
        Stops("DeleteCluster", Cluster, (record, changes) => changes.Add(id: Id(record))));

    private static void Sized(CloudTrailRecord record, ChangeList changes)
    {
        var (asked, told) = (record.Request, record.Response["cluster"]);
        var capacity = asked["shardCapacity"].Or(told["shardCapacity"]).Amount;
        changes.Add(
            size: capacity is { } each ? FormattableString.Invariant($"{each:0} vCPU") : null,
            quantity: asked["shardCount"].Or(told["shardCount"]).Amount
                * (asked["shardInstanceCount"].Or(told["shardInstanceCount"]).Amount ?? DefaultInstances),
            id: Id(record), traits: new ResourceTraits { VCpu = capacity });
    }

    private static string? Id(CloudTrailRecord record) => Ids.Plain(record.Response["cluster"]["clusterArn"].Or(record.Request["clusterArn"]));
}
