using DdocCost.Domain.Ledger;
using DdocCost.Domain.Normalise;
using DdocCost.Domain.Scoring;
using static DdocCost.Tests.Scoring.Sandbox;

namespace DdocCost.Tests.Scoring;

/// <summary>What is learned of what was and was not flagged.</summary>
public sealed class ScorerLearningTests
{
    [Fact]
    public void Does_not_learn_the_rest_of_a_burst_that_was_told()
    {
        var scorer = Sandbox.New();
        Assert.True(Copies(FourthWeek.AddHours(10)) >= Severity.Warning);
        Assert.True(Copies(FourthWeek.AddDays(2).AddHours(10)) >= Severity.Warning);

        Severity Copies(DateTimeOffset at) => Enumerable.Range(0, 10)
            .Select(i => scorer.Score(At(at.AddSeconds(15 * i), usdPerHour: i < 5 ? 2 : 0.02m, id: $"{at:dd}-{i}")).Severity).Max();
    }

    [Fact]
    public void Takes_who_what_and_where_for_known_once_it_was_accepted()
    {
        var scorer = Sandbox.New();
        var first = scorer.Score(Night(0));
        scorer.Accept("role/airflow", "ec2:instance", "sa-east-1");

        var second = scorer.Score(Night(1));

        Assert.Contains(first.Components, component => component is { Name: "novelty", Text: "first time here: airflow, sa-east-1" });
        Assert.Contains(second.Components, component => component is { Name: "novelty", Value: 0 });

        static CostedEvent Night(int night) =>
            At(FourthWeek.AddDays(night), usdPerHour: 12, id: $"night{night}", actor: "role/airflow", region: "sa-east-1", kind: ActorKind.Automation);
    }

    [Fact]
    public void Learns_nothing_of_a_burst_that_goes_on_over_midnight()
    {
        var scorer = Sandbox.New();
        var verdicts = Enumerable.Range(0, 90).Select(i =>
            scorer.Score(At(FourthWeek.AddHours(23).AddMinutes(2 * i), usdPerHour: 0.25m, id: $"loop{i}", actor: "role/backup", kind: ActorKind.Automation)).Severity).ToArray();

        Assert.Contains(verdicts, severity => severity >= Severity.Warning);
        Assert.True(scorer.DrainChanges().Profile!.Causes.Single(cause => cause.Name.StartsWith("role/backup", StringComparison.Ordinal)).Track.Burst.Days.Weight == 0);
    }

    [Fact]
    public void Does_not_learn_what_it_flagged()
    {
        var scorer = Sandbox.New();
        var before = BaselineOf(scorer);
        scorer.Score(At(FourthWeek, usdPerHour: 26, id: "dear"));
        var after = BaselineOf(scorer);

        Assert.Equal((before.MeanHourlyCost, before.Deviation, before.EventCount), (after.MeanHourlyCost, after.Deviation, after.EventCount));
        Assert.Equal(Severity.Critical, scorer.Score(At(FourthWeek.AddDays(9), usdPerHour: 26, id: "again")).Severity);
    }

    [Fact]
    public void Learns_what_somebody_accepted_without_waiting()
    {
        var (accepted, ignored) = (Sandbox.New(), Sandbox.New());
        Flag(accepted);
        Flag(ignored);
        accepted.Accept("role/Developer/alice", "ec2:instance", "eu-west-1");

        var later = At(FourthWeek.AddDays(2), usdPerHour: 1, id: "later");

        Assert.True(accepted.Score(later).Score < ignored.Score(later).Score);

        static void Flag(AccountScorer scorer) => Assert.True(scorer.Score(At(FourthWeek, usdPerHour: 2, id: "dear")).Severity >= Severity.Warning);
    }

    [Fact]
    public void Learns_nothing_when_somebody_takes_the_word_back_before_it_was_learned()
    {
        var (ignored, taken) = (Told(), Told());
        taken.Accept("role/Developer/alice", "ec2:instance", "eu-west-1");
        taken.Accept("role/Developer/alice", "ec2:instance", "eu-west-1", isAccepted: false);

        var later = At(FourthWeek.AddDays(2), usdPerHour: 2, id: "later");

        Assert.Equal(ignored.Score(later).Score, taken.Score(later).Score);

        static AccountScorer Told()
        {
            var scorer = Sandbox.New();
            Assert.True(scorer.Score(At(FourthWeek, usdPerHour: 2, id: "dear")).Severity >= Severity.Warning);
            return scorer;
        }
    }

