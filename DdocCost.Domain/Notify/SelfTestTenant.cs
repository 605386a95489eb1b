namespace DdocCost.Domain.Notify;

/// <summary>
/// The tenant in which a tenant's self-tests happen: apart from everything real by the tenant in every key, but told on the real channels.
/// </summary>
public static class SelfTestTenant
{
    // No tenant's own name may end like this.
    private const string Suffix = "~self-test";

    /// <summary>The self-test's tenant of a tenant.</summary>
    public static string Of(string tenantId) => tenantId + Suffix;

    /// <summary>Whether it is one, and of which tenant; of itself where it is not.</summary>
    public static bool IsOne(string tenantId, out string home)
    {
        var isOne = tenantId.EndsWith(Suffix, StringComparison.Ordinal);
        home = isOne ? tenantId[..^Suffix.Length] : tenantId;
        return isOne;
    }
}
