using System.Globalization;
using System.IO.Enumeration;
using DdocCost.Domain.Scoring;

namespace DdocCost.Domain.Notify.Routing;

/// <summary>Decides to which channels a case goes, and when. Pure.</summary>
public static class RoutePlanner
{
    /// <summary>The name under which the default appears where no rules were made.</summary>
    public const string DefaultRule = "default";

    /// <summary>Applies the rules.</summary>
    /// <param name="policy">The tenant's rules.</param>
    /// <param name="channels">The tenant's channels; those switched off take nothing.</param>
    /// <param name="scene">The case.</param>
    /// <param name="now">Now, UTC.</param>
    public static RoutePlan Plan(RoutingPolicy policy, IReadOnlyList<Channel> channels, CaseScene scene, DateTimeOffset now)
    {
        var on = channels.Where(channel => channel.Enabled).Select(channel => channel.Id).ToList();
        var legs = new Dictionary<string, RouteLeg>();
        var escalations = new List<RouteEscalation>();
        var steps = new List<string>();
        foreach (var rule in policy.Rules.Count == 0 ? [EverythingTo(on)] : policy.Rules)
        {
            if (WhyNot(rule, scene, now) is { } reason)
            {
                steps.Add($"{rule.Name}: {reason}");
                continue;
            }

            steps.Add($"{rule.Name}: matches");
            AddLegs(legs, rule, on, scene.Severity, now);
            if (rule is { EscalateAfterMinutes: { } minutes, EscalateTo.Count: > 0 })
            {
                escalations.Add(new RouteEscalation(rule.Name, minutes, rule.EscalateTo));
            }

            if (!rule.GoOn)
            {
                break;
            }
        }

        return new RoutePlan([.. legs.Values], escalations, steps);
    }

    private static void AddLegs(Dictionary<string, RouteLeg> legs, RoutingRule rule, List<string> on, Severity severity, DateTimeOffset now)
    {
        var heldUntil = severity >= Severity.Critical ? null : rule.QuietHours?.EndOf(now);
        foreach (var channel in rule.Tell)
        {
            // A channel that is switched off gives its place to the first that is on.
            var route = ((string[])[channel, .. rule.FallBackTo]).Distinct().Where(on.Contains).ToList();
            if (route.Count > 0)
            {
                legs.TryAdd(route[0], new RouteLeg(route[0], [.. route.Skip(1)], heldUntil, rule.Name));
            }
        }
    }

    private static RoutingRule EverythingTo(List<string> channels) => new() { Name = DefaultRule, Tell = channels, FallBackTo = channels };

    private static string? WhyNot(RoutingRule rule, CaseScene scene, DateTimeOffset now) =>
        !rule.Enabled ? "switched off"
        : scene.Severity < rule.MinSeverity ? string.Create(CultureInfo.InvariantCulture, $"only from {rule.MinSeverity} on").ToLowerInvariant()
        : !Any(rule.Accounts, [scene.AccountId]) ? "other accounts"
        : !Any(rule.Services, scene.Services) ? "other services"
        : !Any(rule.Actors, scene.Actors) ? "other actors"
        : !Any(rule.Tags, scene.Tags) ? "other tags"
        : rule.During is { } during && during.EndOf(now) is null ? "not at this time"
        : null;

    private static bool Any(IReadOnlyList<string> patterns, IReadOnlyList<string> values) =>
        patterns.Count == 0 || patterns.Any(pattern => values.Any(value => FileSystemName.MatchesSimpleExpression(pattern, value)));
}

/// <summary>Where a case goes.</summary>
/// <param name="Legs">One a channel; empty where nobody is told.</param>
/// <param name="Escalations">What happens when nobody acknowledges it.</param>
/// <param name="Steps">What each rule that was tried said, for a person.</param>
public sealed record RoutePlan(IReadOnlyList<RouteLeg> Legs, IReadOnlyList<RouteEscalation> Escalations, IReadOnlyList<string> Steps);

/// <summary>One channel of a route.</summary>
/// <param name="ChannelId">Channel.</param>
/// <param name="FallBackTo">Channels to try in its place, in order; all switched on.</param>
/// <param name="HeldUntil">End of the quiet hours that hold it back, UTC; null where it goes at once.</param>
/// <param name="Rule">Name of the rule.</param>
public sealed record RouteLeg(string ChannelId, IReadOnlyList<string> FallBackTo, DateTimeOffset? HeldUntil, string Rule);

/// <summary>What happens when nobody acknowledges a case.</summary>
/// <param name="Rule">Name of the rule.</param>
/// <param name="Minutes">After so many.</param>
/// <param name="ChannelIds">Told then.</param>
public sealed record RouteEscalation(string Rule, int Minutes, IReadOnlyList<string> ChannelIds);
