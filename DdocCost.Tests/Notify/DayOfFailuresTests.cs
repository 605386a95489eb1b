using System.Collections.Concurrent;
using System.Net;
using DdocCost.Domain.Notify;
using DdocCost.Domain.Notify.Routing;
using DdocCost.Domain.Storage;
using DdocCost.Jobs.Notify;
using DdocCost.Tests.Support;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using static DdocCost.Tests.Notify.Deliveries;

namespace DdocCost.Tests.Notify;

/// <summary>
/// A simulated day: cases come all the time, every channel fails at random for minutes to hours, and the delivering process is killed three times
/// with messages in its hands. Real database, real Redis, real sockets; the clock is ours.
/// </summary>
public sealed class DayOfFailuresTests(PostgresServer postgres, RedisServer redis)
{
    private const int Seed = 20261125;
    private static readonly string[] Names = ["slack", "mail", "pager"];
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(3);

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 25, 0, 0, 0, TimeSpan.Zero));
    private readonly ConcurrentDictionary<string, (DateTimeOffset Until, HttpStatusCode How)> _broken = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_case_is_told_exactly_once_on_each_channel_or_its_failure_on_another()
    {
        var dice = new Random(Seed);
        await using var standIn = await StandIn.StartAsync();
        standIn.Answer = (channel, _) => _broken.TryGetValue(channel, out var broken) && _clock.GetUtcNow() < broken.Until ? broken.How : null;
        var database = await postgres.NewDatabaseAsync();
        var process = await StartAsync(database);
        await process.ChannelsAsync(standIn, Names);
        await process.PolicyAsync(new RoutingPolicy
        {
            CasesPerHour = 10_000,
            Rules = [.. Names.Select(name => new RoutingRule { Name = name, Tell = [name], FallBackTo = [.. Names.Where(other => other != name)], GoOn = true })],
        });

        var cases = new List<string>();
        var kills = 0;
        for (var minute = 0; minute < 24 * 60; minute += (int)Step.TotalMinutes)
        {
            if (dice.Next(4) == 0)
            {
                cases.Add($"case-{cases.Count}");
                await process.TellAsync(Opened(cases[^1], now: _clock.GetUtcNow()));
            }

            if (dice.Next(20) == 0)
            {
                HttpStatusCode[] ways = [HttpStatusCode.ServiceUnavailable, HttpStatusCode.InternalServerError, HttpStatusCode.TooManyRequests, HttpStatusCode.Forbidden];
                _broken[Names[dice.Next(Names.Length)]] = (_clock.GetUtcNow() + TimeSpan.FromMinutes(dice.Next(2, 90)), ways[dice.Next(ways.Length)]);
            }

            if (minute is 300 or 720 or 1101)
            {
                cases.Add($"case-{cases.Count}");
                await process.TellAsync(Opened(cases[^1], now: _clock.GetUtcNow()));
                process = await KillAsync(process, database, atSending: kills++);
            }

            _clock.Advance(Step);
            await process.QuiesceAsync();
        }

        _broken.Clear();
        for (var i = 0; i < 60; i++)
        {
            _clock.Advance(Step);
            await process.QuiesceAsync();
        }

        await AssertAsync(process, standIn, cases);
        await process.DisposeAsync();
    }

    private async Task AssertAsync(Deliveries process, StandIn standIn, List<string> cases)
    {
        Assert.True(cases.Count > 80, $"only {cases.Count} cases");
        var arrivals = Names.ToDictionary(name => name, name => standIn.On(name).Where(arrival => arrival.Kind == "case-opened").GroupBy(arrival => arrival.Thread!).ToDictionary(group => group.Key, group => group.Count()));
        var failures = 0;
        foreach (var name in Names)
        {
            Assert.All(arrivals[name], told => Assert.Equal(1, told.Value));
            foreach (var missed in cases.Where(id => !arrivals[name].ContainsKey(id)))
            {
                failures++;
                Assert.Contains(Names, other => arrivals[other].ContainsKey(missed));
                Assert.Contains(Names, other => standIn.On(other).Any(arrival => arrival.Kind == "health-alarm" && arrival.Headline == $"Channel {name} does not take messages"));
            }

            Assert.DoesNotContain(await process.MessagesAsync(name), message => message.State is "queued" or "sending" or "held");
        }

        Assert.True(failures > 0, "nothing failed: the day was too fair to show anything");
    }

    /// <summary>The process dies between the channel's answer and taking note of it, or before it has sent; nothing of it runs on.</summary>
    private async Task<Deliveries> KillAsync(Deliveries process, string database, int atSending)
    {
        await process.Get<Router>().RouteAsync(Stop);
        var inHand = await process.Get<MessageStore>().ClaimAsync([], 10, 10, Stop);
        if (atSending % 2 == 0)
        {
            foreach (var message in inHand)
            {
                await using var session = process.Get<IDocumentStore>().QuerySession(Tenant);
                var channel = await session.LoadAsync<Channel>(message.Message.ChannelId, Stop);
                await process.Get<INotificationChannel>().SendAsync(channel!, message.Message, Stop);
            }
        }

        await process.DisposeAsync();
        await EndLeasesAsync(database);
        return await StartAsync(database);
    }

    /// <summary>Leases run by the database's clock, which is not ours to advance: what the dead process had in hand is free after five minutes of it.</summary>
    private static async Task EndLeasesAsync(string database)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(Stop);
        await connection.ExecuteAsync("update notify.messages set lease_until = now() where state = 'sending'", Stop);
    }

    private async Task<Deliveries> StartAsync(string database) => new(
        database, $"{await redis.AddressAsync()},defaultDatabase=8", services => services.AddSingleton<TimeProvider>(_clock),
        ("FirstPause", "00:00:10"), ("LongestPause", "00:02:00"), ("FallOverAfter", "00:10:00"), ("Lease", "00:05:00"));
}
