using CsCheck;
using DdocCost.Domain.Scoring;

namespace DdocCost.Tests.Scoring;

public sealed class ScheduleTests
{
    private static readonly DateTimeOffset Monday = Happening.Monday;

    [Fact]
    public void Says_nothing_where_nothing_or_one_run_was_seen()
    {
        Assert.Equal(0, default(Schedule).Evidence(Monday));
        Assert.Equal(0, Seen(Monday).Evidence(Monday.AddHours(5)));
    }

    [Fact]
    public void Says_nothing_of_a_run_at_its_hour_and_much_of_one_off_it()
    {
        var nightly = Seen([.. Enumerable.Range(0, 14).Select(day => Monday.AddDays(day).AddHours(2))]);

        Assert.Equal(0, nightly.Evidence(Monday.AddDays(14).AddHours(2.5)), 9);
        Assert.InRange(nightly.Evidence(Monday.AddDays(14).AddHours(14)), 2, 2.4);
    }

    [Fact]
    public void Knows_a_weekly_run_after_two_weeks_and_that_the_same_hour_of_another_day_is_not_it()
    {
        var weekly = Seen(Monday.AddHours(4), Monday.AddDays(7).AddHours(4.2));

        Assert.Equal(0, weekly.Evidence(Monday.AddDays(14).AddHours(4)), 9);
        Assert.True(weekly.Evidence(Monday.AddDays(15).AddHours(4)) > 1.5);
    }

    [Fact]
    public void Is_not_moved_by_a_run_that_strays()
    {
        var strayed = Seen([.. Enumerable.Range(0, 14).Select(day => Monday.AddDays(day).AddHours(2)), Monday.AddDays(13).AddHours(14)]);

        Assert.Equal(0, strayed.Evidence(Monday.AddDays(14).AddHours(2)), 9);
    }

    [Fact]
    public void Finds_a_run_at_another_hour_odd_once_and_not_when_it_comes_at_that_hour_of_a_later_week()
    {
        var nightly = Seen([.. Enumerable.Range(0, 14).Select(day => Monday.AddDays(day).AddHours(2))]);
        var stray = Monday.AddDays(14).AddHours(14);

        Assert.True(nightly.Evidence(stray) > 2);
        var noted = nightly.Noting(stray); // told, so it was not learned
        Assert.True(noted.Evidence(stray) > 2, "it does not speak for itself");
        Assert.True(noted.Evidence(stray.AddDays(1)) > 2 && noted.Evidence(stray.AddDays(7).AddHours(3)) > 2, "nor for another hour");
        Assert.Equal(0, noted.Evidence(stray.AddDays(7).AddMinutes(20)), 9);
        Assert.Equal(0, noted.With(stray.AddDays(7), DetectionOptions.Default).Evidence(stray.AddDays(14)), 9);
        Assert.Equal(0, noted.Evidence(Monday.AddDays(15).AddHours(2)), 9);
    }

    [Fact]
    public void Notes_no_run_that_keeps_its_hour_and_none_where_no_hours_are_kept()
    {
        var nightly = Seen([.. Enumerable.Range(0, 14).Select(day => Monday.AddDays(day).AddHours(2))]);

        Assert.Equal(nightly, nightly.Noting(Monday.AddDays(14).AddHours(2.5)));
        Assert.Equal(Seen(Monday), Seen(Monday).Noting(Monday.AddHours(5)));
    }

    [Fact]
    public void Says_little_of_an_automation_that_runs_at_any_hour() =>
        Gen.Int[0, 1_000_000].Sample(seed =>
        {
            var dice = new Random(seed);
            var irregular = Seen([.. Enumerable.Range(0, 30).Select(day => Monday.AddDays(day).AddHours(24 * dice.NextDouble()))]);
            Assert.InRange(irregular.Evidence(Monday.AddDays(31).AddHours(24 * dice.NextDouble())), 0, 0.7);
        });

    [Fact]
    public void Is_never_negative_and_bounded() =>
        Gen.Select(Gen.Double[0, 400].Array[0, 60], Gen.Double[0, 900]).Sample((hours, now) =>
            Assert.InRange(Seen([.. hours.Select(hour => Monday.AddHours(hour))]).Evidence(Monday.AddHours(now)), 0, 2.4));

    private static Schedule Seen(params DateTimeOffset[] times) =>
        times.Aggregate(default(Schedule), (schedule, time) => schedule.With(time, DetectionOptions.Default));
}
