using CsCheck;
using DdocCost.Domain.Ledger;
using DdocCost.Domain.Normalise;
using DdocCost.Domain.Scoring;
using static DdocCost.Tests.Scoring.Sandbox;

namespace DdocCost.Tests.Scoring;

/// <summary>What is said of many events that are small by themselves.</summary>
public sealed class ScorerSumTests
{
    [Fact]
    public void Flags_many_small_launches_as_one_thing()
    {
        var scorer = Sandbox.New();
        var verdicts = Enumerable.Range(0, 60).Select(i =>
            scorer.Score(At(FourthWeek.AddSeconds(20 * i), usdPerHour: 0.1m, id: $"burst{i}"))).ToArray();

        Assert.Equal(Severity.None, verdicts[0].Severity);
        Assert.Contains(verdicts, verdict => verdict.Severity >= Severity.Warning);
        Assert.NotEmpty(verdicts.First(verdict => verdict.Severity > Severity.None).Earlier);
    }

    [Fact]
    public void Flags_many_small_launches_over_a_day_as_one_thing()
    {
        var scorer = Sandbox.New();
        var verdicts = Enumerable.Range(0, 96).Select(i => scorer.Score(Endpoint(FourthWeek.AddMinutes(15 * i)).ToCostedEvent())).ToList();
        var told = verdicts.FindIndex(verdict => verdict.Severity >= Severity.Warning);

        // A dollar a day each: fewer are not worth a word, and any one of them is nothing.
        Assert.InRange(told, 20, 60);
        Assert.Contains(verdicts[told].Components, part => part is { Name: "drift", Unit: "starts", Score: >= 25 } && part.Text.StartsWith("started over days", StringComparison.Ordinal));
        Assert.Equal(told, verdicts[told].Earlier.Count);
    }

    [Fact]
    public void Stays_quiet_about_many_small_launches_that_are_usual_or_stopped_again()
    {
        var usual = Sandbox.New();
        for (var day = 0; day < 14; day++)
        {
            for (var i = 0; i < 48; i++)
            {
                var endpoint = Endpoint(FourthWeek.AddDays(day).AddMinutes(15 * i));
                var verdict = usual.Score(endpoint.ToCostedEvent());
                usual.Score(Happening.StopOf(endpoint, endpoint.Time.AddHours(1)).ToCostedEvent());
                Assert.Equal(Severity.None, verdict.Severity);
            }
        }
    }

    private static Happening Endpoint(DateTimeOffset time) => new()
    {
        Id = $"endpoint {time:s}", Time = time, Actor = "role/terraform", Kind = ActorKind.Automation, Type = "vpc:interface-endpoint", UsdPerHour = 0.04m,
    };

    [Fact]
    public void Leaves_out_of_a_case_in_hindsight_what_has_ended_by_itself()
    {
        var scorer = Sandbox.New();
        var first = At(FourthWeek, usdPerHour: 0.1m, id: "burst0");
        var ended = new StoppedResource("i-burst0", 0.1m, "burst0");
        scorer.Score(first);

        var verdicts = Enumerable.Range(1, 60).Select(i =>
            scorer.Score(At(FourthWeek.AddSeconds(20 * i), usdPerHour: 0.1m, id: $"burst{i}") with { Expired = i == 1 ? [ended] : [] })).ToArray();

        var earlier = verdicts.First(verdict => verdict.Severity > Severity.None).Earlier;
        Assert.Contains(earlier, contribution => contribution.EventId == "burst1");
        Assert.DoesNotContain(earlier, contribution => contribution.EventId == "burst0");
    }

    [Fact]
    public void Does_not_hold_what_is_usual_for_one_cause_against_another_within_the_hour()
    {
        var (alone, beside) = (Usual(), Usual());
        beside.Score(At(FourthWeek.AddDays(14).AddHours(2), usdPerHour: 6, id: "batch14", actor: "role/airflow", kind: ActorKind.Automation));

        var disk = new Happening { Id = "disk", Time = FourthWeek.AddDays(14).AddHours(2.1), UsdPerHour = 0.1m, Actor = "role/airflow", Kind = ActorKind.Automation, Type = "ec2:volume" }.ToCostedEvent();

        Assert.Equal(alone.Score(disk).Score, beside.Score(disk).Score, tolerance: 1);

        static AccountScorer Usual()
        {
            var scorer = Sandbox.New();
            for (var night = 0; night < 14; night++)
            {
                var batch = new Happening { Id = $"batch{night}", Time = FourthWeek.AddDays(night).AddHours(2), UsdPerHour = 6, Actor = "role/airflow", Kind = ActorKind.Automation };
                scorer.Score(batch.ToCostedEvent());
                scorer.Score(Happening.StopOf(batch, batch.Time.AddHours(3)).ToCostedEvent());
            }

            return scorer;
        }
    }

