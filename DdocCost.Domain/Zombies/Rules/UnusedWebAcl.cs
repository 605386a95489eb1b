namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Web ACL that protects nothing.</summary>
internal static class UnusedWebAcl
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "NET-31",
        Title = "Web ACL that protects nothing",
        Class = ZombieClass.Orphan,
        Kind = Kinds.WebAcl,
        Criterion = "It has been associated with no load balancer, API, user pool or other resource for at least {days} days.",
        Window = Threshold.Days(7, 1, 90),
        Sureness = Sureness.High,
        JudgesYoung = true,
        ConfirmsAfterWindow = true,
        SavingInWords = "the list and its rules by the month",
        Saves = acl => acl.Price("waf", "web-acl", 1) + acl.Price("waf", "rule", acl.Resource.Number("rules") ?? 0),
        Traps = ["Firewall Manager's are left to it.", "Lists for CloudFront are another scope: left out here."],
        Source = "AWS Service Screener",
        Remedies =
        [
            new("Look up the token that deletion needs", "wafv2 get-web-acl --name {name} --scope REGIONAL --id {aclId}", "Nothing.", IsReversible: true),
            new("Delete the web ACL", "wafv2 delete-web-acl --name {name} --scope REGIONAL --id {aclId} --lock-token TOKEN", "The list with its rules."),
        ],
        Terraform = "aws_wafv2_web_acl",
        Judge = acl => !acl.FlagOrNot("managed") & !acl.Has("resources"),
    };
}
