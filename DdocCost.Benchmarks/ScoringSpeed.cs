using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using DdocCost.Benchmarks.Scorecard.Corpora;
using DdocCost.Domain.Ledger;
using DdocCost.Domain.Scoring;
using DdocCost.Jobs.Demo;

namespace DdocCost.Benchmarks;

/// <summary>
/// <c>score</c>: how long scoring one event takes, by itself. Four weeks of the demo's seven accounts, read and priced beforehand; each round
/// scores all of them from the first day on, so days are closed and baselines grow as in real life.
/// </summary>
internal static class ScoringSpeed
{
    private const int Rounds = 20;
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(2); // far longer than the compiler waits before it optimises what is busy
    private static readonly TimeSpan MostWarmUp = TimeSpan.FromMinutes(2);
    private static readonly DateTimeOffset Start = new(2026, 9, 7, 0, 0, 0, TimeSpan.Zero);

    public static int Run()
    {
        var events = Priced(Corpus.Simulate(World.Demo, seed: 1, Start, days: 28, incidents: 20));
        var costing = events.Count(e => e.AddedUsdPerHour > 0 || e.OneTimeUsd > 0);
        var warmUp = WarmUp(events);
        var rounds = Enumerable.Range(0, Rounds).Select(_ => Round(events)).OrderBy(round => round.Seconds).ToList();
        var (seconds, bytes) = rounds[rounds.Count / 2];
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{events.Count:N0} events, {costing:N0} of which add cost: {1e6 * seconds / events.Count:0.00} µs and {bytes / events.Count:N0} bytes allocated an event, {1e6 * seconds / costing:0.00} µs for each that adds cost (processor time, median of {rounds.Count} rounds after {warmUp} until the compiler had nothing left to do)"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"(a yardstick for this machine at this moment: {Yardstick():0.0} ns for one Math.Exp)"));
        return 0;
    }

    // Code is compiled quickly at first and again, optimised, in the background once it has proved busy: measured is what a running server runs.
    private static int WarmUp(List<CostedEvent> events)
    {
        var (rounds, compiled) = (0, 0L);
        for (Stopwatch all = Stopwatch.StartNew(), quiet = Stopwatch.StartNew(); quiet.Elapsed < Settled && all.Elapsed < MostWarmUp; rounds++)
        {
            Round(events);
            if (JitInfo.GetCompiledMethodCount() is var count && count != compiled)
            {
                compiled = count;
                quiet.Restart();
            }
        }

        return rounds;
    }

    private static double Yardstick()
    {
        const int Times = 10_000_000;
        var (sum, used) = (0.0, Environment.CpuUsage.TotalTime);
        for (var i = 0; i < Times; i++)
        {
            sum += Math.Exp(-i % 7);
        }

        return sum > 0 ? (Environment.CpuUsage.TotalTime - used).TotalSeconds / Times * 1e9 : 0;
    }

    private static (double Seconds, double Bytes) Round(List<CostedEvent> events)
    {
        var scorers = new Dictionary<string, AccountScorer>();
        GC.Collect();
        var (allocated, used) = (GC.GetAllocatedBytesForCurrentThread(), Environment.CpuUsage.TotalTime);
        foreach (var e in events)
        {
            if (!scorers.TryGetValue(e.Event.AccountId, out var scorer))
            {
                scorers.Add(e.Event.AccountId, scorer = new AccountScorer(e.Event.AccountId, [], null));
            }

            scorer.Score(e);
        }

        return ((Environment.CpuUsage.TotalTime - used).TotalSeconds, GC.GetAllocatedBytesForCurrentThread() - allocated);
    }

    private static List<CostedEvent> Priced(Corpus corpus)
    {
        var ledgers = new Dictionary<string, ResourceLedger>();
        return [.. corpus.InOrder().Select(e =>
        {
            if (!ledgers.TryGetValue(e.AccountId, out var ledger))
            {
                ledgers.Add(e.AccountId, ledger = new ResourceLedger(e.AccountId, [], [], []));
            }

            return ledger.Apply(e);
        })];
    }
}
