using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>EKS clusters, and node groups as owners of instances. Source: EKS API reference; a CloudTrail record of each call.</summary>
internal static class Eks
{
    private const string Cluster = "eks:cluster";
    private const string Nodegroup = "eks:nodegroup";
    private const string Fargate = "eks:fargate-profile";

    public static readonly Service Service = new("eks",
        Starts("CreateCluster", Cluster, (record, changes) => changes.Add(id: ClusterName(record))),
        Stops("DeleteCluster", Cluster, (record, changes) => changes.Add(id: ClusterName(record))),
        Starts("CreateNodegroup", Nodegroup, Group),
        Changes("UpdateNodegroupConfig", Nodegroup, (record, changes) =>
        {
            if (record.Request["scalingConfig"].IsPresent || !record.Request.IsObject)
            {
                Group(record, changes);
            }
        }),
        Stops("DeleteNodegroup", Nodegroup, Group),
        Starts("CreateFargateProfile", Fargate, (record, changes) => changes.Add(id: Profile(record))),
        Stops("DeleteFargateProfile", Fargate, (record, changes) => changes.Add(id: Profile(record))),
        Buys("CreateEksAnywhereSubscription", "eks:anywhere-subscription", (record, changes) => changes.Add(
            quantity: record.Request["licenseQuantity"].Amount, id: record.Response["subscription"]["id"].Text)));

    private static void Group(CloudTrailRecord record, ChangeList changes)
    {
        var made = record.Made("nodegroup");
        changes.Add(
            size: made["instanceTypes"].Items.First.Text,
            quantity: record.Request["scalingConfig"].Or(record.Response["nodegroup"]["scalingConfig"])["desiredSize"].Amount,
            id: Ids.Within(record.Request["name"].Or(record.Request["clusterName"]).Text, record.Request["nodegroupName"].Text),
            traits: made["capacityType"].Text == "SPOT" ? new ResourceTraits { Spot = true } : ResourceTraits.None);
    }

    private static string? ClusterName(CloudTrailRecord record)
    {
        var made = record.Made("cluster");
        return made["name"].Or(made["clusterName"]).Text;
    }

    private static string? Profile(CloudTrailRecord record) =>
        Ids.Within(record.Request["clusterName"].Or(record.Request["name"]).Text, record.Request["fargateProfileName"].Text);
}
