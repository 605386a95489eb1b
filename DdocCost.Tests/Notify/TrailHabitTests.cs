using CsCheck;
using DdocCost.Domain.Notify.Watching;

namespace DdocCost.Tests.Notify;

public sealed class TrailHabitTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 2, 0, 0, 0, TimeSpan.Zero); // a Monday

    [Fact]
    public void A_busy_account_is_missed_within_the_hour()
    {
        var habit = Hear(Start, 7 * 24 * 12, _ => TimeSpan.FromMinutes(5));

        Assert.Equal(TrailHabit.Least, habit.Limit);
        Assert.False(habit.IsQuiet(habit.HeardAt + TimeSpan.FromMinutes(44)));
        Assert.True(habit.IsQuiet(habit.HeardAt + TimeSpan.FromMinutes(46)));
    }

    [Fact]
    public void An_account_that_is_not_known_yet_may_be_silent_for_a_day() => Assert.Equal(TrailHabit.Unknown, TrailHabit.New(Start).Limit);

    [Fact]
    public void One_outage_does_not_become_a_habit()
    {
        var habit = Hear(Start, 10 * 24 * 12, i => i == 1000 ? TimeSpan.FromHours(30) : TimeSpan.FromMinutes(5));

        Assert.Equal(TrailHabit.Least, habit.Limit);
    }

    [Fact]
    public void Quiet_weekends_are_known_after_two()
    {
        var habit = TrailHabit.New(Start);
        for (var hour = 0; hour < 24 * 21; hour++)
        {
            var now = Start.AddHours(hour);
            if (now.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && now.Hour is >= 7 and < 19)
            {
                habit = habit.Heard(now);
            }
        }

        var friday = habit.HeardAt;
        Assert.Equal(DayOfWeek.Friday, friday.DayOfWeek);
        Assert.False(habit.IsQuiet(friday.AddHours(61))); // Monday morning
        Assert.True(habit.IsQuiet(friday + TrailHabit.Most + TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void Whatever_it_hears_it_remembers_little_and_stays_within_bounds() =>
        Gen.Int[0, 500_000].Array[0, 200].Sample(gaps =>
        {
            var habit = Hear(Start, gaps.Length, i => TimeSpan.FromSeconds(gaps[i]));

            Assert.True(habit.Days.Count <= TrailHabit.DaysKept && habit.Days.Count == habit.Longest.Count);
            Assert.InRange(habit.Limit, TrailHabit.Least, TrailHabit.Most);
        });

    private static TrailHabit Hear(DateTimeOffset start, int count, Func<int, TimeSpan> gap)
    {
        var (habit, now) = (TrailHabit.New(start), start);
        for (var i = 0; i < count; i++)
        {
            habit = habit.Heard(now += gap(i));
        }

        return habit;
    }
}
