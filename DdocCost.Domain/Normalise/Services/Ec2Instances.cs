using static DdocCost.Domain.Normalise.Services.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>EC2 instances, spot requests, fleets, dedicated hosts, launch templates, reserved instances. Source: EC2 API reference; a CloudTrail record of each call.</summary>
internal static class Ec2Instances
{
    private const string Instance = "ec2:instance";
    private const string Template = "ec2:launch-template";

    public static readonly Service Service = new("ec2",
        Starts("RunInstances", Instance, Run),
        Starts("StartInstances", Instance, (record, changes) => Named(record, changes, state: "stopped")),
        Stops("StopInstances", Instance, (record, changes) => Named(record, changes)),
        Stops("TerminateInstances", Instance, (record, changes) => Named(record, changes)),
        Changes("ModifyInstanceAttribute", Instance, Resize),
        Starts("CreateFleet", Instance, Fleet),
        Starts("RequestSpotInstances", "ec2:spot-request", SpotRequest),
        Stops("CancelSpotInstanceRequests", "ec2:spot-request", CancelSpot),
        Starts("RequestSpotFleet", "ec2:spot-fleet", SpotFleet),
        Stops("CancelSpotFleetRequests", "ec2:spot-fleet", (record, changes) =>
            changes.Add(ids: Ids.Of(record.Request["spotFleetRequestId"].Or(record.Request["spotFleetRequestIds"])))),
        Starts("AllocateHosts", "ec2:host", (record, changes) =>
        {
            var ids = Ids.Of(record.Response["hostIdSet"].Or(record.Response["hostIds"]));
            changes.Add(
                size: record["instanceType"].Text ?? record["instanceFamily"].Text,
                quantity: ids.Count > 0 ? ids.Count : record.Request["quantity"].Amount,
                ids: ids);
        }),
        Stops("ReleaseHosts", "ec2:host", (record, changes) => changes.Add(ids: Ids.Of(record.Request["hostIdSet"].Or(record.Request["hostId"])))),
        Starts("CreateCapacityReservation", "ec2:capacity-reservation", (record, changes) =>
        {
            var made = record.Made("capacityReservation");
            changes.Add(
                size: made["instanceType"].Text, quantity: made["totalInstanceCount"].Or(made["instanceCount"]).Amount,
                id: made["capacityReservationId"].Text,
                traits: new ResourceTraits { OperatingSystem = Platform(made["instancePlatform"].Text), Tenancy = Tenancy(made["tenancy"].Text) });
        }),
        Stops("CancelCapacityReservation", "ec2:capacity-reservation", "capacityReservationId"),
        Defines("CreateLaunchTemplate", Template, DefineTemplate),
        Defines("CreateLaunchTemplateVersion", Template, DefineTemplate),
        Buys("PurchaseReservedInstancesOffering", "ec2:reserved-instances", (record, changes) => changes.Add(
            quantity: record["instanceCount"].Amount, id: record.Response["reservedInstancesId"].Text,
            definition: record.Request["reservedInstancesOfferingId"].Text is { } offering ? $"ec2:reserved-instances-offering/{offering}" : null,
            note: "the record names the offering only, not its price")));

    private static void Run(CloudTrailRecord record, ChangeList changes)
    {
        var launched = record.Response["instancesSet"].Items;
        if (launched.Count == 0)
        {
            RunAsAsked(record, changes);
            return;
        }

        var storage = Storage(record.Request["blockDeviceMapping"].Items);
        var groups = new List<(LaunchKey Key, List<string> Ids)>(1);
        foreach (var instance in launched)
        {
            var key = new LaunchKey(
                instance["instanceType"].Or(record.Request["instanceType"]).Text,
                Platform(instance["platformDetails"].Or(instance["platform"]).Text),
                Tenancy(instance["placement"]["tenancy"].Text),
                instance["instanceLifecycle"].Text == "spot" || AsksForSpot(record));
            var index = groups.FindIndex(group => group.Key == key);
            var ids = index >= 0 ? groups[index].Ids : AddGroup(groups, key, launched.Count);
            ids.Add(instance["instanceId"].Text ?? "");
        }

        var owner = Owner(launched.First["tagSet"].Items) ?? Owner(RequestTags(record));
        foreach (var (key, ids) in groups)
        {
            var count = ids.Count;
            ids.RemoveAll(id => id.Length == 0);
            changes.Add(size: key.Type, quantity: count, ids: ids, traits: key.Traits(storage), owner: owner);
        }
    }

    private static List<string> AddGroup(List<(LaunchKey Key, List<string> Ids)> groups, LaunchKey key, int capacity)
    {
        var ids = new List<string>(capacity);
        groups.Add((key, ids));
        return ids;
    }

    // No response: refused, or the record was trimmed.
    private static void RunAsAsked(CloudTrailRecord record, ChangeList changes)
    {
        var asked = record.Request;
        var wanted = asked["instancesSet"].Items.First;
        var key = new LaunchKey(
            asked["instanceType"].Text, null, Tenancy(asked["placement"]["tenancy"].Or(asked["tenancy"]).Text), AsksForSpot(record));
        var template = key.Type is null ? TemplateName(asked["launchTemplate"]) : null;
        changes.Add(
            size: key.Type,
            quantity: wanted["maxCount"].Or(asked["maxCount"]).Or(wanted["minCount"]).Amount,
            traits: key.Traits(Storage(asked["blockDeviceMapping"].Items)),
            owner: Owner(RequestTags(record)),
            definition: template,
            note: "as asked: the record has no list of launched instances");
    }

