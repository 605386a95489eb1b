using CsCheck;
using DdocCost.Domain.Scoring;

namespace DdocCost.Tests.Scoring;

public sealed class RhythmTests
{
    private static readonly DetectionOptions Options = DetectionOptions.Default;
    private static readonly DateTimeOffset Monday = Happening.Monday;
    private static readonly Gen<int[]> StartedAt = Gen.Int[0, (6 * Rhythm.Hours) - 1].Array[0, 300];

    [Fact]
    public void Says_nothing_where_nothing_is_known()
    {
        Assert.Equal(Rhythm.Alike, new Rhythm().Share(Monday, Options));
        Assert.Equal(0, Rhythm.Evidence(new Rhythm().Share(Monday.AddHours(3), Options)));
    }

    [Fact]
    public void Says_nothing_where_all_hours_are_alike()
    {
        var always = Of(Enumerable.Range(0, 4 * Rhythm.Hours));

        Assert.All(Enumerable.Range(0, Rhythm.Hours), hour =>
        {
            var share = always.Share(Monday.AddDays(28).AddHours(hour), Options);
            Assert.Equal(Rhythm.Alike, share, 9);
            Assert.Equal(0, Rhythm.Evidence(share), 9);
        });
    }

    [Fact]
    public void Finds_the_night_and_the_weekend_of_an_office_a_little_odd_and_more_so_the_longer_it_is_known()
    {
        var (young, old) = (Office(weeks: 1), Office(weeks: 8));

        Assert.Equal(0, At(old, day: 2, hour: 10));
        Assert.InRange(At(young, day: 2, hour: 3), 0.02, 0.2);
        Assert.InRange(At(old, day: 2, hour: 3), 0.4, 0.7);
        Assert.InRange(At(old, day: 6, hour: 10), 0.4, 0.7);
        Assert.True(At(old, day: 2, hour: 3) > At(young, day: 2, hour: 3));

        static double At(Rhythm rhythm, int day, int hour) => Rhythm.Evidence(rhythm.Share(Monday.AddDays(56 + day).AddHours(hour), Options));
    }

    [Fact]
    public void Knows_an_hour_of_working_days_before_it_has_seen_it_on_each_of_them()
    {
        // Monday to Thursday at ten: Friday at ten is more usual than Friday at three, and than Saturday at ten.
        var rhythm = Of([10, 34, 58, 82]);

        Assert.True(Share(4, 10) > Share(4, 3));
        Assert.True(Share(4, 10) > Share(5, 10));

        double Share(int day, int hour) => rhythm.Share(Monday.AddDays(day).AddHours(hour), Options);
    }

    [Fact]
    public void A_weekly_batch_has_its_hour_after_some_weeks()
    {
        var rhythm = Office(weeks: 4);
        var before = Rhythm.Evidence(rhythm.Share(Monday.AddDays(34).AddHours(2), Options));
        for (var week = 0; week < 4; week++)
        {
            rhythm.Learn(Monday.AddDays((7 * week) + 6).AddHours(2));
        }

        Assert.True(before > 0.3);
        Assert.Equal(0, Rhythm.Evidence(rhythm.Share(Monday.AddDays(34).AddHours(2), Options)));
    }

    [Fact]
    public void Shares_of_all_hours_add_up_to_one() =>
        StartedAt.Sample(hours =>
        {
            var (rhythm, later) = (Of(hours), Monday.AddDays(70)); // no present hour among them
            Assert.Equal(1, Enumerable.Range(0, Rhythm.Hours).Sum(hour => rhythm.Share(later.AddHours(hour), Options)), 9);
        });

    [Fact]
    public void Does_not_depend_on_order_nor_on_how_many_come_in_an_hour() =>
        Gen.Select(StartedAt.Where(hours => hours.Length > 0), Gen.Int[0, 167]).Sample((hours, hour) =>
        {
            // Late by weeks is not late but a clock set right.
            int[] near = [.. hours.Select(h => h % Rhythm.Hours)];
            var later = Monday.AddDays(70).AddHours(hour);
            Assert.Equal(Of(near).Share(later, Options), Of([.. near.Reverse(), .. near]).Share(later, Options), 12);
        });

    [Fact]
    public void Counts_a_week_half_after_the_half_life_and_forgets_it_after_eight()
    {
        var options = Options with { Memory = TimeSpan.FromDays(7) };
        var rhythm = Of([10]);
        rhythm.Learn(Monday.AddDays(7).AddHours(50));
        var (one, two) = (rhythm.Activity(10, Monday, options), rhythm.Activity(50, Monday, options));

        Assert.Equal((0.5, 1.5), (one.Active, one.All));
        Assert.Equal((1, 1.5), (two.Active, two.All));
        rhythm.Learn(Monday.AddDays(7 * Rhythm.Weeks).AddHours(60));
        Assert.Equal(0, rhythm.Activity(10, Monday, options).Active);
    }

    [Fact]
    public void An_hour_does_not_make_itself_usual_while_it_lasts()
    {
        var rhythm = Office(weeks: 4);
        var night = Monday.AddDays(29).AddHours(3);
        var before = rhythm.Share(night, Options);
        rhythm.Learn(night);

        Assert.Equal(before, rhythm.Share(night.AddMinutes(30), Options), 12);
        Assert.True(rhythm.Share(night.AddDays(7), Options) > before);
    }

    [Fact]
    public void Begins_anew_when_a_clock_that_had_run_ahead_is_set_right()
    {
        var rhythm = Of([10]);
        rhythm.Learn(Monday.AddYears(70));
        rhythm.Learn(Monday.AddHours(10));

        Assert.Equal(1, rhythm.Activity(10, Monday, Options).Active);
        Assert.Equal(1, rhythm.Cells!.Count(cell => cell != 0));
    }

    private static Rhythm Office(int weeks) => Of(
        from week in Enumerable.Range(0, weeks)
        from day in Enumerable.Range(0, 5)
        from hour in Enumerable.Range(8, 10)
        select (week * Rhythm.Hours) + (day * 24) + hour);

    private static Rhythm Of(IEnumerable<int> hours)
    {
        var rhythm = new Rhythm();
        foreach (var hour in hours)
        {
            rhythm.Learn(Monday.AddHours(hour));
        }

        return rhythm;
    }
}
