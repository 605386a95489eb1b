using DdocCost.Domain.Anomalies;
using DdocCost.Tests.App;

namespace DdocCost.Tests.Anomalies;

/// <summary>What a case cost and what ending it saved, worked by hand.</summary>
public sealed class CaseMoneyTests
{
    private static readonly DateTimeOffset Noon = new(2026, 9, 14, 12, 0, 0, TimeSpan.Zero);

    // 40 machines at $2.50/h together $100/h from 12:00; half stopped at 13:00, the rest at 15:00: 100 + 50 + 50 = $200 spent.
    private static readonly AnomalyCase Stopped = Some.Case(usdPerHour: 100, at: Noon, closedAt: Noon.AddHours(3)) with { SpentUsd = 200 };

    [Fact]
    public void Avoided_is_thirty_days_at_the_peak_less_what_was_spent()
    {
        Assert.Equal(100m * 24 * 30, Stopped.IfLeftAlone());
        Assert.Equal(72_000m - 200, Stopped.Avoided());
    }

    [Fact]
    public void What_was_paid_at_once_was_not_avoided() =>
        Assert.Equal(72_000m - 200, (Stopped with { OneTimeUsd = 5_000 }).Avoided());

    [Fact]
    public void What_ends_by_itself_would_not_have_run_for_thirty_days()
    {
        var job = Stopped with { EndsBy = Noon.AddHours(10) };

        Assert.Equal(1_000, job.IfLeftAlone());
        Assert.Equal(800, job.Avoided());
    }

    [Fact]
    public void What_came_to_its_own_end_avoided_nothing() =>
        Assert.Equal(0, (Stopped with { EndsBy = Noon.AddHours(3), SpentUsd = 300 }).Avoided());

    [Fact]
    public void A_case_that_ran_for_longer_than_a_month_avoided_nothing() => Assert.Equal(0, (Stopped with { SpentUsd = 80_000 }).Avoided());

    [Fact]
    public void Nothing_is_avoided_while_it_runs_nor_where_it_is_as_it_should_be()
    {
        Assert.Null(Some.Case(usdPerHour: 100).Avoided());
        Assert.Null((Stopped with { End = CaseEnd.Expected }).Avoided());
        Assert.Null((Stopped with { End = CaseEnd.Wrong }).Avoided());
    }
}
