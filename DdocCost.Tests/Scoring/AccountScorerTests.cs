using DdocCost.Domain.Ledger;
using CsCheck;
using DdocCost.Domain.Normalise;
using DdocCost.Domain.Scoring;

namespace DdocCost.Tests.Scoring;

public sealed class AccountScorerTests
{
    private static readonly DateTimeOffset Monday = Happening.Monday;
    private static readonly DateTimeOffset FourthWeek = Monday.AddDays(21);

    [Fact]
    public void Flags_one_dear_machine_in_a_sandbox_at_once()
    {
        var verdict = Sandbox().Score(At(FourthWeek.AddHours(10), usdPerHour: 26));

        Assert.Equal(Severity.Critical, verdict.Severity);
        Assert.Equal(26 * 24, verdict.MoneyAtRiskUsd, 6);
        Assert.Contains(verdict.Components, component => component is { Name: "magnitude", Score: > 90 });
    }

    [Fact]
    public void Stays_quiet_when_a_new_colleague_starts_something_small()
    {
        var verdict = Sandbox().Score(At(FourthWeek, usdPerHour: 0.05m, actor: "role/Developer/newcomer", region: "us-east-2"));

        Assert.Equal(Severity.None, verdict.Severity);
        Assert.Contains(verdict.Components, component => component.Name == "novelty" && component.Text.Contains("newcomer", StringComparison.Ordinal));
    }

    [Fact]
    public void Takes_the_same_rate_as_nothing_in_a_large_account()
    {
        var large = new AccountScorer(Happening.Account, [], null);
        for (var hour = 0; hour < 24 * 21; hour++)
        {
            var start = new Happening { Id = $"h{hour}", Time = Monday.AddHours(hour), Kind = ActorKind.AwsService, Actor = "service/autoscaling", UsdPerHour = 30, Exposure = 500 };
            large.Score(start.ToCostedEvent());
            large.Score(Happening.StopOf(start, start.Time.AddHours(8)).ToCostedEvent());
        }

        Assert.Equal(Severity.None, large.Score(At(FourthWeek, usdPerHour: 5, actor: "service/autoscaling")).Severity);
    }

    [Fact]
    public void Flags_many_small_launches_as_one_thing()
    {
        var scorer = Sandbox();
        var verdicts = Enumerable.Range(0, 60).Select(i =>
            scorer.Score(At(FourthWeek.AddSeconds(20 * i), usdPerHour: 0.1m, id: $"burst{i}"))).ToArray();

        Assert.Equal(Severity.None, verdicts[0].Severity);
        Assert.Contains(verdicts, verdict => verdict.Severity >= Severity.Warning);
        Assert.NotEmpty(verdicts.First(verdict => verdict.Severity > Severity.None).Earlier);
    }

