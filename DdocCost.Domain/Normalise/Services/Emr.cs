using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// EMR clusters: what EMR adds to the price of the instances, which appear as EC2 launches of their own. Source: EMR API reference; a
/// CloudTrail record of each call.
/// </summary>
internal static class Emr
{
    private const string Cluster = "emr:cluster";
    private const string Note = "EMR's own share only: its instances appear as launches of their own";
    private const string Group = "emr:instance-group";
    private const string Studio = "emr:studio";

    public static readonly Service Service = new("elasticmapreduce",
        Starts("RunJobFlow", Cluster, Run),
        Stops("TerminateJobFlows", Cluster, (record, changes) => changes.Add(ids: Ids.Of(record.Request["jobFlowIds"]))),
        Starts("AddInstanceGroups", Group, (record, changes) =>
        {
            var ids = Ids.Of(record.Response["instanceGroupIds"]);
            var at = 0;
            foreach (var group in record.Request["instanceGroups"].Items)
            {
                changes.Add(
                    size: group["instanceType"].Text, quantity: group["instanceCount"].Amount, id: at < ids.Count ? ids[at] : null, note: Note,
                    owner: Ids.Owner(Cluster, record.Request["jobFlowId"].Text));
                at++;
            }
        }),
        Changes("ModifyInstanceGroups", Group, (record, changes) =>
        {
            foreach (var group in record.Request["instanceGroups"].Items)
            {
                if (group["instanceCount"].Amount is { } count)
                {
                    changes.Add(quantity: count, id: group["instanceGroupId"].Text, note: Note);
                }
            }
        }),
        Starts("AddInstanceFleet", Group, (record, changes) =>
        {
            var fleet = record.Request["instanceFleet"];
            changes.Add(
                size: fleet["instanceTypeConfigs"].Items.First["instanceType"].Text, id: record.Response["instanceFleetId"].Text, note: Note,
                owner: Ids.Owner(Cluster, record.Request["clusterId"].Text),
                quantity: (fleet["targetOnDemandCapacity"].Amount ?? 0) + (fleet["targetSpotCapacity"].Amount ?? 0));
        }),
        Changes("ModifyInstanceFleet", Group, (record, changes) =>
        {
            var fleet = record.Request["instanceFleet"];
            if (fleet["targetOnDemandCapacity"].Or(fleet["targetSpotCapacity"]).IsPresent)
            {
                changes.Add(
                    id: fleet["instanceFleetId"].Text, note: Note,
                    quantity: (fleet["targetOnDemandCapacity"].Amount ?? 0) + (fleet["targetSpotCapacity"].Amount ?? 0));
            }
        }),
        Starts("CreateStudio", Studio, "studioId"),
        Stops("DeleteStudio", Studio, "studioId"));

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
