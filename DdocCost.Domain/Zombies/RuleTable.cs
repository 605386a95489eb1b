using System.Globalization;
using System.Text;

namespace DdocCost.Domain.Zombies;

/// <summary>The rules as a document for people: <c>docs/zombie-rules.md</c>.</summary>
public static class RuleTable
{
    /// <summary>Markdown, made of nothing but the rules.</summary>
    public static string Markdown()
    {
        var text = new StringBuilder();
        var derived = RuleCatalogue.All.Count(rule => rule.IsDerived);
        text.Append(CultureInfo.InvariantCulture, $"""
            # Zombie rules

            Made from the rules themselves by `RuleTable`; a test fails when it is out of date. {RuleCatalogue.All.Count} rules in {RuleCatalogue.Services.Count} services:
            {Count(ZombieClass.Idle)} idle, {Count(ZombieClass.Orphan)} orphaned, {Count(ZombieClass.Stale)} stale. {derived} are derived from how a service is billed and measured, without precedent elsewhere.

            Before any rule: a resource must be as old as the window, have no keep tag, and not belong to an owner that brings it back. A metric must
            have values on 90 % of the days, except for those that CloudWatch tells only when something happens (marked ∅). What cannot be scanned is
            said, and what was found there before stays. Two scans in a row must agree before something is called a zombie; where AWS does not tell
            since when it is so, scans must see it so for the whole window (marked ⧖).

            Each scan also calls {string.Join(", ", IamPolicies.Always.Select(call => $"`{call}`"))}. The policies are in [ops/iam](../ops/iam).


            """);
        foreach (var service in RuleCatalogue.All.GroupBy(rule => rule.Kind.Service).OrderBy(service => service.Key, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"## {service.Key}\n\n");
            foreach (var rule in service)
                Append(text, rule);
        }

        return text.ToString().TrimEnd('\n') + "\n";
    }

    private static int Count(ZombieClass of) => RuleCatalogue.All.Count(rule => rule.Class == of);

    private static void Append(StringBuilder text, ZombieRule rule)
    {
        text.Append(CultureInfo.InvariantCulture, $"### {rule.Id} {rule.Title}\n\n");
        Line("Class", $"{rule.Class.ToString().ToLowerInvariant()}, sureness {rule.Sureness.ToString().ToLowerInvariant()}{(rule.IsDerived ? ", derived" : "")}{(rule.ConfirmsAfterWindow ? ", ⧖" : "")}");
        Line("Resource", $"`{rule.Kind.Name}`{(rule.AlsoReads.Count == 0 ? "" : $", besides {string.Join(", ", rule.AlsoReads.Select(kind => $"`{kind.Name}`"))}")}");
        Line("Criterion", rule.Criterion);
        Line("Thresholds", string.Join("; ", rule.Thresholds.Select(threshold => threshold.ToString())));
        Line("Calls", string.Join(", ", rule.Calls.Select(call => $"`{call}`")));
        if (rule.Metrics.Count > 0)
            Line("Metrics", string.Join(", ", rule.Metrics.Select(metric => $"`{metric.Namespace} {metric.Metric}` {metric.Statistic.ToString().ToLowerInvariant()}{(metric.IsSparse ? " ∅" : "")}")));
        Line("IAM", string.Join(", ", rule.Calls.Select(call => call.IamAction).Distinct().Select(action => $"`{action}`")));
        Line("Saving", rule.SavingInWords);
        if (rule.LeavesTo.Count > 0)
            Line("Leaves to", string.Join(", ", rule.LeavesTo.Select(owner => $"`{owner}`")));
        Line("Traps", string.Join(" ", rule.Traps));
        Line("Source", rule.Source);
        Line("Steps", string.Join("; ", rule.Remedies.Select(remedy => $"{remedy.Title}: `aws {remedy.Template}`")));
        Line("Terraform", $"`{rule.Terraform}`");
        text.Append('\n');

        void Line(string label, string value) => text.Append(CultureInfo.InvariantCulture, $"- {label}: {value}\n");
    }
}
