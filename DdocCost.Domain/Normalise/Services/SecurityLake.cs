using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>Security Lake, billed by what it takes in. Source: Amazon Security Lake API reference.</summary>
internal static class SecurityLake
{
    private const string Lake = "securitylake:data-lake";

    public static readonly Service Service = new("securitylake",
        Starts("CreateDataLake", Lake, (record, changes) => changes.Add(ids: Ids.Of(record.Request["configurations"], "region"))),
        Stops("DeleteDataLake", Lake, (record, changes) => changes.Add(ids: Ids.Of(record.Request["regions"]))));
}
