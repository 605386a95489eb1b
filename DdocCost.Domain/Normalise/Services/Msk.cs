using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>MSK clusters, counted in brokers. Source: Amazon MSK API reference; a CloudTrail record of each call.</summary>
internal static class Msk
{
    private const string Cluster = "msk:cluster";
    private const string Replicator = "msk:replicator";
    private const string Connection = "msk:vpc-connection";

    public static readonly Service Service = new("kafka",
        Starts("CreateCluster", Cluster, Create),
        Starts("CreateClusterV2", Cluster, Create),
        Changes("UpdateBrokerCount", Cluster, id: "clusterArn", quantity: "targetNumberOfBrokerNodes"),
        Changes("UpdateBrokerType", Cluster, id: "clusterArn", size: "targetInstanceType"),
        Stops("DeleteCluster", Cluster, "clusterArn"),
        Changes("UpdateBrokerStorage", Cluster, (record, changes) => changes.Add(
            id: Ids.Plain(record.Request["clusterArn"]),
            traits: new ResourceTraits { StorageGib = record.Request["targetBrokerEBSVolumeInfo"].Items.First["volumeSizeGB"].Amount })),
        Changes("UpdateStorage", Cluster, (record, changes) => changes.Add(
            id: Ids.Plain(record.Request["clusterArn"]), traits: new ResourceTraits { StorageGib = record.Request["volumeSizeGB"].Amount })),
        Starts("CreateReplicator", Replicator, (record, changes) => changes.Add(id: Ids.Plain(record.Response["replicatorArn"]))),
        Stops("DeleteReplicator", Replicator, (record, changes) => changes.Add(id: Ids.Plain(record.Request["replicatorArn"]))),
        Starts("CreateVpcConnection", Connection, (record, changes) => changes.Add(id: Ids.Plain(record.Response["vpcConnectionArn"]))),
        Stops("DeleteVpcConnection", Connection, (record, changes) => changes.Add(id: Ids.Plain(record.Request["arn"].Or(record.Request["vpcConnectionArn"])))));

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
