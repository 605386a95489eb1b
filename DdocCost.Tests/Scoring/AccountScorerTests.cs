using CsCheck;
using DdocCost.Domain.Normalise;
using DdocCost.Domain.Scoring;
using static DdocCost.Tests.Scoring.Sandbox;

namespace DdocCost.Tests.Scoring;

/// <summary>What is said of one event.</summary>
public sealed class AccountScorerTests
{
    [Fact]
    public void Flags_one_dear_machine_in_a_sandbox_at_once()
    {
        var verdict = Sandbox.New().Score(At(FourthWeek.AddHours(10), usdPerHour: 26));

        Assert.Equal(Severity.Critical, verdict.Severity);
        Assert.Equal(26 * 24, verdict.MoneyAtRiskUsd, 6);
        Assert.Contains(verdict.Components, component => component is { Name: "magnitude", Score: > 90 });
    }

    [Fact]
    public void Stays_quiet_when_a_new_colleague_starts_something_small()
    {
        var verdict = Sandbox.New().Score(At(FourthWeek, usdPerHour: 0.05m, actor: "role/Developer/newcomer", region: "us-east-2"));

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
    public void Finds_the_same_launch_a_little_odder_at_an_hour_at_which_nothing_is_started_and_says_so()
    {
        var (byDay, byNight) = (Sandbox.New().Score(At(FourthWeek.AddHours(9), usdPerHour: 1)), Sandbox.New().Score(At(FourthWeek.AddHours(3), usdPerHour: 1)));

        Assert.True(byNight.Score > byDay.Score);
        Assert.InRange(byNight.Weighing!.ContextNats, 0.01, 0.7);
        Assert.Equal(0, byDay.Weighing!.ContextNats);
        var context = byNight.Components.Single(component => component.Name == "context");
        Assert.Equal(byNight.Weighing.ContextNats, context.Value);
    }

    [Fact]
    public void Takes_a_refused_call_as_context_only()
    {
        var scorer = Sandbox.New();
        var refused = new Happening { Id = "refused", Time = FourthWeek, Action = ResourceAction.None, UsdPerHour = 0 }.ToCostedEvent();

        var verdict = scorer.Score(refused);

        Assert.Equal((Severity.None, 0), (verdict.Severity, verdict.Score));
        Assert.Equal("context", Assert.Single(verdict.Components).Name);
    }

    [Fact]
    public void Trusts_less_who_was_refused_before()
    {
        var (plain, tried) = (Sandbox.New(), Sandbox.New());
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
        var bought = Sandbox.New().Score(new Happening { Id = "ri", Time = FourthWeek, Action = ResourceAction.OneTime, UsdPerHour = 0, OneTimeUsd = 5_000 }.ToCostedEvent());
        var committed = Sandbox.New().Score(new Happening { Id = "sp", Time = FourthWeek, Action = ResourceAction.OneTime, UsdPerHour = 1 }.ToCostedEvent());

        Assert.Equal((Severity.Critical, 5_000), (bought.Severity, bought.MoneyAtRiskUsd));
        Assert.Equal((Severity.Critical, 8_760), (committed.Severity, committed.MoneyAtRiskUsd));
    }

    [Fact]
    public void Counts_what_ends_by_itself_by_its_limit() =>
        Assert.Equal(10 * 4, Sandbox.New().Score(new Happening { Id = "job", Time = FourthWeek, Type = "sagemaker:training-job", UsdPerHour = 10, MaxHours = 4 }.ToCostedEvent()).MoneyAtRiskUsd, 6);

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
        var state = Sandbox.New().DrainChanges();
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
        var verdict = Sandbox.New().Score(At(FourthWeek, usdPerHour: 0.1m));

        Assert.Equal(Severity.None, verdict.Severity);
        Assert.Equal(["context", "drift", "magnitude", "novelty", "rate"], verdict.Components.Select(component => component.Name).Order());
        Assert.All(verdict.Components, component => Assert.InRange(component.Score, 0, 100));
        Assert.All(verdict.Components, component => Assert.False(string.IsNullOrEmpty(component.Text)));
    }
}
