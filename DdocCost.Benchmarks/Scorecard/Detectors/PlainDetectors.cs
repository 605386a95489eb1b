using DdocCost.Domain.Ledger;
using DdocCost.Domain.Scoring;
using DdocCost.Jobs.Demo;

namespace DdocCost.Benchmarks.Scorecard.Detectors;

/// <summary>The plain detectors to compare with. Each sees what ours sees: events already read, priced, and in order.</summary>
internal static class PlainDetectors
{
    private const double DearUsdPerHour = 5;
    private const double Deviations = 3;
    private const int LeastHistory = 5;
    private static readonly TimeSpan BillSeenAt = TimeSpan.FromHours(36); // yesterday's bill, at noon

    /// <summary>All of them, by name.</summary>
    public static readonly IReadOnlyList<(string Name, Func<Recording, IEnumerable<Raised>> Detect)> All =
    [
        ("static threshold", StaticThreshold),
        ("z-score", recording => ZScore(recording, tellsNews: false)),
        ("z-score + novelty", recording => ZScore(recording, tellsNews: true)),
        ("daily bill watcher", DailyBill),
        ("at random", AtRandom),
    ];

    /// <summary>Any change that adds five dollars an hour or more.</summary>
    public static IEnumerable<Raised> StaticThreshold(Recording recording) =>
        Costing(recording).Where(e => RateOf(e) >= DearUsdPerHour).Select(Raised.By);

    /// <summary>
    /// Mean and deviation of the hourly cost of an event for each account and resource of one size, alert beyond three; if told to, also at the
    /// first sight of an actor or of a size.
    /// </summary>
    public static IEnumerable<Raised> ZScore(Recording recording, bool tellsNews)
    {
        var known = new Dictionary<(string Account, string What), Moments>();
        var actors = new HashSet<(string, string)>();
        foreach (var e in Costing(recording))
        {
            var what = (e.AccountId, WhatOf(e));
            var isNew = !known.TryGetValue(what, out var moments);
            isNew |= actors.Add((e.AccountId, e.Costed.Event.Actor.Id));
            if ((tellsNews && isNew) || IsFar(moments, RateOf(e)))
            {
                yield return Raised.By(e);
            }

            known[what] = moments.Add(RateOf(e));
        }
    }

    /// <summary>What an account added with a service in a day, alert beyond three deviations of the days before, at noon of the next.</summary>
    public static IEnumerable<Raised> DailyBill(Recording recording)
    {
        var known = new Dictionary<(string Account, string Service), Moments>();
        foreach (var day in Costing(recording).GroupBy(e => (e.AccountId, e.Costed.Event.Service, e.Time.UtcDateTime.Date)).OrderBy(day => day.Key.Date))
        {
            var (line, usd) = ((day.Key.AccountId, day.Key.Service), day.Sum(RateOf));
            var moments = known.GetValueOrDefault(line);
            if (IsFar(moments, usd))
            {
                var noon = new DateTimeOffset(day.Key.Date, TimeSpan.Zero) + BillSeenAt;
                yield return new Raised(day.Key.AccountId, noon, Interrupts: true, [.. day.Select(e => e.Costed.Event.EventId)]);
            }

            known[line] = moments.Add(usd);
        }
    }

    /// <summary>As many alerts as ours raised, on events drawn by lot: what skill is measured from.</summary>
    public static IEnumerable<Raised> AtRandom(Recording recording)
    {
        var (events, dice) = (Costing(recording).ToList(), new Dice(1));
        return Enumerable.Range(0, events.Count > 0 ? recording.Alerts.Count(alert => alert.Interrupts) : 0)
            .Select(_ => events[dice.Whole(0, events.Count - 1)]).OrderBy(e => e.Time).Select(Raised.By);
    }

    private static IEnumerable<CostEvent> Costing(Recording recording) => recording.Events.Where(e => RateOf(e) > 0);

    private static double RateOf(CostEvent e) => (double)e.Costed.AddedUsdPerHour;

    private static string WhatOf(CostEvent e)
    {
        var contribution = Contribution.Of(e.Costed);
        return $"{contribution.ResourceType} {contribution.Size}";
    }

    private static bool IsFar(Moments known, double value) =>
        known.Weight >= LeastHistory && (known.Deviation() is > 1e-9 and var deviation ? (value - known.Mean) / deviation > Deviations : value - known.Mean > 1e-9);
}