    [Fact]
    public void Flags_many_small_launches_over_a_day_as_one_thing()
    {
        var scorer = Sandbox();
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
        var usual = Sandbox();
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
        var scorer = Sandbox();
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
    public void Finds_the_same_launch_a_little_odder_at_an_hour_at_which_nothing_is_started_and_says_so()
    {
        var (byDay, byNight) = (Sandbox().Score(At(FourthWeek.AddHours(9), usdPerHour: 1)), Sandbox().Score(At(FourthWeek.AddHours(3), usdPerHour: 1)));

        Assert.True(byNight.Score > byDay.Score);
        Assert.InRange(byNight.Weighing!.ContextNats, 0.01, 0.7);
        Assert.Equal(0, byDay.Weighing!.ContextNats);
        var context = byNight.Components.Single(component => component.Name == "context");
        Assert.Equal(byNight.Weighing.ContextNats, context.Value);
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
            var scorer = Sandbox();
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
        var scorer = Sandbox();
        var verdicts = Enumerable.Range(0, 24 * 5).Select(i => scorer.Score(
            At(FourthWeek.AddHours(i), usdPerHour: i < 36 ? 0.25m : 0.001m, id: $"leak{i}", actor: "role/ci", kind: ActorKind.Automation))).ToList();

        Assert.Contains(verdicts, verdict => verdict.Severity >= Severity.Warning);
        Assert.DoesNotContain(verdicts.Skip(40), verdict => verdict.Severity >= Severity.Warning);
    }

    [Fact]
    public void Does_not_learn_the_rest_of_a_burst_that_was_told()
    {
        var scorer = Sandbox();
        Assert.True(Copies(FourthWeek.AddHours(10)) >= Severity.Warning);
        Assert.True(Copies(FourthWeek.AddDays(2).AddHours(10)) >= Severity.Warning);

        Severity Copies(DateTimeOffset at) => Enumerable.Range(0, 10)
            .Select(i => scorer.Score(At(at.AddSeconds(15 * i), usdPerHour: i < 5 ? 2 : 0.02m, id: $"{at:dd}-{i}")).Severity).Max();
    }

    [Fact]
    public void Does_not_take_a_mistake_for_a_job_because_its_automation_cleaned_it_up_days_later()
    {
        var (job, mistake) = (Sandbox(), Sandbox());
        Run(job, TimeSpan.FromHours(3));
        Run(mistake, TimeSpan.FromHours(50));

        var later = At(FourthWeek.AddDays(5), usdPerHour: 3, id: "later", actor: "role/backup", kind: ActorKind.Automation);

        Assert.True(mistake.Score(later).Score > job.Score(later).Score);

        static void Run(AccountScorer scorer, TimeSpan life)
        {
            var start = new Happening { Id = "once", Time = FourthWeek, Actor = "role/backup", Kind = ActorKind.Automation, UsdPerHour = 3 };
            Assert.True(scorer.Score(start.ToCostedEvent()).Severity >= Severity.Warning);
            scorer.Score(Happening.StopOf(start, FourthWeek + life).ToCostedEvent());
        }
    }

    [Fact]
    public void Finds_a_leak_in_which_no_event_is_odd()
    {
        var scorer = Sandbox();
        var verdicts = Enumerable.Range(0, 72).Select(hour =>
            scorer.Score(At(FourthWeek.AddHours(hour), usdPerHour: 0.2m, id: $"leak{hour}", actor: "role/ci", kind: ActorKind.Automation)));

        Assert.Contains(verdicts, verdict => verdict.Severity >= Severity.Warning && verdict.Components.Any(component => component is { Name: "drift", Score: > 25 }));
    }

    [Fact]
    public void Stays_quiet_when_what_is_started_every_hour_is_stopped_again()
    {
        var scorer = Sandbox();
        for (var hour = 0; hour < 72; hour++)
        {
            var start = new Happening { Id = $"job{hour}", Time = FourthWeek.AddHours(hour), UsdPerHour = 0.2m, Actor = "role/ci", Kind = ActorKind.Automation };
            Assert.Equal(Severity.None, scorer.Score(start.ToCostedEvent()).Severity);
            scorer.Score(Happening.StopOf(start, start.Time.AddMinutes(40)).ToCostedEvent());
        }
    }

    [Fact]
    public void Is_used_to_a_nightly_batch_that_stops_what_it_starts_after_one_night()
    {
        var scorer = Sandbox();
        Assert.Equal(Severity.Critical, Night(0));

        Assert.All([Night(1), Night(2), Night(3)], severity => Assert.True(severity < Severity.Warning));

        Severity Night(int night)
        {
            var loudest = Severity.None;
            var batch = Enumerable.Range(0, 6).Select(i => new Happening
            {
                Id = $"batch{night}-{i}",
                Time = FourthWeek.AddDays(night).AddHours(2).AddSeconds(i),
                Actor = "role/airflow",
                Kind = ActorKind.Automation,
                Size = "r5.4xlarge",
                UsdPerHour = 2,
            }).ToArray();
            foreach (var start in batch)
            {
                var severity = scorer.Score(start.ToCostedEvent()).Severity;
                loudest = severity > loudest ? severity : loudest;
            }

            foreach (var start in batch)
            {
                scorer.Score(Happening.StopOf(start, start.Time.AddHours(3)).ToCostedEvent());
            }

            return loudest;
        }
    }

    [Fact]
    public void Is_used_to_a_nightly_batch_though_the_same_automation_made_a_mistake_before()
    {
        var scorer = Sandbox();
        Run("mistake", FourthWeek.AddHours(14));
        var nights = Enumerable.Range(1, 4).Select(night => Run($"night{night}", FourthWeek.AddDays(night).AddHours(2))).ToArray();

        Assert.True(nights[0] >= Severity.Warning);
        Assert.All(nights[2..], severity => Assert.True(severity < Severity.Warning));

        Severity Run(string id, DateTimeOffset time)
        {
            var start = new Happening { Id = id, Time = time, Actor = "role/airflow", Kind = ActorKind.Automation, UsdPerHour = 12 };
            var severity = scorer.Score(start.ToCostedEvent()).Severity;
            scorer.Score(Happening.StopOf(start, time.AddHours(3)).ToCostedEvent());
            return severity;
        }
    }

    [Fact]
    public void Takes_who_what_and_where_for_known_once_it_was_accepted()
    {
        var scorer = Sandbox();
        var first = scorer.Score(Night(0));
        scorer.Accept("role/airflow", "ec2:instance", "sa-east-1");

        var second = scorer.Score(Night(1));

        Assert.Contains(first.Components, component => component is { Name: "novelty", Text: "first time here: airflow, sa-east-1" });
        Assert.Contains(second.Components, component => component is { Name: "novelty", Value: 0 });

        static Domain.Ledger.CostedEvent Night(int night) =>
            At(FourthWeek.AddDays(night), usdPerHour: 12, id: $"night{night}", actor: "role/airflow", region: "sa-east-1", kind: ActorKind.Automation);
    }

    [Fact]
    public void Finds_a_nightly_batch_ordinary_at_its_hour_and_odd_at_another()
    {
        var (byNight, byDay) = (Batches(), Batches());

        var usual = byNight.Score(Batch(28, hour: 2).ToCostedEvent());
        var odd = byDay.Score(Batch(28, hour: 14).ToCostedEvent());

        Assert.Equal(Severity.None, usual.Severity);
        Assert.True(odd.Severity >= Severity.Warning, $"{odd.Score:0}");
        Assert.Contains(odd.Components, component => component.Text == "not at the hour at which airflow starts ec2:instance");

        static AccountScorer Batches()
        {
            var scorer = Sandbox();
            for (var night = 0; night < 28; night++)
            {
                var batch = Batch(night, hour: 2);
                scorer.Score(batch.ToCostedEvent());
                scorer.Score(Happening.StopOf(batch, batch.Time.AddHours(3)).ToCostedEvent());
            }

            return scorer;
        }

        static Happening Batch(int night, int hour) =>
            new() { Id = $"batch{night}", Time = FourthWeek.AddDays(night).AddHours(hour), UsdPerHour = 60, Actor = "role/airflow", Kind = ActorKind.Automation };
    }

    [Fact]
    public void Learns_nothing_of_a_burst_that_goes_on_over_midnight()
    {
        var scorer = Sandbox();
        var verdicts = Enumerable.Range(0, 90).Select(i =>
            scorer.Score(At(FourthWeek.AddHours(23).AddMinutes(2 * i), usdPerHour: 0.25m, id: $"loop{i}", actor: "role/backup", kind: ActorKind.Automation)).Severity).ToArray();

        Assert.Contains(verdicts, severity => severity >= Severity.Warning);
        Assert.True(scorer.DrainChanges().Profile!.Causes.Single(cause => cause.Name.StartsWith("role/backup", StringComparison.Ordinal)).Track.Burst.Days.Weight == 0);
    }

    [Fact]
    public void Hands_what_was_only_shown_to_what_is_told_later()
    {
        var scorer = Sandbox();
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
                var scorer = Sandbox();
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

    [Fact]
    public void Does_not_learn_what_it_flagged()
    {
        var scorer = Sandbox();
        var before = BaselineOf(scorer);
        scorer.Score(At(FourthWeek, usdPerHour: 26, id: "dear"));
        var after = BaselineOf(scorer);

        Assert.Equal((before.MeanHourlyCost, before.Deviation, before.EventCount), (after.MeanHourlyCost, after.Deviation, after.EventCount));
        Assert.Equal(Severity.Critical, scorer.Score(At(FourthWeek.AddDays(9), usdPerHour: 26, id: "again")).Severity);
    }

    [Fact]
    public void Learns_what_somebody_accepted_without_waiting()
    {
        var (accepted, ignored) = (Sandbox(), Sandbox());
        Flag(accepted);
        Flag(ignored);
        accepted.Accept("role/Developer/alice", "ec2:instance", "eu-west-1");

        var later = At(FourthWeek.AddDays(2), usdPerHour: 1, id: "later");

        Assert.True(accepted.Score(later).Score < ignored.Score(later).Score);

        static void Flag(AccountScorer scorer) => Assert.True(scorer.Score(At(FourthWeek, usdPerHour: 2, id: "dear")).Severity >= Severity.Warning);
    }

    [Fact]
    public void Takes_a_level_that_keeps_coming_back_unopposed_as_normal()
    {
        var scorer = Sandbox();
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

    [Fact]
    public void Takes_a_refused_call_as_context_only()
    {
        var scorer = Sandbox();
        var refused = new Happening { Id = "refused", Time = FourthWeek, Action = ResourceAction.None, UsdPerHour = 0 }.ToCostedEvent();

        var verdict = scorer.Score(refused);

        Assert.Equal((Severity.None, 0), (verdict.Severity, verdict.Score));
        Assert.Equal("context", Assert.Single(verdict.Components).Name);
    }

    [Fact]
    public void Trusts_less_who_was_refused_before()
    {
        var (plain, tried) = (Sandbox(), Sandbox());
        for (var i = 0; i < 5; i++)
        {
            tried.Score(new Happening { Id = $"no{i}", Time = FourthWeek.AddMinutes(i), Action = ResourceAction.None, UsdPerHour = 0 }.ToCostedEvent());
        }

        var e = At(FourthWeek.AddMinutes(6), usdPerHour: 1);

        Assert.True(tried.Score(e).Score > plain.Score(e).Score);
    }

    [Fact]
    public void Counts_a_purchase_by_its_sum_and_a_commitment_by_its_term()
    {
        var bought = Sandbox().Score(new Happening { Id = "ri", Time = FourthWeek, Action = ResourceAction.OneTime, UsdPerHour = 0, OneTimeUsd = 5_000 }.ToCostedEvent());
        var committed = Sandbox().Score(new Happening { Id = "sp", Time = FourthWeek, Action = ResourceAction.OneTime, UsdPerHour = 1 }.ToCostedEvent());

        Assert.Equal((Severity.Critical, 5_000), (bought.Severity, bought.MoneyAtRiskUsd));
        Assert.Equal((Severity.Critical, 8_760), (committed.Severity, committed.MoneyAtRiskUsd));
    }

    [Fact]
    public void Counts_what_ends_by_itself_by_its_limit() =>
        Assert.Equal(10 * 4, Sandbox().Score(new Happening { Id = "job", Time = FourthWeek, Type = "sagemaker:training-job", UsdPerHour = 10, MaxHours = 4 }.ToCostedEvent()).MoneyAtRiskUsd, 6);

    [Fact]
    public void Is_nearly_silent_on_day_one_but_not_about_a_fortune()
    {
        Assert.Equal(Severity.None, New().Score(At(Monday, usdPerHour: 2)).Severity);
        Assert.Equal(Severity.Critical, New().Score(At(Monday, usdPerHour: 250)).Severity);

        static AccountScorer New() => new(Happening.Account, [], null);
    }

    [Fact]
    public void Scores_more_money_never_lower()
    {
        var state = Sandbox().DrainChanges();
        Gen.Select(Gen.Decimal[0.001m, 300], Gen.Decimal[0.001m, 300], Gen.Bool).Sample((x, y, isNew) =>
        {
            var (less, more) = (Verdict(Math.Min(x, y)), Verdict(Math.Max(x, y)));
            Assert.True(less.Score <= more.Score + 1e-9, $"{less.Score} {more.Score}");
            Assert.True(less.Severity <= more.Severity);

            Verdict Verdict(decimal usdPerHour) => new AccountScorer(Happening.Account, state.Baselines, state.Profile)
                .Score(At(FourthWeek, usdPerHour, actor: isNew ? "user/deploy-bot" : "role/Developer/alice", region: isNew ? "sa-east-1" : "eu-west-1"));
        });
    }

    [Fact]
    public void Explains_every_score_with_numbers_also_of_quiet_events()
    {
        var verdict = Sandbox().Score(At(FourthWeek, usdPerHour: 0.1m));

        Assert.Equal(Severity.None, verdict.Severity);
        Assert.Equal(["context", "drift", "magnitude", "novelty", "rate"], verdict.Components.Select(component => component.Name).Order());
        Assert.All(verdict.Components, component => Assert.InRange(component.Score, 0, 100));
        Assert.All(verdict.Components, component => Assert.False(string.IsNullOrEmpty(component.Text)));
    }

    /// <summary>Three weeks of two people who start something small on working days and stop it in the evening.</summary>
    internal static AccountScorer Sandbox()
    {
        var scorer = new AccountScorer(Happening.Account, [], null);
        foreach (var happening in ThreeWeeks())
        {
            scorer.Score(happening.ToCostedEvent());
        }

        return scorer;
    }

    internal static IEnumerable<Happening> ThreeWeeks()
    {
        for (var day = 0; day < 21; day++)
        {
            if (day % 7 >= 5)
            {
                continue;
            }

            var morning = Monday.AddDays(day).AddHours(9);
            var first = new Happening { Id = $"first{day}", Time = morning, UsdPerHour = 0.1m, Exposure = 0.1m };
            var second = new Happening { Id = $"second{day}", Time = morning.AddHours(day % 3), Actor = "role/Developer/bob", UsdPerHour = 0.2m, Exposure = 0.3m };
            yield return first;
            yield return second;
            yield return Happening.StopOf(first, morning.AddHours(6 + (day % 2)));
            yield return Happening.StopOf(second, morning.AddHours(8));
        }
    }

    private static Baseline BaselineOf(AccountScorer scorer)
    {
        // Touched, so that it is among the changes.
        scorer.Score(Happening.StopOf(new Happening { Id = "unknown", UsdPerHour = 0 }, FourthWeek).ToCostedEvent());
        return scorer.DrainChanges().Baselines.Single(baseline => baseline.ResourceType == "ec2:instance");
    }

    private static Domain.Ledger.CostedEvent At(
        DateTimeOffset time, decimal usdPerHour, string id = "event", string actor = "role/Developer/alice", string region = "eu-west-1", ActorKind kind = ActorKind.Person) =>
        new Happening { Id = id, Time = time, UsdPerHour = usdPerHour, Actor = actor, Region = region, Kind = kind }.ToCostedEvent();
}
