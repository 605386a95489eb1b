using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>EC2 instances. Source: EC2 API reference; a CloudTrail record of each call.</summary>
internal static class Ec2Instances
{
    private const string Instance = "ec2:instance";

    /// <summary>Included with each gp3 volume. Source: "Amazon EBS pricing".</summary>
    private const decimal Gp3Iops = 3_000, Gp3Throughput = 125;

    public static readonly Service Service = new("ec2",
        Starts("RunInstances", Instance, Run),
        Starts("StartInstances", Instance, (record, changes) => Named(record, changes, state: "stopped")),
        Stops("StopInstances", Instance, (record, changes) => Named(record, changes)),
        Stops("TerminateInstances", Instance, (record, changes) => Named(record, changes)),
        Changes("ModifyInstanceAttribute", Instance, Resize),
        Changes("ModifyInstancePlacement", Instance, Move));

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
                Ec2Terms.Platform(instance["platformDetails"].Or(instance["platform"]).Text),
                Ec2Terms.Tenancy(instance["placement"]["tenancy"].Text),
                instance["instanceLifecycle"].Text == "spot" || AsksForSpot(record));
            var ids = GroupOf(groups, key) ?? AddGroup(groups, key, launched.Count);
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

    private static List<string>? GroupOf(List<(LaunchKey Key, List<string> Ids)> groups, LaunchKey key)
    {
        foreach (var (known, ids) in groups)
        {
            if (known == key)
            {
                return ids;
            }
        }

        return null;
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
            asked["instanceType"].Text, null, Ec2Terms.Tenancy(asked["placement"]["tenancy"].Or(asked["tenancy"]).Text), AsksForSpot(record));
        var template = key.Type is null ? Ec2Terms.TemplateName(asked["launchTemplate"]) : null;
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

    // Only a stopped instance can be moved to hardware of its own, or to a host.
    private static void Move(CloudTrailRecord record, ChangeList changes)
    {
        if (Ec2Terms.Tenancy(record.Request["tenancy"].Text) is { } tenancy)
        {
            changes.Add(id: record.Request["instanceId"].Text, traits: new ResourceTraits { Tenancy = tenancy });
        }
    }

    private static bool AsksForSpot(CloudTrailRecord record) =>
        record.Request["instanceMarketOptions"]["marketType"].Text == "spot" || record.Request["spotInstanceRequestId"].IsPresent;

    // Volumes live and die with their instance, and the record gives them no ids: their size is a trait of the instance.
    private static ResourceTraits Storage(FieldList devices)
    {
        decimal gib = 0, iops = 0, throughput = 0;
        string? type = null;
        foreach (var device in devices)
        {
            var volume = device["ebs"];
            gib += volume["volumeSize"].Amount ?? 0;
            type ??= volume["volumeType"].Text;
            // Each gp3 volume has its own part included: together they are billed for what goes beyond, as one volume with that much more.
            var (freeIops, freeThroughput) = volume["volumeType"].Text == "gp3" ? (Gp3Iops, Gp3Throughput) : (0, 0);
            iops += Math.Max(0, (volume["iops"].Amount ?? 0) - freeIops);
            throughput += Math.Max(0, (volume["throughput"].Amount ?? 0) - freeThroughput);
        }

        var (ownIops, ownThroughput) = type == "gp3" ? (Gp3Iops, Gp3Throughput) : (0, 0);
        return gib == 0 ? ResourceTraits.None : new ResourceTraits
        {
            StorageGib = gib,
            StorageType = type,
            Iops = iops == 0 ? null : iops + ownIops,
            ThroughputMibps = throughput == 0 ? null : throughput + ownThroughput,
        };
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
        public ResourceTraits Traits(ResourceTraits storage) => OperatingSystem is null && Tenancy is null && !Spot ? storage
            : storage with { OperatingSystem = OperatingSystem, Tenancy = Tenancy, Spot = Spot };
    }
}
