using static DdocCost.Domain.Normalise.Services.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>MSK clusters, counted in brokers. Source: Amazon MSK API reference; a CloudTrail record of each call.</summary>
internal static class Msk
{
    private const string Cluster = "msk:cluster";

    public static readonly Service Service = new("kafka",
        Starts("CreateCluster", Cluster, Create),
        Starts("CreateClusterV2", Cluster, Create),
        Changes("UpdateBrokerCount", Cluster, id: "clusterArn", quantity: "targetNumberOfBrokerNodes"),
        Changes("UpdateBrokerType", Cluster, id: "clusterArn", size: "targetInstanceType"),
        Stops("DeleteCluster", Cluster, "clusterArn"));

    private static void Create(CloudTrailRecord record, ChangeList changes)
    {
        var provisioned = record.Request["provisioned"].Or(record.Request);
        var nodes = provisioned["brokerNodeGroupInfo"];
        var serverless = record.Request["serverless"].IsPresent;
        changes.Add(
            size: serverless ? "serverless" : nodes["instanceType"].Text,
            quantity: serverless ? 1 : provisioned["numberOfBrokerNodes"].Amount,
            id: Ids.Plain(record.Response["clusterArn"]),
            traits: new ResourceTraits { StorageGib = nodes["storageInfo"]["ebsStorageInfo"]["volumeSize"].Amount });
    }
}
