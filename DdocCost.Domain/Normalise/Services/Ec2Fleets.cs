using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// Spot requests and fleets, which launch instances: at once and named in the answer (an instant fleet), or later by launches of their
/// own. Source: EC2 API reference.
/// </summary>
internal static class Ec2Fleets
{
    private const string Instance = "ec2:instance";

    private static readonly ResourceTraits SpotTraits = new() { Spot = true };

    public static readonly Service Service = new("ec2",
        Starts("CreateFleet", Instance, Fleet),
        Starts("RequestSpotInstances", "ec2:spot-request", SpotRequest),
        Stops("CancelSpotInstanceRequests", "ec2:spot-request", CancelSpot),
        Starts("RequestSpotFleet", "ec2:spot-fleet", SpotFleet),
        Stops("CancelSpotFleetRequests", "ec2:spot-fleet", (record, changes) =>
            changes.Add(ids: Ids.Of(record.Request["spotFleetRequestId"].Or(record.Request["spotFleetRequestIds"])))),
        Changes("ModifyFleet", "ec2:fleet", (record, changes) => changes.Add(
            quantity: record.Request["targetCapacitySpecification"]["totalTargetCapacity"].Amount, id: record.Request["fleetId"].Text)),
        Stops("DeleteFleets", "ec2:fleet", (record, changes) => changes.Add(ids: Ids.Of(record.Request["fleetId"].Or(record.Request["fleetIds"])))),
        Changes("ModifySpotFleetRequest", "ec2:spot-fleet", (record, changes) => changes.Add(
            quantity: record.Request["targetCapacity"].Amount, id: record.Request["spotFleetRequestId"].Text)),
        Starts("RunScheduledInstances", "ec2:spot-request", (record, changes) => changes.Add(
            ids: Ids.Of(record.Response["instanceIdSet"]), note: "paid with the schedule that was bought")));

    private static void Fleet(CloudTrailRecord record, ChangeList changes)
    {
        var launched = record.Response["fleetInstanceSet"].Items;
        var added = false;
        foreach (var group in launched)
        {
            var ids = Ids.Of(group["instanceIds"]);
            added = true;
            changes.Add(
                size: group["instanceType"].Text, ids: ids,
                traits: group["lifecycle"].Text == "spot" ? SpotTraits : ResourceTraits.None);
        }

        // An instant fleet answers with what it launched; no instances in the answer means that none was.
        if (!added && !(record.Request["type"].Text == "instant" && record.Response.IsObject))
        {
            FleetAsAsked(record, changes);
        }
    }

    // A maintained fleet launches later, through RunInstances of its own: the request alone costs nothing yet.
    private static void FleetAsAsked(CloudTrailRecord record, ChangeList changes)
    {
        var target = record.Request["targetCapacitySpecification"];
        var choice = record.Request["launchTemplateConfigs"].Items.First;
        var instant = record.Request["type"].Text == "instant";
        changes.Add(
            size: choice["overrides"].Items.First["instanceType"].Text,
            quantity: target["totalTargetCapacity"].Amount,
            id: record.Response["fleetId"].Text,
            traits: target["defaultTargetCapacityType"].Text == "spot" ? SpotTraits : ResourceTraits.None,
            definition: Ec2Terms.TemplateName(choice["launchTemplateSpecification"]),
            note: instant ? "as asked: the record has no list of launched instances" : "its instances appear as launches of their own",
            type: instant ? null : "ec2:fleet");
    }

    private static void SpotRequest(CloudTrailRecord record, ChangeList changes)
    {
        var answered = record.Response["spotInstanceRequestSet"].Items;
        var specification = record.Request["launchSpecification"];
        changes.Add(
            size: answered.First["launchSpecification"]["instanceType"].Or(specification["instanceType"]).Text,
            quantity: answered.Count > 0 ? answered.Count : record.Request["instanceCount"].Amount,
            ids: Ids.Of(record.Response["spotInstanceRequestSet"], "spotInstanceRequestId"),
            traits: SpotTraits,
            note: "a request; its instances appear as launches of their own");
    }

    private static void CancelSpot(CloudTrailRecord record, ChangeList changes) => changes.Add(ids: Ids.Of(
        record.Request["spotInstanceRequestIdSet"].Or(record.Request["spotInstanceRequestId"]), "spotInstanceRequestId"));

    private static void SpotFleet(CloudTrailRecord record, ChangeList changes)
    {
        var config = record.Request["spotFleetRequestConfig"];
        changes.Add(
            size: config["launchSpecifications"].Items.First["instanceType"].Text,
            quantity: config["targetCapacity"].Amount,
            id: record.Response["spotFleetRequestId"].Text,
            traits: SpotTraits,
            note: "a request; its instances appear as launches of their own");
    }
}
