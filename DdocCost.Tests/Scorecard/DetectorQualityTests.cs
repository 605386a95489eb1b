using DdocCost.Jobs.Demo;
using DdocCost.Benchmarks.Scorecard.Beyond;
using DdocCost.Benchmarks.Scorecard.Corpora;
using DdocCost.Benchmarks.Scorecard.Detectors;
using DdocCost.Benchmarks.Scorecard.Judging;

namespace DdocCost.Tests.Scorecard;

/// <summary>The quick version of docs/scorecard.md: fails when the detector gets worse. The full one is <c>ops/scorecard.sh</c>.</summary>
public sealed class DetectorQualityTests
{
    // Fixed, so that the same code gives the same figures; not among the seeds that the scorecard reports.
    private static readonly ulong[] Seeds = [21, 22];

    private static readonly Lazy<SetResult> Demo = new(() => Measured(CorpusSet.Simulated("demo", "", World.Demo, days: 21)));

    [Fact]
    public void Finds_the_incidents_of_the_demo_and_says_little_else()
    {
        var ours = Demo.Value[SetResult.Ours];

        Assert.InRange(ours.Average(o => o.Recall), 0.97, 1);
        Assert.InRange(ours.Average(o => o.Precision), 0.95, 1);
        Assert.InRange(ours.Average(o => o.FalsePerAccountWeek), 0, 0.05);
        Assert.InRange(ours.Average(o => o.WarmUpPerAccount), 0, 0.5);
        Assert.InRange(ours.Average(o => o.AlertsPerIncident), 1, 1.5);
        Assert.InRange(ours.Average(o => o.BurnedShare), 0, 0.05);
        Assert.All(ours, o => Assert.InRange(o.MedianMinutes!.Value, 0, 2));
        Assert.All(ours, o => Assert.Empty(o.Decoys));
    }

    [Fact]
    public void Finds_incidents_of_other_kinds_as_well()
    {
        World[] worlds = [BeyondWorlds.Seen, BeyondWorlds.Mended, BeyondWorlds.Told, BeyondWorlds.Beside, BeyondWorlds.Repeated];
        var ours = worlds.SelectMany(world => Seeds.Select(seed => Of(CorpusSet.Simulated("beyond", "", world).Read(seed)!))).ToList();

        Assert.InRange(ours.Average(o => o.Recall), 0.95, 1);
        Assert.InRange(ours.Average(o => o.Precision), 0.95, 1);
        Assert.InRange(ours.Average(o => o.FalsePerAccountWeek), 0, 0.1);

        static Outcome Of(Corpus corpus) => Judge.Of(corpus.Key, Recording.Of(corpus.InOrder()).Alerts);
    }

    [Fact]
    public void Is_better_than_every_plain_detector()
    {
        var ours = Demo.Value[SetResult.Ours].Average(o => o.Recall * o.Precision);

        foreach (var plain in Demo.Value.Detectors.Where(name => name is not SetResult.Ours and not SetResult.OursDelayed))
        {
            Assert.True(ours > 1.2 * Demo.Value[plain].Average(o => o.Recall * o.Precision), plain);
        }
    }

    [Fact]
    public void Files_that_come_late_and_twice_make_the_same_cases()
    {
        var (ours, delayed) = (Demo.Value[SetResult.Ours], Demo.Value[SetResult.OursDelayed]);

        Assert.Equal(ours.Select(o => o.Recall), delayed.Select(o => o.Recall));
        Assert.Equal((0, 0), (Demo.Value.SameCases.OnlyFirst, Demo.Value.SameCases.OnlySecond));
    }

    [Fact]
    public void Calls_that_cost_nothing_change_no_case()
    {
        Assert.Equal(Alerts(noise: 0), Alerts(noise: 1));

        static IEnumerable<string> Alerts(double noise) => Recording
            .Of(Corpus.Simulate(World.Demo, Seeds[0], new DateTimeOffset(2026, 9, 7, 0, 0, 0, TimeSpan.Zero), days: 10, incidents: 6, noise).InOrder())
            .Alerts.Select(alert => $"{alert.CaseId} {alert.At:u} {alert.Why}");
    }

    private static SetResult Measured(CorpusSet set)
    {
        var result = new SetResult(set);
        foreach (var seed in Seeds)
        {
            result.Add(set.Read(seed)!);
        }

        return result;
    }
}