    [Fact]
    public void Tells_a_leak_once_and_not_with_every_event_after()
    {
        var scorer = Sandbox.New();
        var verdicts = Enumerable.Range(0, 24 * 5).Select(i => scorer.Score(
            At(FourthWeek.AddHours(i), usdPerHour: i < 36 ? 0.25m : 0.001m, id: $"leak{i}", actor: "role/ci", kind: ActorKind.Automation))).ToList();

        Assert.Contains(verdicts, verdict => verdict.Severity >= Severity.Warning);
        Assert.DoesNotContain(verdicts.Skip(40), verdict => verdict.Severity >= Severity.Warning);
    }

    [Fact]
    public void Finds_a_leak_in_which_no_event_is_odd()
    {
        var scorer = Sandbox.New();
        var verdicts = Enumerable.Range(0, 72).Select(hour =>
            scorer.Score(At(FourthWeek.AddHours(hour), usdPerHour: 0.2m, id: $"leak{hour}", actor: "role/ci", kind: ActorKind.Automation)));

        Assert.Contains(verdicts, verdict => verdict.Severity >= Severity.Warning && verdict.Components.Any(component => component is { Name: "drift", Score: > 25 }));
    }

    [Fact]
    public void Stays_quiet_when_what_is_started_every_hour_is_stopped_again()
    {
        var scorer = Sandbox.New();
        for (var hour = 0; hour < 72; hour++)
        {
            var start = new Happening { Id = $"job{hour}", Time = FourthWeek.AddHours(hour), UsdPerHour = 0.2m, Actor = "role/ci", Kind = ActorKind.Automation };
            Assert.Equal(Severity.None, scorer.Score(start.ToCostedEvent()).Severity);
            scorer.Score(Happening.StopOf(start, start.Time.AddMinutes(40)).ToCostedEvent());
        }
    }

    [Fact]
    public void Hands_what_was_only_shown_to_what_is_told_later()
    {
        var scorer = Sandbox.New();
        var verdicts = Enumerable.Range(0, 60).Select(i =>
            scorer.Score(At(FourthWeek.AddMinutes(i), usdPerHour: 0.08m, id: $"burst{i}"))).ToList();
        var (shown, told) = (verdicts.FindIndex(verdict => verdict.Severity == Severity.Info), verdicts.FindIndex(verdict => verdict.Severity >= Severity.Warning));

        Assert.InRange(shown, 0, told - 1);
        Assert.Contains(verdicts[told].Earlier, contribution => contribution.EventId == $"burst{shown}");
    }

    [Fact]
    public void Tells_a_slow_ramp_of_small_steps_before_it_has_become_normal() =>
        Gen.Select(Gen.Double[0.08, 0.2], Gen.Double[0.1, 0.3]).Sample(
            (growth, usdPerHour) =>
            {
                var scorer = Sandbox.New();
                for (var day = 0; day < 60; day++)
                {
                    // Twice a day, and what is started stays for a day: the steps are never odd by themselves.
                    var rate = (decimal)(usdPerHour * Math.Exp(growth * Math.Max(0, day - 10)));
                    for (var half = 0; half < 2; half++)
                    {
                        var start = new Happening { Id = $"ramp{day}-{half}", Time = FourthWeek.AddDays(day).AddHours(9 + (6 * half)), UsdPerHour = rate, Actor = "role/ci", Kind = ActorKind.Automation };
                        var verdict = scorer.Score(start.ToCostedEvent());
                        if (verdict.Severity >= Severity.Warning)
                        {
                            // Told while it is still less than two weeks of growth above what is usual.
                            Assert.True(rate * 24 < 500, $"growth {growth:0.00} told at {rate * 24:0} USD a day on day {day}");
                            return;
                        }
                    }
                }

                Assert.Fail($"growth {growth:0.00} from {usdPerHour:0.00} USD/h was never told");
            },
            iter: 30);
}
