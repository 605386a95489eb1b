namespace DdocCost.Domain.Notify.Routing;

/// <summary>What is wrong with rules as entered. Pure.</summary>
public static class RoutingProblems
{
    private const int MostRules = 100;
    private const int MostPatterns = 50;
    private const int LongestPattern = 256;

    /// <summary>For a person; empty where they can be kept.</summary>
    public static IReadOnlyList<string> Of(RoutingPolicy policy, IReadOnlyCollection<string> channelIds) =>
    [
        .. Check(policy.Rules.Count > MostRules, $"There are at most {MostRules} rules."),
        .. Check(policy.CasesPerHour is < 1 or > 10_000, "New cases an hour: from 1 to 10,000."),
        .. Check(ZonedTime.Find(policy.TimeZone) is null, $"'{policy.TimeZone}' is no time zone; try one such as Europe/Berlin."),
        .. policy.Rules.GroupBy(rule => rule.Name, StringComparer.OrdinalIgnoreCase).Where(same => same.Count() > 1).Select(same => $"There are two rules '{same.Key}'."),
        .. policy.Rules.SelectMany(rule => Of(rule, channelIds).Select(problem => $"{(rule.Name.Length > 0 ? rule.Name : "A rule")}: {problem}")),
    ];

    private static IEnumerable<string> Of(RoutingRule rule, IReadOnlyCollection<string> channelIds) =>
    [
        .. Check(rule.Name.Length is 0 or > 100, "its name has 1 to 100 characters."),
        .. Check(rule.EscalateAfterMinutes is < 1 or > 1_440, "minutes until somebody else is told: from 1 to 1,440."),
        .. Check(rule.EscalateAfterMinutes is not null && rule.EscalateTo.Count == 0, "who is told when nobody acknowledges?"),
        .. Check(rule.Tell.Concat(rule.FallBackTo).Concat(rule.EscalateTo).Except(channelIds).Any(), "it names a channel that was removed."),
        .. Check(((IReadOnlyList<string>[])[rule.Accounts, rule.Services, rule.Actors, rule.Tags]).Any(TooMuch), $"at most {MostPatterns} values of up to {LongestPattern} characters each."),
        .. ((WeekHours?[])[rule.During, rule.QuietHours]).OfType<WeekHours>().Where(hours => ZonedTime.Find(hours.TimeZone) is null)
            .Select(hours => $"'{hours.TimeZone}' is no time zone; try one such as Europe/Berlin."),
    ];

    private static bool TooMuch(IReadOnlyList<string> patterns) => patterns.Count > MostPatterns || patterns.Any(pattern => pattern.Length > LongestPattern);

    private static IEnumerable<string> Check(bool isWrong, string problem) => isWrong ? [problem] : [];
}