    // Starting what already runs changes nothing: AWS answers with the previous state.
    private static void Named(CloudTrailRecord record, ChangeList changes, string? state = null)
    {
        var answered = record.Response["instancesSet"].Items;
        var list = answered.Count > 0 ? answered : record.Request["instancesSet"].Items;
        var ids = new List<string>(list.Count);
        foreach (var instance in list)
        {
            var previous = instance["previousState"]["name"].Text;
            if (instance["instanceId"].Text is { } id && (state is null || previous is null || previous == state))
            {
                ids.Add(id);
            }
        }

        if (ids.Count > 0)
        {
            changes.Add(ids: ids);
        }
    }

    private static void Resize(CloudTrailRecord record, ChangeList changes)
    {
        var asked = record.Request;
        var size = asked["instanceType"].Value ?? (asked["attribute"].Text == "instanceType" ? asked["value"].Text : null);
        if (size is not null)
        {
            changes.Add(size: size, id: asked["instanceId"].Text, note: "takes effect when the instance is started again");
        }
    }

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
            definition: TemplateName(choice["launchTemplateSpecification"]),
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

    // Referred to by id or by name, so defined as both.
    private static void DefineTemplate(CloudTrailRecord record, ChangeList changes)
    {
        var template = record.Response["launchTemplate"].Or(record.Response["launchTemplateVersion"]);
        var data = record.Request["launchTemplateData"];
        var traits = new ResourceTraits
        {
            Spot = data["instanceMarketOptions"]["marketType"].Text == "spot",
            Tenancy = Tenancy(data["placement"]["tenancy"].Text),
        };
        Define(template["launchTemplateId"].Or(record.Request["launchTemplateId"]).Text);
        Define(template["launchTemplateName"].Or(record.Request["launchTemplateName"]).Text);

        void Define(string? name)
        {
            if (name is not null)
            {
                changes.Add(size: data["instanceType"].Text, id: name, traits: traits, definition: $"{Template}/{name}");
            }
        }
    }

    private static string? TemplateName(Field template) =>
        template["launchTemplateId"].Or(template["launchTemplateName"]).Text is { } name ? $"{Template}/{name}" : null;

    private static readonly ResourceTraits SpotTraits = new() { Spot = true };

    private static bool AsksForSpot(CloudTrailRecord record) =>
        record.Request["instanceMarketOptions"]["marketType"].Text == "spot" || record.Request["spotInstanceRequestId"].IsPresent;

    private static string? Tenancy(string? tenancy) => tenancy switch
    {
        null => null,
        "dedicated" => "dedicated",
        "host" => "host",
        _ => "default",
    };

    /// <summary>platform ("windows") or platformDetails ("Windows with SQL Server Standard") as what has a price of its own.</summary>
    internal static string? Platform(string? platform) => platform switch
    {
        null => null,
        _ when platform.Contains("SQL Server", StringComparison.OrdinalIgnoreCase) => "windows-sql",
        _ when platform.StartsWith("windows", StringComparison.OrdinalIgnoreCase) => "windows",
        _ when platform.StartsWith("Red Hat", StringComparison.OrdinalIgnoreCase) => "rhel",
        _ when platform.StartsWith("SUSE", StringComparison.OrdinalIgnoreCase) => "suse",
        _ => "linux",
    };

    // Volumes live and die with their instance, and the record gives them no ids: their size is a trait of the instance.
    private static ResourceTraits Storage(FieldList devices)
    {
        decimal gib = 0, iops = 0;
        string? type = null;
        foreach (var device in devices)
        {
            var volume = device["ebs"];
            gib += volume["volumeSize"].Amount ?? 0;
            iops += volume["iops"].Amount ?? 0;
            type ??= volume["volumeType"].Text;
        }

        return gib == 0 ? ResourceTraits.None : new ResourceTraits { StorageGib = gib, StorageType = type, Iops = iops == 0 ? null : iops };
    }

    private static FieldList RequestTags(CloudTrailRecord record)
    {
        foreach (var specification in record.Request["tagSpecificationSet"].Items)
        {
            if (specification["resourceType"].Text == "instance")
            {
                return specification["tags"].Items;
            }
        }

        return default;
    }

    /// <summary>Who runs an instance, as AWS's own tags and the common launchers' tags tell.</summary>
    private static string? Owner(FieldList tags)
    {
        string? cluster = null, nodegroup = null, other = null;
        foreach (var tag in tags)
        {
            var value = tag["value"].Text;
            switch (tag["key"].Text)
            {
                case "aws:eks:cluster-name" or "eks:cluster-name": cluster = value; break;
                case "eks:nodegroup-name": nodegroup = value; break;
                case "aws:autoscaling:groupName": other = $"autoscaling:{value}"; break;
                case "karpenter.sh/nodepool" or "karpenter.sh/provisioner-name": other ??= $"karpenter:{value}"; break;
                case "aws:elasticmapreduce:job-flow-id": other ??= $"emr:{value}"; break;
                case "aws:ec2:fleet-id": other ??= $"fleet:{value}"; break;
                case "aws:ec2spot:fleet-request-id": other ??= $"spot-fleet:{value}"; break;
            }
        }

        return nodegroup is not null ? $"eks:{cluster ?? "?"}/{nodegroup}" : other;
    }

    /// <summary>What instances of one launch must share to have one price.</summary>
    private readonly record struct LaunchKey(string? Type, string? OperatingSystem, string? Tenancy, bool Spot)
    {
        public ResourceTraits Traits(ResourceTraits storage) =>
            storage with { OperatingSystem = OperatingSystem, Tenancy = Tenancy, Spot = Spot };
    }
}
