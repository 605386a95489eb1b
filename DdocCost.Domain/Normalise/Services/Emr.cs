using static DdocCost.Domain.Normalise.Services.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// EMR clusters: what EMR adds to the price of the instances, which appear as EC2 launches of their own. Source: EMR API reference; a
/// CloudTrail record of each call.
/// </summary>
internal static class Emr
{
    private const string Cluster = "emr:cluster";
    private const string Note = "EMR's own share only: its instances appear as launches of their own";

    public static readonly Service Service = new("elasticmapreduce",
        Starts("RunJobFlow", Cluster, Run),
        Stops("TerminateJobFlows", Cluster, (record, changes) => changes.Add(ids: Ids.Of(record.Request["jobFlowIds"]))));

    private static void Run(CloudTrailRecord record, ChangeList changes)
    {
        var instances = record.Request["instances"];
        var id = record.Response["jobFlowId"].Text;
        var groups = instances["instanceGroups"].Items;
        foreach (var group in groups)
        {
            changes.Add(size: group["instanceType"].Text, quantity: group["instanceCount"].Amount, id: id, note: Note);
        }

        foreach (var fleet in instances["instanceFleets"].Items)
        {
            changes.Add(
                size: fleet["instanceTypeConfigs"].Items.First["instanceType"].Text, id: id, note: Note,
                quantity: (fleet["targetOnDemandCapacity"].Amount ?? 0) + (fleet["targetSpotCapacity"].Amount ?? 0));
        }

        if (changes.All.Count == 0)
        {
            changes.Add(size: instances["masterInstanceType"].Text, quantity: instances["instanceCount"].Amount, id: id, note: Note);
        }
    }
}
