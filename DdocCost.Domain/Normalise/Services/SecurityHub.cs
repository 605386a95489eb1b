using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>Security Hub, billed by check and finding. Source: AWS Security Hub API reference.</summary>
internal static class SecurityHub
{
    private const string Hub = "securityhub:hub";
    private const string Standard = "securityhub:standard";

    public static readonly Service Service = new("securityhub",
        Starts("EnableSecurityHub", Hub, (record, changes) => changes.Add(id: "hub")),
        Stops("DisableSecurityHub", Hub, (record, changes) => changes.Add(id: "hub")),
        Starts("BatchEnableStandards", Standard, (record, changes) => changes.Add(ids: Ids.Of(record.Request["standardsSubscriptionRequests"], "standardsArn"))),
        Stops("BatchDisableStandards", Standard, (record, changes) => changes.Add(ids: Ids.Of(record.Request["standardsSubscriptionArns"]))));
}
