using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// WAF: access control lists by the month, and the rules in them. Source: AWS WAF API reference; a CloudTrail record of CreateWebACL
/// and DeleteWebACL.
/// </summary>
internal static class Waf
{
    private const string List = "wafv2:web-acl";
    private const string Group = "wafv2:rule-group";

    public static readonly Service Service = new("wafv2",
        Starts("CreateWebACL", List, Sized),
        Changes("UpdateWebACL", List, Sized),
        Stops("DeleteWebACL", List, "id"),
        Starts("CreateRuleGroup", Group, "id", part: "summary"),
        Stops("DeleteRuleGroup", Group, "id"));

    // The list is one part of the bill, its rules are another.
    private static void Sized(CloudTrailRecord record, ChangeList changes)
    {
        var id = record.Response["summary"]["id"].Or(record.Request["id"]).Text;
        changes.Add(size: "list", quantity: 1, id: id);
        if (record.Request["rules"].IsPresent)
        {
            changes.Add(size: "rule", quantity: record.Request["rules"].Items.Count, id: id);
        }
    }
}
