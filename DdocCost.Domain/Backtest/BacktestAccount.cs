using DdocCost.Domain.Anomalies;
using DdocCost.Domain.Ledger;
using DdocCost.Domain.Pipeline;
using DdocCost.Domain.Scoring;

namespace DdocCost.Domain.Backtest;

/// <summary>
/// One account's costed events through two detectors that differ in their rules only, both beginning with nothing known. The same scoring and
/// the same cases as in the pipeline; single-threaded, bounded.
/// </summary>
public sealed class BacktestAccount(string accountId, AccountRules now, AccountRules tried)
{
    private const int EventsBetweenDrains = 500;

    private readonly Side nowSide = new(accountId, now);
    private readonly Side triedSide = new(accountId, tried);
    private int events;

    /// <summary>Takes an event, in order of time.</summary>
    public void Take(CostedEvent e)
    {
        ArgumentNullException.ThrowIfNull(e);
        nowSide.Take(e);
        triedSide.Take(e);
        if (++events % EventsBetweenDrains == 0)
        {
            nowSide.Drain();
            triedSide.Drain();
        }
    }

    /// <summary>What both would have told.</summary>
    public BacktestResult Finish()
    {
        nowSide.Drain();
        triedSide.Drain();
        var (onlyNow, onlyTried) = (nowSide.CasesUnlike(triedSide), triedSide.CasesUnlike(nowSide));
        return new BacktestResult(
            nowSide.Total(), triedSide.Total(), BacktestResult.Dearest(onlyNow), BacktestResult.Dearest(onlyTried), onlyNow.Count, onlyTried.Count);
    }

    private sealed class Side(string accountId, AccountRules rules)
    {
        // An account with more is badly tuned whatever the rest says; all are counted.
        private const int MostCompared = 5_000;

        private readonly AccountScorer scorer = new(accountId, [], null);
        private readonly CaseBook book = new(accountId, []);
        private readonly Dictionary<string, BacktestCase> told = [];
        private readonly Dictionary<string, string> caseOfEvent = [];
        private readonly SortedDictionary<DateOnly, int> days = [];

        public void Take(CostedEvent e)
        {
            var verdict = AccountPipeline.Judge(scorer, rules, e);
            if (book.Enter(e, verdict).Alert is { Severity: >= Severity.Warning })
            {
                var day = DateOnly.FromDateTime(e.Event.Time.UtcDateTime);
                days[day] = days.GetValueOrDefault(day) + 1;
            }
        }

        public void Drain()
        {
            scorer.DrainChanges();
            foreach (var anomaly in book.DrainChanges().Where(anomaly => anomaly.LastTold is not null))
            {
                told[anomaly.Id] = new BacktestCase(anomaly.Id, accountId, anomaly.Title, anomaly.Severity, anomaly.DetectedAt, anomaly.MostUsdWithinDay);
                if (anomaly.Severity >= Severity.Warning && told.Count <= MostCompared)
                {
                    foreach (var e in anomaly.EventIds)
                    {
                        caseOfEvent[e] = anomaly.Id;
                    }
                }
            }
        }

        /// <summary>Cases that interrupt and share no event with any of the other side's.</summary>
        public List<BacktestCase> CasesUnlike(Side other)
        {
            var shared = caseOfEvent.Where(pair => other.caseOfEvent.ContainsKey(pair.Key)).Select(pair => pair.Value).ToHashSet();
            return [.. told.Values.Where(found => found.Severity >= Severity.Warning && !shared.Contains(found.Id))];
        }

        public BacktestSide Total() => new(
            days.Values.Sum(), Count(Severity.Critical), Count(Severity.Warning), Count(Severity.Info),
            told.Values.Where(found => found.Severity >= Severity.Warning).Sum(found => found.UsdWithinDay),
            [.. days.Select(day => new BacktestDay(day.Key, day.Value))]);

        private int Count(Severity severity) => told.Values.Count(found => found.Severity == severity);
    }
}
