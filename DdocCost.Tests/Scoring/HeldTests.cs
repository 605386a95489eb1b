using DdocCost.Domain.Scoring;

namespace DdocCost.Tests.Scoring;

public sealed class HeldTests
{
    private static readonly DetectionOptions Options = DetectionOptions.Default;
    private static readonly DateTimeOffset Known = Happening.Monday;
    private static readonly DateTimeOffset Later = Known.AddDays(30);

    [Fact]
    public void Accepts_what_comes_on_working_days_when_nobody_objected_for_the_stated_time()
    {
        Assert.False(Flagged(0, 1.2, 2, 3.1, 4).IsDue(Later.AddDays(5), Known, Options));
        Assert.True(Flagged(0, 1.2, 2, 3.1, 4.3, 7).IsDue(Later.AddDays(7), Known, Options));
    }

    [Theory]
    [InlineData(6.4)]
    [InlineData(3.1)]
    [InlineData(2.2)]
    public void Does_not_accept_what_comes_now_and_then_however_often(double daysBetween)
    {
        var held = Flagged([.. Enumerable.Range(0, 20).Select(time => time * daysBetween)]);

        Assert.Equal(20, held.Days);
        Assert.False(held.IsDue(Later.AddDays(30 * daysBetween), Known, Options));
    }

    [Fact]
    public void Accepts_what_comes_every_week_at_its_hour() =>
        Assert.True(Flagged(0, 7.01, 13.99).IsDue(Later.AddDays(21), Known, Options));

    [Fact]
    public void Accepts_a_job_that_ended_when_it_comes_again_at_its_hour()
    {
        var ended = Flagged(0) with { HasEnded = true };

        Assert.True(ended.IsDue(Later.AddDays(1).AddMinutes(20), Known, Options));
        Assert.False(ended.IsDue(Later.AddDays(1).AddHours(9), Known, Options));
    }

    [Fact]
    public void Knows_a_job_by_the_hour_it_came_at_last_whatever_was_flagged_before()
    {
        var ended = Flagged(0, 2.6) with { HasEnded = true };

        Assert.True(ended.IsDue(Later.AddDays(3.6), Known, Options));
        Assert.False(ended.IsDue(Later.AddDays(4), Known, Options));
    }

    [Fact]
    public void Counts_anew_what_comes_more_rarely_than_every_week()
    {
        var held = Flagged(0, 60, 61, 62);

        Assert.Equal((3, Later.AddDays(60)), (held.Days, held.Since));
        Assert.True(held.IsDue(Later.AddDays(66), Known, Options));
    }

    [Fact]
    public void Teaches_its_cause_in_full_with_the_word_of_somebody_for_as_many_days_as_it_would_have_taken_and_a_wider_sum_clipped()
    {
        var norm = Expectation.OfMoney(Options);
        var said = Flagged(0) with { IsAccepted = true };

        Assert.Equal(new Moments().Add(Math.Log(100), 1), Flagged(0).Teach(default, norm, isOfCause: true, Options));
        Assert.Equal(new Moments().Add(Math.Log(100), 3), said.Teach(default, norm, isOfCause: true, Options));
        Assert.Equal(new Moments().Add(norm.Winsorised(100, Options)), said.Teach(default, norm, isOfCause: false, Options));
    }

    [Fact]
    public void Accepts_once_what_began_while_the_account_was_being_got_to_know()
    {
        var first = new Held().With(500, Known.AddDays(2), endsByItself: false);

        Assert.False(first.IsDue(Known.AddDays(3), Known, Options));
        Assert.True(first.IsDue(Known.AddDays(4), Known, Options));
    }

    [Fact]
    public void Accepts_what_somebody_accepted_and_nothing_where_nothing_waits()
    {
        Assert.True((Flagged(0) with { IsAccepted = true }).IsDue(Later, Known, Options));
        Assert.False((default(Held) with { IsAccepted = true }).IsDue(Later, Known, Options));
    }

    private static Held Flagged(params double[] days) =>
        days.Aggregate(default(Held), (held, day) => held.With(100, Later.AddDays(day), endsByItself: false));
}
