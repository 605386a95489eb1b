using CsCheck;
using DdocCost.Domain.Notify;
using DdocCost.Domain.Notify.Routing;
using DdocCost.Domain.Scoring;

namespace DdocCost.Tests.Notify;

public sealed class RoutingTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero); // a Wednesday

    private static readonly string[] Zones = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC"];

    private static readonly CaseScene Scene = new("111122223333", ["ec2", "rds"], Severity.Warning, ["role/ci-deploy", "ci-deploy"], ["team=web"]);

    private static readonly Channel[] Channels = [Channel("slack"), Channel("mail"), Channel("pager"), Channel("old") with { Enabled = false }];

    [Fact]
    public void Without_rules_a_warning_goes_to_every_channel_that_is_on()
    {
        var plan = RoutePlanner.Plan(new RoutingPolicy(), Channels, Scene, Noon);

        Assert.Equal(["slack", "mail", "pager"], plan.Legs.Select(leg => leg.ChannelId));
        Assert.Equal(["mail", "pager"], plan.Legs[0].FallBackTo);
        Assert.Empty(RoutePlanner.Plan(new RoutingPolicy(), Channels, Scene with { Severity = Severity.Info }, Noon).Legs);
    }

    [Theory]
    [InlineData("account", false)]
    [InlineData("service", true)]
    [InlineData("actor", true)]
    [InlineData("tag", true)]
    [InlineData("severity", false)]
    public void A_rule_matches_by_each_of_its_conditions(string condition, bool matches)
    {
        var rule = new RoutingRule { Name = "r", Tell = ["slack"] };
        rule = condition switch
        {
            "account" => rule with { Accounts = ["9*"] },
            "service" => rule with { Services = ["s3", "RD*"] },
            "actor" => rule with { Actors = ["role/ci-*"] },
            "tag" => rule with { Tags = ["team=*"] },
            _ => rule with { MinSeverity = Severity.Critical },
        };

        Assert.Equal(matches, Plan(rule).Legs.Count == 1);
    }

    [Fact]
    public void The_first_rule_that_matches_decides_unless_it_says_to_go_on()
    {
        var first = new RoutingRule { Name = "first", Tell = ["slack"] };
        var second = new RoutingRule { Name = "second", Tell = ["mail", "slack"] };

        Assert.Equal(["slack"], Plan(first, second).Legs.Select(leg => leg.ChannelId));
        Assert.Equal([("slack", "first"), ("mail", "second")], Plan(first with { GoOn = true }, second).Legs.Select(leg => (leg.ChannelId, leg.Rule)));
    }

    [Fact]
    public void A_channel_that_is_switched_off_gives_its_place_to_the_next()
    {
        var leg = Assert.Single(Plan(new RoutingRule { Name = "r", Tell = ["old"], FallBackTo = ["gone", "pager", "mail"] }).Legs);

        Assert.Equal("pager", leg.ChannelId);
        Assert.Equal(["mail"], leg.FallBackTo);
    }

    [Fact]
    public void In_quiet_hours_a_warning_waits_and_critical_still_comes()
    {
        var rule = new RoutingRule
        {
            Name = "r", Tell = ["slack"], QuietHours = new WeekHours("Europe/Berlin", new TimeOnly(12, 0), new TimeOnly(14, 30), []),
        };

        Assert.Equal(Noon.AddHours(1.5), Plan(rule).Legs[0].HeldUntil); // noon UTC is one o'clock in Berlin
        Assert.Null(RoutePlanner.Plan(new RoutingPolicy { Rules = [rule] }, Channels, Scene with { Severity = Severity.Critical }, Noon).Legs[0].HeldUntil);
    }

    [Fact]
    public void A_quiet_weekend_ends_on_Monday_morning()
    {
        var weekend = new WeekHours("Europe/Berlin", new TimeOnly(18, 0), new TimeOnly(18, 0), [DayOfWeek.Friday, DayOfWeek.Saturday]);

        Assert.Equal(new DateTimeOffset(2026, 11, 29, 17, 0, 0, TimeSpan.Zero), weekend.EndOf(new DateTimeOffset(2026, 11, 27, 20, 0, 0, TimeSpan.Zero)));
        Assert.Null(weekend.EndOf(Noon));
    }

    [Fact]
    public void Quiet_hours_over_midnight_end_in_the_morning_also_when_the_clocks_change()
    {
        var night = new WeekHours("Europe/Berlin", new TimeOnly(22, 0), new TimeOnly(7, 0), []);

        // The night of 25 October 2026 has ten hours of quiet, that of 28 March 2027 eight.
        Assert.Equal(new DateTimeOffset(2026, 10, 25, 6, 0, 0, TimeSpan.Zero), night.EndOf(new DateTimeOffset(2026, 10, 24, 20, 0, 0, TimeSpan.Zero)));
        Assert.Equal(new DateTimeOffset(2027, 3, 28, 5, 0, 0, TimeSpan.Zero), night.EndOf(new DateTimeOffset(2027, 3, 27, 21, 0, 0, TimeSpan.Zero)));
        Assert.Null(night.EndOf(new DateTimeOffset(2026, 10, 25, 6, 0, 0, TimeSpan.Zero)));
    }

    [Fact]
    public void Whatever_the_hours_are_they_end_later_than_the_moment_they_last_at_and_are_over_then() =>
        Gen.Select(Gen.Int[0, 1439], Gen.Int[0, 1439], Gen.Int[0, 127], Gen.Int[0, 2_000_000], Gen.Int[0, Zones.Length - 1].Select(i => Zones[i]))
            .Sample((from, to, days, minute, zone) =>
            {
                var hours = new WeekHours(
                    zone, TimeOnly.MinValue.AddMinutes(from), TimeOnly.MinValue.AddMinutes(to),
                    [.. Enum.GetValues<DayOfWeek>().Where(day => (days & (1 << (int)day)) != 0)]);
                var moment = Noon.AddMinutes(minute);
                if (hours.EndOf(moment) is { } end)
                {
                    Assert.True(end > moment);
                    Assert.True(end <= moment.AddDays(9));
                }
            });

    [Theory]
    [InlineData("2026-03-29", "02:30", "2026-03-29T01:30:00Z")] // leapt over: 03:30 summer time
    [InlineData("2026-10-25", "02:30", "2026-10-25T00:30:00Z")] // comes twice: the first
    [InlineData("2026-10-25", "03:30", "2026-10-25T02:30:00Z")]
    [InlineData("2026-07-01", "08:00", "2026-07-01T06:00:00Z")]
    public void A_local_time_is_an_instant_on_every_day(string day, string time, string instant) => Assert.Equal(
        DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture),
        ZonedTime.At(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), TimeOnly.Parse(time, System.Globalization.CultureInfo.InvariantCulture), ZonedTime.Of("Europe/Berlin")));

    private static RoutePlan Plan(params RoutingRule[] rules) => RoutePlanner.Plan(new RoutingPolicy { Rules = rules }, Channels, Scene, Noon);

    private static Channel Channel(string id) => new() { Id = id, Name = id, Kind = ChannelKind.Webhook };
}
