using DdocCost.Domain.Pricing;

namespace DdocCost.Domain.Zombies;

/// <summary>Puts every resource of a region before every rule on its kind. Pure: facts in, rulings out.</summary>
/// <param name="rules">The rules.</param>
/// <param name="settings">The tenant's.</param>
/// <param name="changed">What the tenant changed about rules, by rule id.</param>
/// <param name="prices">List prices.</param>
public sealed class Hunter(IReadOnlyList<ZombieRule> rules, HuntSettings settings, IReadOnlyDictionary<string, RuleSetting> changed, PriceBook prices)
{
    /// <summary>Facts shown as evidence at most.</summary>
    private const int MostFacts = 30;

    /// <summary>The rules that are on.</summary>
    public IReadOnlyList<ZombieRule> Running { get; } = [.. rules.Where(rule => Setting(changed, rule).IsOn)];

    /// <summary>The metrics without which some rule cannot decide, with the days each must reach back. What is certain without them costs nothing.</summary>
    public IReadOnlyDictionary<MetricQuery, int> MetricsNeeded(RegionFacts facts, Func<Resource, Past> past, DateTimeOffset now)
    {
        var needed = new Dictionary<MetricQuery, int>();
        foreach (var suspect in Suspects(facts, past, now))
        {
            if (suspect.Rule.Metrics.Count == 0 || Stopped(suspect) is not null || suspect.Rule.Judge(suspect).IsNo)
                continue;
            foreach (var query in suspect.Rule.Metrics.SelectMany(need => need.For(suspect.Resource)))
                needed[query] = Math.Max(suspect.Days, needed.GetValueOrDefault(query));
        }

        return needed;
    }

    /// <summary>Every ruling, lazily.</summary>
    public IEnumerable<Ruling> Judge(RegionFacts facts, Func<Resource, Past> past, DateTimeOffset now)
    {
        foreach (var suspect in Suspects(facts, past, now))
        {
            if (Stopped(suspect) is { } stop)
            {
                yield return new Ruling(suspect.Rule, suspect.Resource, Answer.Unclear(stop.Words), stop, null);
                continue;
            }

            var answer = suspect.Rule.Judge(suspect);
            yield return new Ruling(suspect.Rule, suspect.Resource, answer, null, answer.IsYes ? Sight(suspect) : null);
        }
    }

    private static RuleSetting Setting(IReadOnlyDictionary<string, RuleSetting> changed, ZombieRule rule) =>
        changed.GetValueOrDefault(rule.Id) ?? RuleSetting.Default(rule);

    private IEnumerable<Suspect> Suspects(RegionFacts facts, Func<Resource, Past> past, DateTimeOffset now) =>
        from rule in rules
        let setting = Setting(changed, rule)
        from resource in facts.Of(rule.Kind)
        select new Suspect(rule, setting, resource, facts, past, prices, now);

    private Stop? Stopped(Suspect suspect) => Gates.Before(suspect.Rule, Setting(changed, suspect.Rule), suspect.Resource, settings, suspect);

    private Sighting Sight(Suspect suspect)
    {
        var (rule, resource) = (suspect.Rule, suspect.Resource);
        var start = rule.ConfirmsAfterWindow ? suspect.Now : suspect.Now.AddDays(-suspect.Days);
        var idleSince = resource.Created is { } created && created > start ? created : start;
        return new Sighting(
            rule.CriterionWith(Setting(changed, rule)), rule.Saves(suspect), [.. rule.Covers(suspect).Where(id => id != resource.Id).Distinct()],
            idleSince, rule.ConfirmsAfterWindow ? TimeSpan.FromDays(suspect.Days) : TimeSpan.Zero, [.. Courses(suspect), .. Facts(resource)], [.. rule.Remedies.Select(remedy => remedy.For(resource)).OfType<NextStep>()]);
    }

    private static IEnumerable<Observation> Courses(Suspect suspect) =>
        from need in suspect.Rule.Metrics
        let course = suspect.Course(need).Course
        where course is not null
        let days = course.Last(suspect.Days, suspect.Now)
        select new Observation(
            $"{need.Metric}, {need.Statistic} by the day", days.Count == 0 && need.IsSparse ? "nothing on any day" : "", days, need.Unit);

    private static IEnumerable<Observation> Facts(Resource resource)
    {
        if (resource.State is { } state)
            yield return Fact("state", state);
        if (resource.Size is { } size)
            yield return Fact("size", resource.Quantity == 1 ? size : FormattableString.Invariant($"{resource.Quantity:0.###} × {size}"));
        foreach (var (name, value) in resource.Facts.Take(MostFacts).OrderBy(fact => fact.Key, StringComparer.Ordinal))
            yield return Fact(name, value);
    }

    private static Observation Fact(string label, string text) => new(label, text.Length <= 200 ? text : text[..200] + "…", [], "");
}
