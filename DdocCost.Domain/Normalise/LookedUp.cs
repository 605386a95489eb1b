using DdocCost.Domain.Normalise.Services;
using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise;

/// <summary>
/// What we looked up in an account because its trail did not tell: a record of our own, which takes the same way as AWS's, so that the ledger
/// can be rebuilt from the records alone. It tells size and traits of a resource that is known to run, or of the definition it refers to.
/// </summary>
public static class LookedUp
{
    /// <summary>eventSource of these records.</summary>
    public const string Source = "lookup.ddoc-cost";

    /// <summary>eventName of these records.</summary>
    public const string Described = "ResourceDescribed";

    internal static readonly Service Service = new(Source, Defines(Described, "lookup:resource", Read));

    private static void Read(CloudTrailRecord record, ChangeList changes)
    {
        var told = record.Request;
        if (told["resourceType"].Text is not { } type || told["resourceId"].Text is not { } id)
        {
            return;
        }

        var definition = told["definition"].Text;
        var parts = told["parts"].Items;
        foreach (var part in parts)
        {
            if (definition is not null)
            {
                changes.Add(type: definition.Split('/')[0], definition: definition, size: part["size"].Text, quantity: part["quantity"].Amount, traits: Traits(part));
            }
            else
            {
                Is(part); // the kinds of units that it has itself
            }
        }

        if (definition is not null || parts.Count == 0)
            Is(told);

        void Is(Field of) => changes.Add(
            type: type, id: id, action: ResourceAction.Change, size: of["size"].Text, quantity: of["quantity"].Amount, definition: definition,
            note: "looked up in the account", traits: Traits(of));
    }

    private static ResourceTraits Traits(Field told) => new()
    {
        StorageGib = told["storageGib"].Amount,
        StorageType = told["storageType"].Text,
        Iops = told["iops"].Amount,
        ThroughputMibps = told["throughputMibps"].Amount,
        Engine = told["engine"].Text,
        OperatingSystem = told["operatingSystem"].Text ?? Ec2Terms.Platform(told["platform"].Text),
        Tenancy = Ec2Terms.Tenancy(told["tenancy"].Text),
        Spot = told["spot"].Flag ?? false,
        MultiAz = told["multiAz"].Flag ?? false,
        VCpu = told["vCpu"].Amount,
        MemoryGib = told["memoryGib"].Amount,
        Variant = told["variant"].Text,
    };
}
