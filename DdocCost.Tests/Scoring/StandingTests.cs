using CsCheck;
using DdocCost.Domain.Ledger;
using DdocCost.Domain.Normalise;
using DdocCost.Domain.Scoring;
using static DdocCost.Tests.Scoring.Happening;

namespace DdocCost.Tests.Scoring;

/// <summary>Leaks: what has not ended as such things ordinarily end.</summary>
public sealed class StandingTests
{
    private static readonly DetectionOptions Options = DetectionOptions.Default;

    [Fact]
    public void Tells_of_machines_that_the_automation_forgets_though_no_launch_is_odd()
    {
        var scorer = Cluster(weeks: 2);
        var verdicts = Enumerable.Range(0, 8).Select(i => scorer.Score(Job(Monday.AddDays(15).AddHours(3 * i), $"leak{i}"))).ToList();

        Assert.Equal(Severity.None, verdicts[0].Severity);
        var told = verdicts.First(verdict => verdict.Severity >= Severity.Warning);
        Assert.Contains(told.Components, part => part is { Name: "drift", Unit: "h" });
    }

    [Fact]
    public void Says_nothing_while_the_same_launches_end_as_they_always_do()
    {
        var scorer = Cluster(weeks: 2);

        Assert.All(Live(scorer, Monday.AddDays(15), days: 5), verdict => Assert.Equal(Severity.None, verdict.Severity));
    }

    [Fact]
    public void Ending_a_mistake_does_not_make_long_lives_ordinary()
    {
        var ordinary = Enumerable.Range(0, 50).Aggregate(default(Lifetimes), (known, _) => known.EndedAfter(TimeSpan.FromHours(1), 1, Options));
        var cleaned = Enumerable.Range(0, 120).Aggregate(ordinary, (known, _) => known.EndedAfter(TimeSpan.FromHours(60), 1.0 / 120, Options));

        Assert.InRange(cleaned.Hours(Options), ordinary.Hours(Options), 1.2 * ordinary.Hours(Options));
    }

    [Fact]
    public void Says_nothing_of_age_where_as_much_stays_as_ends()
    {
        var known = Enumerable.Range(0, 10).Aggregate(default(Lifetimes), (known, _) => known.EndedAfter(TimeSpan.FromHours(1), 1, Options));

        Assert.True(known.MostEvidence > 2);
        Assert.Equal(0, known.WithStayed(10).MostEvidence);
        Assert.Equal(0, default(Lifetimes).MostEvidence);
    }

    [Fact]
    public void Is_empty_again_when_all_has_stopped_and_never_grows_beyond_its_bound() =>
        Gen.Select(Gen.Int[0, 2_000], Gen.Double[0.01, 50]).Array[1, 60].Sample(starts =>
        {
            var life = Expectation.Prior(3, 1.0 / 60, Options);
            var standing = default(Standing);
            foreach (var (minute, usdPerHour) in starts)
            {
                standing = standing.With(usdPerHour, Monday.AddMinutes(minute), life);
                Assert.InRange(standing.Batches!.Length, 1, 12);
            }

            Assert.Equal(starts.Sum(start => start.Item2), standing.Batches!.Sum(batch => batch.UsdPerHour), 6);
            Assert.All(standing.Batches!, batch => Assert.InRange(batch.Hours(Monday.AddMinutes(2_000)), 0, 2_000 / 60.0));
            Assert.Equal(standing.Batches!.OrderBy(batch => batch.Since), standing.Batches!);
        });

    [Fact]
    public void What_it_handed_out_changes_no_more()
    {
        var scorer = Cluster(weeks: 1);
        var (baselines, profile) = scorer.DrainChanges();
        var (level, causes) = (profile!.Track.Burst.Level, profile.Causes.Select(cause => cause.Track.Burst.Sum).ToList());

        scorer.Score(Job(Monday.AddDays(8), "later"));

        Assert.Equal(level, profile.Track.Burst.Level);
        Assert.Equal(causes, profile.Causes.Select(cause => cause.Track.Burst.Sum));
        Assert.All(baselines, baseline => Assert.True(baseline.Track.LastSeen < Monday.AddDays(8)));
    }

    private static AccountScorer Cluster(int weeks)
    {
        var scorer = new AccountScorer(Account, [], null);
        Live(scorer, Monday, days: 7 * weeks);
        return scorer;
    }

    /// <summary>Eight jobs a day, each ended by what started it after one to five hours.</summary>
    private static List<Verdict> Live(AccountScorer scorer, DateTimeOffset from, int days)
    {
        var events = new List<(DateTimeOffset Time, CostedEvent Event)>();
        for (var i = 0; i < 8 * days; i++)
        {
            var start = Start(from.AddHours(3 * i), $"{from:MMdd}-{i}");
            var end = start.Time.AddHours(1 + (i * 7 % 5));
            events.Add((start.Time, start.ToCostedEvent()));
            events.Add((end, StopOf(start, end).ToCostedEvent()));
        }

        return [.. events.OrderBy(e => e.Time).Select(e => scorer.Score(e.Event))];
    }

    private static CostedEvent Job(DateTimeOffset time, string id) => Start(time, id).ToCostedEvent();

    private static Happening Start(DateTimeOffset time, string id) => new()
    {
        Id = id, Time = time, Actor = "role/scheduler", Kind = ActorKind.Automation, Size = "c6i.4xlarge", Quantity = 8, UsdPerHour = 5.44m,
    };
}
