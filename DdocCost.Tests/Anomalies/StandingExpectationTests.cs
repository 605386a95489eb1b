using CsCheck;
using DdocCost.Domain.Anomalies;
using DdocCost.Domain.Normalise;
using DdocCost.Domain.Pipeline;
using DdocCost.Domain.Scoring;
using DdocCost.Domain.Tuning;
using DdocCost.Tests.App;
using DdocCost.Tests.Scoring;

namespace DdocCost.Tests.Anomalies;

/// <summary>What somebody expects is recorded and not alerted, up to twice the money, as long as it holds.</summary>
public sealed class StandingExpectationTests
{
    private static readonly DateTimeOffset Noon = Happening.Monday.AddHours(12);
    private static readonly Happening Dear = new() { Id = "dear", Time = Noon, UsdPerHour = 500 };

    [Fact]
    public void Without_one_it_is_alerted() => Assert.True(Judge(Dear).Severity >= Severity.Warning);

    [Fact]
    public void What_is_expected_is_quiet_and_says_who_said_so()
    {
        var verdict = Judge(Dear, Expected(usd: 500 * 24));

        Assert.Equal((Severity.None, "expected by alice until 2026-09-14 12:00 UTC, up to $24,000 a day"), (verdict.Severity, verdict.Expected));
        Assert.True(verdict.Score >= 50); // the score stays what it is
    }

    [Theory]
    [InlineData("another actor")]
    [InlineData("another type")]
    [InlineData("more than twice the money")]
    [InlineData("over")]
    public void Anything_else_is_alerted(string what)
    {
        var e = what switch
        {
            "another actor" => Dear with { Actor = "role/Developer/bob" },
            "another type" => Dear with { Type = "rds:db" },
            "over" => Dear with { Time = Noon.AddDays(8) },
            _ => Dear,
        };

        Assert.True(Judge(e, Expected(usd: what == "more than twice the money" ? 500 * 24 / 2.1 : 500 * 24)).Severity >= Severity.Warning);
    }

    [Fact]
    public void What_is_expected_becomes_normal()
    {
        var (untold, told) = (new AccountScorer(Happening.Account, [], null), new AccountScorer(Happening.Account, [], null));
        Verdict last = Verdict.Quiet, alone = Verdict.Quiet;
        for (var day = 0; day < 3; day++)
        {
            var e = (Dear with { Id = $"e{day}", Time = Noon.AddDays(day) }).ToCostedEvent();
            alone = AccountPipeline.Judge(untold, AccountRules.None, e);
            last = AccountPipeline.Judge(told, Rules(Expected(usd: 1e6)), e);
        }

        Assert.True(last.Score < alone.Score, $"{last.Score} is not below {alone.Score}");
    }

    [Fact]
    public void It_is_as_large_as_the_case_ever_was_and_lasts_as_it_was_said()
    {
        var anomaly = Some.Case(usdPerHour: 10, at: Noon) with { MostUsdWithinDay = 300, Parts = [new CasePart("a", "ec2:instance", "eu-west-1")] };
        StandingExpectation Of(CaseEnd end, ExpectScope? scope, DateTimeOffset? until = null) =>
            StandingExpectation.Of(anomaly, new CaseVerdict(end, scope, until, new Signature("bob", Noon.AddHours(1))), CaseOptions.Default);

        Assert.Equal(600, Of(CaseEnd.Expected, ExpectScope.Always).MostUsdWithinDay);
        Assert.Null(Of(CaseEnd.Expected, ExpectScope.Always).Until);
        Assert.Equal(Noon.AddDays(3), Of(CaseEnd.Expected, ExpectScope.Until, Noon.AddDays(3)).Until);
        Assert.Equal(Noon.AddHours(13), Of(CaseEnd.Expected, ExpectScope.Once).Until);
        Assert.Equal(Noon.AddHours(13), Of(CaseEnd.Wrong, null).Until);
    }

    [Fact]
    public void It_never_makes_anything_louder() => Gen.Select(Gen.Decimal[0, 2_000], Gen.Double[0, 1e6], Gen.Int[-20, 20]).Sample((usd, expected, days) =>
    {
        var e = Dear with { UsdPerHour = usd, Time = Noon.AddDays(days) };

        var (with, without) = (Judge(e, Expected(expected)), Judge(e));

        Assert.True(with.Severity == without.Severity || (with.Severity == Severity.None && with.Expected is not null && without.MoneyAtRiskUsd <= 2 * expected));
    });

    private static Verdict Judge(Happening e, params StandingExpectation[] expectations) =>
        AccountPipeline.Judge(new AccountScorer(Happening.Account, [], null), Rules(expectations), e.ToCostedEvent());

    private static AccountRules Rules(params StandingExpectation[] expectations) => new(Happening.Account, DetectionSettings.None, expectations);

    private static StandingExpectation Expected(double usd) => new()
    {
        Id = "case", AccountId = Happening.Account, Parts = [new CasePart("role/Developer/alice", "ec2:instance", "us-east-1")], UsdWithinDay = usd,
        Scope = ExpectScope.Until, Until = Noon.AddDays(7), Signature = new Signature("alice", Noon),
    };
}
