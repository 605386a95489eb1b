using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>Firewall Manager policies, billed by policy, region and month. Source: AWS Firewall Manager API reference.</summary>
internal static class FirewallManager
{
    private const string Policy = "fms:policy";

    public static readonly Service Service = new("fms",
        Starts("PutPolicy", Policy, "policyId", part: "policy"),
        Stops("DeletePolicy", Policy, "policyId"));
}
