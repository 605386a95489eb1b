using System.Globalization;
using CsCheck;
using DdocCost.Domain.Anomalies;
using DdocCost.Domain.Notify;
using DdocCost.Domain.Notify.Digests;

namespace DdocCost.Tests.Notify;

public sealed class DigestTests
{
    private static readonly string[] Zones = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "America/Santiago", "UTC"];

    private static readonly DigestSubscription Daily = new()
    {
        Id = "d", ChannelId = "mail", At = new TimeOnly(2, 30), TimeZone = "Europe/Berlin", CreatedAt = At("2026-01-01T00:00Z"),
    };

    [Theory]
    [InlineData("2026-10-25T00:29Z", "2026-10-24T00:30Z")] // before the first 02:30 of the night with two
    [InlineData("2026-10-25T00:30Z", "2026-10-25T00:30Z")] // the first
    [InlineData("2026-10-25T01:30Z", "2026-10-25T00:30Z")] // the second is none
    [InlineData("2026-03-29T01:29Z", "2026-03-28T01:30Z")]
    [InlineData("2026-03-29T01:30Z", "2026-03-29T01:30Z")] // 02:30 is leapt over: 03:30
    [InlineData("2026-03-30T00:30Z", "2026-03-30T00:30Z")]
    public void Is_due_once_on_each_local_day(string now, string latest) => Assert.Equal(At(latest), Daily.Latest(At(now)));

    [Fact]
    public void Every_local_day_of_a_year_has_one_in_every_zone_and_the_next_follows_the_latest() =>
        Gen.Select(Gen.Int[0, Zones.Length - 1], Gen.Int[0, 1439], Gen.Int[0, 365 * 24 * 60]).Sample((zone, at, minute) =>
        {
            var subscription = Daily with { TimeZone = Zones[zone], At = TimeOnly.MinValue.AddMinutes(at) };
            var now = At("2026-01-02T00:00Z").AddMinutes(minute);
            var (latest, next) = (subscription.Latest(now), subscription.Next(now));

            Assert.True(latest <= now && now < next);
            Assert.Equal(latest, subscription.Latest(next.AddTicks(-1)));
            Assert.InRange((next - latest).TotalHours, 22.9, 25.1);
        });

    [Fact]
    public void A_weekly_one_comes_on_its_day()
    {
        var weekly = Daily with { Weekly = DayOfWeek.Monday, At = new TimeOnly(8, 0) };

        Assert.Equal(At("2026-11-23T07:00Z"), weekly.Latest(At("2026-11-25T12:00Z")));
        Assert.Equal(At("2026-11-30T07:00Z"), weekly.Next(At("2026-11-25T12:00Z")));
    }

    [Fact]
    public void What_was_missed_is_one_digest_and_nothing_is_due_after_it()
    {
        var daily = Daily with { At = new TimeOnly(8, 0), SentUntil = At("2026-11-20T07:00Z") };

        Assert.Equal((At("2026-11-20T07:00Z"), At("2026-11-25T07:00Z")), daily.Due(At("2026-11-25T12:00Z")));
        Assert.Null((daily with { SentUntil = At("2026-11-25T07:00Z") }).Due(At("2026-11-25T12:00Z")));
        Assert.Null((daily with { Enabled = false }).Due(At("2026-11-25T12:00Z")));
        Assert.Null((daily with { SentUntil = null, CreatedAt = At("2026-11-25T09:00Z") }).Due(At("2026-11-25T12:00Z")));
    }

    [Fact]
    public void Nothing_to_say_is_said_in_one_line()
    {
        var digest = DigestWriter.Write(Facts with { ExposureUsdPerHour = 12.4m, ExposureBeforeUsdPerHour = 12.4m });

        Assert.Equal("Day to Wednesday, 25 November, 08:00: nothing new, $12.40/h running", digest.Title);
        Assert.True(digest.IsQuiet);
        Assert.Empty(digest.Figures);
    }

    [Fact]
    public void Says_what_is_new_what_is_over_and_who_it_was()
    {
        var closed = Deliveries.Case("c2") with { ClosedAt = At("2026-11-25T03:00Z"), SpentUsd = 10, UsdPerHour = 0, PeakUsdPerHour = 5 };
        var digest = DigestWriter.Write(Facts with
        {
            ExposureUsdPerHour = 15, ExposureBeforeUsdPerHour = 12.4m, Opened = [Deliveries.Case("c1")], Closed = [closed],
            Actors = [("alice", 2.6m), ("bob", 0.001m)], Unpriced = [("ec2:vpn", 1)], Health = ["Channel slack does not take messages"],
            Others = [new DigestSection("Zombies", [new DigestLine("1 idle volume", "$8.00 a month")])],
        });

        Assert.Equal("Day to Wednesday, 25 November, 08:00: $15.00/h running, 1 new case, 1 closed", digest.Title);
        Assert.Equal(["New cases", "Closed cases", "Who added most", "Zombies", "Not priced", "Our own health"], digest.Sections.Select(section => section.Title));
        Assert.Equal("+$2.60/h", digest.Figures[0].Change);
        Assert.Equal("spent $10.00, avoided $3,590.00", digest.Sections[1].Lines[0].Value);
        Assert.Equal("c1", digest.Sections[0].Lines[0].CaseId);
        Assert.Single(digest.Sections[2].Lines);
    }

    [Fact]
    public void Long_lists_are_cut_and_say_so()
    {
        var digest = DigestWriter.Write(Facts with { Opened = [.. Enumerable.Range(0, 30).Select(i => Deliveries.Case($"c{i}"))] });

        Assert.Equal((8, 22), (digest.Sections[0].Lines.Count, digest.Sections[0].More));
    }

    private static DigestFacts Facts => new() { From = At("2026-11-24T07:00Z"), To = At("2026-11-25T07:00Z"), TimeZone = "Europe/Berlin" };

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
