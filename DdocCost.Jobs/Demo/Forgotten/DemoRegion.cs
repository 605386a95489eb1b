using DdocCost.Domain.Zombies;
using DdocCost.Jobs.Zombies;

namespace DdocCost.Jobs.Demo.Forgotten;

/// <summary>CloudWatch of a simulated region: what is idle tells so day by day, all else is busy.</summary>
/// <param name="region">Region.</param>
/// <param name="seed">What the courses are drawn from.</param>
/// <param name="idle">Ids that nobody uses.</param>
internal sealed class DemoRegion(string region, ulong seed, IReadOnlyCollection<string> idle) : IRegionSource
{
    public string Region => region;

    /// <summary>A simulated account shows only what the demo is about.</summary>
    public bool TellsAll => false;

    public Task<IReadOnlyList<string>> ReadMetricsAsync(IReadOnlyDictionary<MetricQuery, int> needed, RegionFacts facts, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var (query, days) in needed)
        {
            var isIdle = idle.Any(id => query.DimensionList.Any(dimension => id == dimension.Value || id.EndsWith(dimension.Value, StringComparison.Ordinal)));
            var today = DateOnly.FromDateTime(now.UtcDateTime);
            facts.Add(query, new MetricSeries([.. Enumerable.Range(1, days).Reverse().Select(ago => today.AddDays(-ago)).Select(day => new DayValue(day, Value(query, day, isIdle)))]));
        }

        return Task.FromResult<IReadOnlyList<string>>([]);
    }

    public Task<IReadOnlyList<ZombieFinding>> CompleteAsync(IReadOnlyList<ZombieFinding> findings, IReadOnlyList<Ruling> rulings, TrailKnowledge trail, CancellationToken cancellationToken)
    {
        var seen = rulings.Where(ruling => ruling.Answer.IsYes).DistinctBy(ruling => ruling.FindingId).ToDictionary(ruling => ruling.FindingId, ruling => ruling.Resource);
        return Task.FromResult<IReadOnlyList<ZombieFinding>>([.. findings.Select(finding =>
            finding.Birth is null && seen.TryGetValue(finding.Id, out var resource) && trail.BirthOf(resource) is { } birth
                ? finding with { Birth = birth, CreatedAt = finding.CreatedAt ?? birth.At } : finding)]);
    }

    private double Value(MetricQuery query, DateOnly day, bool isIdle)
    {
        var noise = Dice.For(seed, query.Dimensions, query.Metric, $"{day:yyyyMMdd}").Unit();
        var weekend = day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0.6 : 1;
        return (query.Metric, isIdle) switch
        {
            ("CPUUtilization", true) => Math.Round(0.9 + (1.8 * noise), 2), // what an operating system does by itself
            ("NetworkIn" or "NetworkOut", true) => Math.Round(180_000 + (260_000 * noise)),
            (_, true) => 0,
            ("CPUUtilization", false) => Math.Round(weekend * (35 + (40 * noise)), 2),
            _ => Math.Round(weekend * (4_000_000 + (9_000_000 * noise))),
        };
    }
}
