using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>Inspector, billed by what it scans. Source: Amazon Inspector API reference.</summary>
internal static class Inspector
{
    private const string Scanning = "inspector2:scanning";

    public static readonly Service Service = new("inspector2",
        Starts("Enable", Scanning, (record, changes) => changes.Add(ids: Kinds(record))),
        Stops("Disable", Scanning, (record, changes) => changes.Add(ids: Kinds(record))));

    private static List<string> Kinds(CloudTrailRecord record) => Ids.Of(record.Request["resourceTypes"]);
}
