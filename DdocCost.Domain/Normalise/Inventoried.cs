using System.Collections.Frozen;
using DdocCost.Domain.Normalise.Services;
using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise;

/// <summary>
/// What a scan of an account saw and its trail did not: records of our own, which take the same way as AWS's, so that the ledger can be rebuilt
/// from the records alone. One tells of a resource that runs, the other of one that two scans in a row looked for in vain.
/// </summary>
public static class Inventoried
{
    /// <summary>eventSource of these records.</summary>
    public const string Source = "inventory.ddoc-cost";

    /// <summary>eventName: it runs, and its start was not seen.</summary>
    public const string Found = "ResourceFound";

    /// <summary>eventName: it is not there any more, and its end was not seen.</summary>
    public const string Missed = "ResourceMissed";

    internal static readonly Service Service = new(Source, Starts(Found, "inventory:resource", ReadFound), Stops(Missed, "inventory:resource", ReadMissed));

    private static readonly Lazy<FrozenDictionary<string, string>> services = new(() =>
        EventCatalogue.Default.Calls.DistinctBy(call => call.ResourceType).ToFrozenDictionary(call => call.ResourceType, call => call.Service));

    /// <summary>The service whose records tell of a resource type, such as <c>ec2</c> for <c>vpc:nat-gateway</c>.</summary>
    public static string ServiceOf(string resourceType) => services.Value.GetValueOrDefault(resourceType) ?? resourceType.Split(':')[0];

    private static void ReadFound(CloudTrailRecord record, ChangeList changes)
    {
        var told = record.Request;
        if (told["resourceType"].Text is not { } type || told["resourceId"].Text is not { } id)
            return;
        var made = told["made"].Text is { } day ? $", made {day}" : "";
        changes.Add(
            type: type, id: id, size: told["size"].Text, quantity: told["quantity"].Amount ?? 1, traits: Traits(told["traits"]), owner: told["owner"].Text,
            note: $"found by a scan{made}; its start was not seen");
    }

    private static void ReadMissed(CloudTrailRecord record, ChangeList changes)
    {
        if (record.Request["resourceType"].Text is { } type && record.Request["resourceId"].Text is { } id)
            changes.Add(type: type, id: id, note: "two scans in a row did not see it; its end was not seen");
    }

    private static ResourceTraits Traits(Field told) => new()
    {
        StorageGib = told["storageGib"].Amount,
        StorageType = told["storageType"].Text,
        Iops = told["iops"].Amount,
        ThroughputMibps = told["throughputMibps"].Amount,
        Engine = told["engine"].Text,
        OperatingSystem = told["operatingSystem"].Text,
        Tenancy = Ec2Terms.Tenancy(told["tenancy"].Text),
        Spot = told["spot"].Flag ?? false,
        MultiAz = told["multiAz"].Flag ?? false,
        VCpu = told["vCpu"].Amount,
        MemoryGib = told["memoryGib"].Amount,
        ReadCapacity = told["readCapacity"].Amount,
        WriteCapacity = told["writeCapacity"].Amount,
        Variant = told["variant"].Text,
    };
}