    [Theory]
    [InlineData(70)]
    [InlineData(53)]
    public void Tells_a_mistake_that_is_cleaned_up_and_comes_again_after_some_days_every_time(double hoursBetween)
    {
        var scorer = Sandbox.New();

        Assert.All(Enumerable.Range(0, 9).Select(Mistake), severity => Assert.True(severity >= Severity.Warning));

        Severity Mistake(int time)
        {
            var start = new Happening { Id = $"mistake{time}", Time = FourthWeek.AddHours(time * hoursBetween), Type = "sagemaker:endpoint", UsdPerHour = 3 };
            var severity = scorer.Score(start.ToCostedEvent()).Severity;
            scorer.Score(Happening.StopOf(start, start.Time.AddHours(30)).ToCostedEvent());
            return severity;
        }
    }

    [Fact]
    public void Does_not_get_used_to_the_starts_of_a_loop_that_was_told()
    {
        var scorer = Sandbox.New();
        var told = Enumerable.Range(0, 96).First(i => scorer.Score(Endpoint(i)).Severity >= Severity.Warning);
        scorer.Score(At(FourthWeek.AddMinutes(15 * told).AddHours(2), usdPerHour: 0.1m, id: "ordinary"));

        // The ordinary one is all that the account has started besides.
        Assert.InRange(told, 10, 60);
        Assert.InRange(scorer.DrainChanges().Profile!.Track.Tally.HourPeak, 1, 2);

        static CostedEvent Endpoint(int i) => new Happening
        {
            Id = $"loop{i}", Time = FourthWeek.AddMinutes(15 * i), Actor = "role/ci", Kind = ActorKind.Automation, Type = "vpc:interface-endpoint", UsdPerHour = 0.06m,
        }.ToCostedEvent();
    }

    [Fact]
    public void Counts_a_day_half_after_the_half_life()
    {
        var scorer = Sandbox.New();
        scorer.Score(At(FourthWeek, usdPerHour: 0.1m, id: "next day"));
        var before = DaysOfAlice();
        scorer.Score(At(FourthWeek + DetectionOptions.Default.Memory, usdPerHour: 0.1m, id: "a month later"));

        // The day that was going on is closed first.
        Assert.Equal((before + 1) / 2, DaysOfAlice(), 6);

        double DaysOfAlice() => scorer.DrainChanges().Profile!.Causes.Single(cause => cause.Name.StartsWith("role/Developer/alice", StringComparison.Ordinal)).Track.Burst.Days.Weight;
    }

    [Fact]
    public void Takes_a_level_that_keeps_coming_back_unopposed_as_normal()
    {
        var scorer = Sandbox.New();
        var scores = Enumerable.Range(0, 20).Select(ScoreOfDay).ToArray();

        Assert.True(scores[0] >= 50);
        Assert.True(scores[5] >= 50);
        Assert.All(scores[^5..], score => Assert.True(score < 10, string.Join(" ", scores.Select(score => $"{score:0}"))));

        // Stopped in the evening: what only adds up is no level that comes back.
        double ScoreOfDay(int day)
        {
            var start = new Happening { Id = $"day{day}", Time = FourthWeek.AddDays(day), UsdPerHour = 2 };
            var score = scorer.Score(start.ToCostedEvent()).Score;
            scorer.Score(Happening.StopOf(start, start.Time.AddHours(8)).ToCostedEvent());
            return score;
        }
    }

    [Fact]
    public void Keeps_mean_deviation_count_and_actors_of_what_it_learned()
    {
        var scorer = new AccountScorer(Happening.Account, [], null);
        scorer.Score(At(Monday, usdPerHour: 0.1m, id: "a"));
        scorer.Score(At(Monday.AddHours(5), usdPerHour: 0.3m, id: "b", actor: "role/Developer/bob"));

        var baseline = BaselineOf(scorer);

        Assert.Equal(0.2, baseline.MeanHourlyCost, 12);
        Assert.Equal(0.1414, baseline.Deviation, 4);
        Assert.Equal(2, baseline.EventCount);
        Assert.Equal(["role/Developer/alice", "role/Developer/bob"], baseline.ObservedActors);
    }

    private static Baseline BaselineOf(AccountScorer scorer)
    {
        // Touched, so that it is among the changes.
        scorer.Score(Happening.StopOf(new Happening { Id = "unknown", UsdPerHour = 0 }, FourthWeek).ToCostedEvent());
        return scorer.DrainChanges().Baselines.Single(baseline => baseline.ResourceType == "ec2:instance");
    }
}
