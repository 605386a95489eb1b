using System.Net;
using DdocCost.Domain.Governance;
using DdocCost.Domain.Notify;
using DdocCost.Domain.Notify.Routing;
using DdocCost.Domain.Scoring;
using DdocCost.Domain.Storage;
using DdocCost.Jobs.Notify;
using DdocCost.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using static DdocCost.Tests.Notify.Deliveries;

namespace DdocCost.Tests.Notify;

/// <summary>From the outbox to the channel: once each, in order, through failures of either side.</summary>
public sealed class DispatcherTests(PostgresServer postgres, RedisServer redis)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_case_is_told_on_every_channel_and_followed_up_in_its_thread()
    {
        await using var standIn = await StandIn.StartAsync();
        await using var deliveries = await StartAsync(standIn, "slack", "mail");

        await deliveries.TellAsync(Opened("c1"));
        await deliveries.SettledAsync("slack", 1);
        await deliveries.TellAsync(Closed("c1"));
        await deliveries.SettledAsync("slack", 2);
        await deliveries.SettledAsync("mail", 2);

        foreach (var channel in (string[])["slack", "mail"])
        {
            var arrived = standIn.On(channel);
            Assert.Equal(["case-opened", "case-closed"], arrived.Select(arrival => arrival.Kind));
            Assert.Equal([null, $"handle-{arrived[0].Id}"], arrived.Select(arrival => arrival.Handle));
            Assert.All(await deliveries.MessagesAsync(channel), message => Assert.Equal(("accepted", "200 ok"), (message.State, message.Answer)));
        }
    }

    [Fact]
    public async Task A_channel_that_is_busy_is_tried_again_until_it_takes_the_message()
    {
        await using var standIn = await StandIn.StartAsync();
        var refusals = 3;
        standIn.Answer = (_, _) => Interlocked.Decrement(ref refusals) >= 0 ? HttpStatusCode.ServiceUnavailable : null;
        await using var deliveries = await StartAsync(standIn, "slack");

        await deliveries.TellAsync(Opened("c1"));
        await deliveries.SettledAsync("slack", 1);

        Assert.Single(standIn.Accepted);
        Assert.Equal(4, standIn.Attempts);
    }

    [Fact]
    public async Task A_channel_that_refuses_loses_the_message_to_the_next_which_also_hears_of_the_failure()
    {
        await using var standIn = await StandIn.StartAsync();
        standIn.Answer = (channel, _) => channel == "slack" ? HttpStatusCode.Forbidden : null;
        await using var deliveries = await StartAsync(standIn, "slack", "mail");
        await deliveries.PolicyAsync(new RoutingPolicy { Rules = [new RoutingRule { Name = "r", Tell = ["slack"], FallBackTo = ["mail"] }] });

        await deliveries.TellAsync(Opened("c1"), Opened("c2"));
        await deliveries.SettledAsync("slack", 2);
        await deliveries.SettledAsync("mail", 3);

        Assert.All(await deliveries.MessagesAsync("slack"), message => Assert.Equal(("failed", "403 sorry, 403"), (message.State, message.Answer)));
        Assert.Equal(["c1", "c2"], standIn.On("mail").Where(arrival => arrival.Kind == "case-opened").Select(arrival => arrival.Thread).Order());
        Assert.Equal("Channel slack does not take messages", Assert.Single(standIn.On("mail"), arrival => arrival.Kind == "health-alarm").Headline);

        // It works again: that is told too, once.
        standIn.Answer = (_, _) => null;
        await deliveries.TellAsync(Opened("c3"));
        await deliveries.SettledAsync("mail", 4);
        Assert.Equal("Over: Channel slack does not take messages", standIn.On("mail")[^1].Headline);
    }

    [Fact]
    public async Task A_channel_that_hangs_holds_up_no_other()
    {
        await using var standIn = await StandIn.StartAsync();
        standIn.Delay = channel => channel == "hole" ? TimeSpan.FromMinutes(1) : TimeSpan.Zero;
        await using var deliveries = await StartAsync(standIn, "hole", "mail");

        await deliveries.TellAsync([.. Enumerable.Range(0, 25).Select(i => Opened($"c{i}"))]);
        await deliveries.SettledAsync("mail", 25);

        Assert.Equal(25, standIn.On("mail").Count(arrival => arrival.Kind == "case-opened")); // it may have heard of the hole by now
        Assert.Empty(standIn.On("hole"));
    }

    [Fact]
    public async Task What_a_dead_process_had_in_hand_is_sent_by_another_with_the_same_key()
    {
        await using var standIn = await StandIn.StartAsync();
        var database = await postgres.NewDatabaseAsync();
        await using var dying = new Deliveries(database, await redis.AddressAsync(), null, ("Lease", "00:00:02"));
        await dying.ChannelsAsync(standIn, "slack");
        await dying.TellAsync(Opened("c1"));
        Assert.Equal(1, await dying.Get<Router>().RouteAsync(Stop));
        var inHand = Assert.Single(await dying.Get<MessageStore>().ClaimAsync([], 10, 10, Stop));

        await using var other = new Deliveries(database, await redis.AddressAsync(), null, ("Lease", "00:00:02"));
        await other.StartAsync();
        await other.SettledAsync("slack", 1);

        Assert.Equal(inHand.Message.Id, Assert.Single(standIn.On("slack")).Id);
        // The dead one wakes up after all: it changes nothing any more.
        await dying.Get<MessageStore>().FailedAsync(inHand, "slack", "too late", [], Stop);
        Assert.Equal("accepted", Assert.Single(await other.MessagesAsync("slack")).State);
    }

    [Fact]
    public async Task A_thread_stays_in_order_though_its_first_message_has_to_wait()
    {
        await using var standIn = await StandIn.StartAsync();
        var refusals = 1;
        standIn.Answer = (_, arrival) => arrival.Kind == "case-opened" && Interlocked.Decrement(ref refusals) >= 0 ? HttpStatusCode.TooManyRequests : null;
        await using var deliveries = await StartAsync(standIn, "slack");

        await deliveries.TellAsync(Opened("c1"), Escalated("c1"), Closed("c1"));
        await deliveries.SettledAsync("slack", 3);

        Assert.Equal(["case-opened", "case-escalated", "case-closed"], standIn.On("slack").Select(arrival => arrival.Kind));
    }

    [Fact]
    public async Task Changes_that_interrupt_nobody_give_way_to_newer_ones()
    {
        await using var standIn = await StandIn.StartAsync();
        await using var deliveries = await StartAsync(standIn, "slack");
        await deliveries.TellAsync(Opened("c1"));
        await deliveries.SettledAsync("slack", 1);

        await deliveries.TellAsync(
            Changed("c1", "two events") with { Gather = TimeSpan.FromMinutes(1) }, Changed("c1", "three events") with { Gather = TimeSpan.FromMinutes(1) });
        await deliveries.TellAsync(Closed("c1"));
        await deliveries.SettledAsync("slack", 2);

        Assert.Equal(["case-opened", "case-closed"], standIn.On("slack").Select(arrival => arrival.Kind));
    }

    [Fact]
    public async Task Panic_holds_everything_back_until_somebody_chooses()
    {
        await using var standIn = await StandIn.StartAsync();
        await using var deliveries = await StartAsync(standIn, "slack");
        var panic = deliveries.Get<IPanicSwitch>();
        await panic.EngageAsync("a test", "alice", Stop);

        await deliveries.TellAsync(Opened("c1"), Opened("c2"));
        await Eventually.TrueAsync(async () => (await deliveries.MessagesAsync("slack")).Count(message => message.State == "held") == 2, "two messages held back");
        await panic.ReleaseAsync("alice", Stop);
        await deliveries.TellAsync(Opened("c3"));
        await deliveries.SettledAsync("slack", 3);
        Assert.Equal(["c3"], standIn.On("slack").Select(arrival => arrival.Thread));

        Assert.True(await deliveries.Get<MessageDesk>().SendHeldAsync(Tenant, "alice", Stop));
        await Eventually.TrueAsync(() => Task.FromResult(standIn.On("slack").Count == 3), "what was held back");
        Assert.False(await deliveries.Get<MessageDesk>().DiscardHeldAsync(Tenant, "alice", Stop));
    }

    [Fact]
    public async Task Quiet_hours_hold_a_warning_until_they_end()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 25, 23, 0, 0, TimeSpan.Zero));
        await using var standIn = await StandIn.StartAsync();
        await using var deliveries = await StartAsync(standIn, clock, "slack");
        var night = new WeekHours("UTC", new TimeOnly(22, 0), new TimeOnly(7, 0), []);
        await deliveries.PolicyAsync(new RoutingPolicy { Rules = [new RoutingRule { Name = "r", Tell = ["slack"], QuietHours = night }] });

        await deliveries.TellAsync(Opened("c1", now: clock.GetUtcNow()), Opened("c2", Severity.Critical, clock.GetUtcNow()));
        await Eventually.TrueAsync(() => Task.FromResult(standIn.On("slack").Count == 1), "what is critical");
        Assert.Equal("c2", standIn.On("slack")[0].Thread);
        Assert.Contains(await deliveries.MessagesAsync("slack"), message => message.State == "held");

        clock.Advance(TimeSpan.FromHours(8));
        await Eventually.TrueAsync(() => Task.FromResult(standIn.On("slack").Count == 2), "the warning in the morning");
    }

    [Fact]
    public async Task A_storm_is_told_in_one_message()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 25, 12, 0, 0, TimeSpan.Zero));
        await using var standIn = await StandIn.StartAsync();
        await using var deliveries = await StartAsync(standIn, clock, "slack");
        await deliveries.PolicyAsync(new RoutingPolicy { CasesPerHour = 3 });

        await deliveries.TellAsync([.. Enumerable.Range(0, 20).Select(i => Opened($"c{i}", now: clock.GetUtcNow()))]);
        await Eventually.TrueAsync(async () => (await deliveries.MessagesAsync("slack")).Count == 21, "all routed");
        await Eventually.TrueAsync(() => Task.FromResult(standIn.On("slack").Count == 3), "the first three");
        clock.Advance(Storms.First + TimeSpan.FromSeconds(1));
        await Eventually.TrueAsync(() => Task.FromResult(standIn.On("slack").Count == 4), "the storm's message");

        Assert.Equal(("storm", "17 more cases, together $85.00/h"), (standIn.On("slack")[3].Kind, standIn.On("slack")[3].Headline));
        Assert.Equal(17, (await deliveries.MessagesAsync("slack")).Count(message => message.State == "collapsed"));
    }

    [Fact]
    public async Task A_message_can_be_sent_again_by_hand()
    {
        await using var standIn = await StandIn.StartAsync();
        await using var deliveries = await StartAsync(standIn, "slack");
        await deliveries.TellAsync(Opened("c1"));
        await deliveries.SettledAsync("slack", 1);

        Assert.True(await deliveries.Get<MessageDesk>().ResendAsync(Tenant, standIn.On("slack")[0].Id, "alice", Stop));
        await Eventually.TrueAsync(() => Task.FromResult(standIn.On("slack").Count == 2), "the message once more");

        Assert.False(await deliveries.Get<MessageDesk>().ResendAsync("another", standIn.On("slack")[0].Id, "mallory", Stop));
    }

    [Fact]
    public async Task The_same_fact_is_told_once_however_often_it_is_written()
    {
        await using var standIn = await StandIn.StartAsync();
        await using var deliveries = await StartAsync(standIn, "slack");
        var fact = Opened("c1");

        await deliveries.TellAsync(fact);
        await deliveries.TellAsync(fact, Opened("c1"));
        await deliveries.TellAsync(Closed("c1"));
        await deliveries.SettledAsync("slack", 2);

        Assert.Equal(["case-opened", "case-closed"], standIn.On("slack").Select(arrival => arrival.Kind));
    }

    private Task<Deliveries> StartAsync(StandIn standIn, params string[] channels) => StartAsync(standIn, null, channels);

    private async Task<Deliveries> StartAsync(StandIn standIn, TimeProvider? clock, params string[] channels)
    {
        var deliveries = new Deliveries(
            await postgres.NewDatabaseAsync(), await redis.AddressAsync(), services => _ = clock is null ? services : services.AddSingleton(clock));
        await deliveries.ChannelsAsync(standIn, channels);
        await deliveries.StartAsync();
        return deliveries;
    }
}
