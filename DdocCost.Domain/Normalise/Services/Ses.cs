using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>SES: dedicated addresses by the month, mail by number. Source: Amazon SES API reference.</summary>
internal static class Ses
{
    private const string Pool = "ses:dedicated-ip-pool";

    public static readonly Service Service = new("ses",
        Starts("CreateDedicatedIpPool", Pool, id: "poolName", size: "scalingMode"),
        Stops("DeleteDedicatedIpPool", Pool, "poolName"));
}
