using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// WAF Classic for load balancers and APIs: access control lists and rules by the month. Source: AWS WAF Classic Regional API
/// reference.
/// </summary>
internal static class WafClassicRegional
{
    private const string List = "waf:web-acl";
    private const string Rule = "waf:rule";
    private const string Group = "waf:rule-group";

    public static readonly Service Service = new("waf-regional",
        Starts("CreateWebACL", List, "webACLId", part: "webACL"),
        Stops("DeleteWebACL", List, "webACLId"),
        Starts("CreateRule", Rule, "ruleId", part: "rule"),
        Starts("CreateRateBasedRule", Rule, "ruleId", part: "rule"),
        Stops("DeleteRule", Rule, "ruleId"),
        Stops("DeleteRateBasedRule", Rule, "ruleId"),
        Starts("CreateRuleGroup", Group, "ruleGroupId", part: "ruleGroup"),
        Stops("DeleteRuleGroup", Group, "ruleGroupId"));
}
