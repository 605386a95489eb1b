using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>Data Lifecycle Manager, as the cause of snapshots. Source: Amazon Data Lifecycle Manager API reference.</summary>
internal static class DataLifecycle
{
    private const string Policy = "dlm:policy";

    public static readonly Service Service = new("dlm",
        Starts("CreateLifecyclePolicy", Policy, "policyId"),
        Stops("DeleteLifecyclePolicy", Policy, "policyId"));
}
