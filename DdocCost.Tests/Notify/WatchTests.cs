using DdocCost.Domain.Anomalies;
using DdocCost.Domain.Audit;
using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Notify;
using DdocCost.Domain.Notify.Digests;
using DdocCost.Domain.Notify.Routing;
using DdocCost.Domain.Notify.Watching;
using DdocCost.Domain.Storage;
using DdocCost.Jobs.Notify;
using DdocCost.Jobs.Notify.Digests;
using DdocCost.Jobs.Notify.Watching;
using DdocCost.Tests.Support;
using Hangfire;
using Hangfire.PostgreSql;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using static DdocCost.Tests.Notify.Deliveries;

namespace DdocCost.Tests.Notify;

/// <summary>What nobody would hear of otherwise, on a clock of our own.</summary>
public sealed class WatchTests(PostgresServer postgres, RedisServer redis)
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 25, 12, 0, 0, TimeSpan.Zero));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_trail_that_is_silent_for_longer_than_its_habit_is_told_once_and_again_when_it_is_back()
    {
        await using var deliveries = await NewAsync();
        var watch = deliveries.Get<TrailWatch>();
        for (var (hour, sent) = (0, 0); hour < 4 * 24; hour++)
        {
            await HearAsync(deliveries, ++sent, sent);
            await watch.RunAsync(Stop);
            _clock.Advance(TimeSpan.FromHours(1));
        }

        Assert.Empty(await FactsAsync(deliveries));
        _clock.Advance(TimeSpan.FromHours(1));
        await watch.RunAsync(Stop);
        await watch.RunAsync(Stop);
        Assert.Equal(["Nothing heard from account 111122223333"], await FactsAsync(deliveries));

        await HearAsync(deliveries, 100, 100);
        await watch.RunAsync(Stop);
        Assert.Equal(["Nothing heard from account 111122223333", "Over: Nothing heard from account 111122223333"], await FactsAsync(deliveries));
    }

    [Fact]
    public async Task A_detector_that_stands_still_is_told()
    {
        await using var deliveries = await NewAsync();
        var watch = deliveries.Get<TrailWatch>();
        await HearAsync(deliveries, 5, 3);
        await watch.RunAsync(Stop);
        _clock.Advance(TimeSpan.FromMinutes(2));
        await HearAsync(deliveries, 6, 4);
        await watch.RunAsync(Stop);
        _clock.Advance(TimeSpan.FromMinutes(2));
        await watch.RunAsync(Stop);
        Assert.Empty(await FactsAsync(deliveries)); // it moved two minutes ago

        _clock.Advance(TimeSpan.FromMinutes(2));
        await watch.RunAsync(Stop);
        Assert.Equal(["The detector stands still"], await FactsAsync(deliveries));

        await HearAsync(deliveries, 6, 6);
        await watch.RunAsync(Stop);
        Assert.Equal("Over: The detector stands still", (await FactsAsync(deliveries))[^1]);
    }

    [Fact]
    public async Task A_job_server_that_stopped_is_told()
    {
        var database = await postgres.NewDatabaseAsync();
        using var services = new ServiceCollection().AddHangfire(hangfire => hangfire.UsePostgreSqlStorage(
            storage => storage.UseNpgsqlConnection(database), new PostgreSqlStorageOptions { SchemaName = "hangfire" })).BuildServiceProvider();
        var storage = services.GetRequiredService<JobStorage>();
        await using var deliveries = await NewAsync(database, more => more.AddSingleton(storage));
        await using var connection = await deliveries.Get<NpgsqlDataSource>().OpenConnectionAsync(Stop);
        await connection.ExecuteAsync(
            """insert into hangfire.server (id, data, lastheartbeat) values ('alive', '{"Queues":["score"]}', $1), ('dead', '{"Queues":["score"]}', $2)""",
            Stop, _clock.GetUtcNow(), _clock.GetUtcNow() - TimeSpan.FromMinutes(3));
        await deliveries.Get<ServerWatch>().RunAsync(Stop);
        await deliveries.Get<ServerWatch>().RunAsync(Stop);
        Assert.Equal(["A job server has stopped"], await FactsAsync(deliveries));

        await connection.ExecuteAsync("delete from hangfire.server", Stop);
        await deliveries.Get<ServerWatch>().RunAsync(Stop);
        Assert.Equal(["A job server has stopped", "No job server is at work", "Over: A job server has stopped"], (await FactsAsync(deliveries)).Order());
    }

    [Fact]
    public async Task A_case_that_nobody_acknowledges_is_told_to_others_and_one_that_somebody_did_is_not()
    {
        await using var deliveries = await NewAsync();
        await deliveries.PolicyAsync(new RoutingPolicy { Rules = [new RoutingRule { Name = "r", Tell = ["slack"], EscalateAfterMinutes = 30, EscalateTo = ["pager"] }] });
        await using (var session = deliveries.Get<IDocumentStore>().LightweightSession(Tenant))
        {
            session.Store(Case("c1"), Case("c2"), Case("c3") with { ClosedAt = _clock.GetUtcNow() });
            await session.SaveChangesAsync(Stop);
        }

        await deliveries.TellAsync(Opened("c1", now: _clock.GetUtcNow()), Opened("c2", now: _clock.GetUtcNow()), Opened("c3", now: _clock.GetUtcNow()));
        await deliveries.Get<Router>().RouteAsync(Stop);
        await deliveries.Get<CaseDesk>().DecideAsync(Tenant, "c2", new CaseDecision.Acknowledge(), "bob", Mouth.Page, Stop);

        _clock.Advance(TimeSpan.FromMinutes(29));
        await deliveries.Get<Escalations>().RunAsync(Stop);
        Assert.DoesNotContain(await FactsAsync(deliveries), headline => headline.Contains("nobody", StringComparison.Ordinal));
        _clock.Advance(TimeSpan.FromMinutes(1));
        await deliveries.Get<Escalations>().RunAsync(Stop);
        await deliveries.Get<Escalations>().RunAsync(Stop);
        await deliveries.Get<Router>().RouteAsync(Stop);

        Assert.Equal(["case-escalated"], (await deliveries.MessagesAsync("pager")).Select(message => message.Kind));
        Assert.Single(await FactsAsync(deliveries), headline => headline == "alice started something (c1) (nobody has acknowledged it for 30 minutes)");
    }

    [Fact]
    public async Task Each_channel_hears_once_a_day_that_we_are_here()
    {
        await using var deliveries = await NewAsync();
        await using (var session = deliveries.Get<IDocumentStore>().LightweightSession(Tenant))
        {
            session.Store((await session.LoadAsync<Channel>("pager", Stop))! with { Heartbeat = false });
            await session.SaveChangesAsync(Stop);
        }

        await deliveries.PolicyAsync(new RoutingPolicy { TimeZone = "America/New_York" }); // seven in the morning there
        await deliveries.Get<Heartbeats>().RunAsync(Stop);
        Assert.Empty(await FactsAsync(deliveries));

        _clock.Advance(TimeSpan.FromHours(2));
        await deliveries.Get<Heartbeats>().RunAsync(Stop);
        await deliveries.Get<Heartbeats>().RunAsync(Stop);
        await deliveries.Get<Router>().RouteAsync(Stop);
        Assert.Equal(["heartbeat"], (await deliveries.MessagesAsync("slack")).Select(message => message.Kind));
        Assert.Empty(await deliveries.MessagesAsync("pager"));

        _clock.Advance(TimeSpan.FromDays(1));
        await deliveries.Get<Heartbeats>().RunAsync(Stop);
        Assert.Equal(2, (await FactsAsync(deliveries)).Count);
    }

    [Fact]
    public async Task A_digest_is_sent_once_and_those_that_were_missed_together()
    {
        await using var deliveries = await NewAsync();
        await using (var session = deliveries.Get<IDocumentStore>().LightweightSession(Tenant))
        {
            session.Store(new DigestSubscription { Id = "d", ChannelId = "slack", TimeZone = "Europe/Berlin", CreatedAt = _clock.GetUtcNow() });
            session.Store(Case("c1") with { DetectedAt = _clock.GetUtcNow() + TimeSpan.FromHours(1) });
            await session.SaveChangesAsync(Stop);
        }

        var sender = deliveries.Get<DigestSender>();
        await sender.RunAsync(Stop);
        Assert.Empty(await FactsAsync(deliveries));

        _clock.Advance(TimeSpan.FromDays(3)); // nobody was there for three days
        await sender.RunAsync(Stop);
        await sender.RunAsync(Stop);
        var digest = Assert.Single(await FactsAsync(deliveries));
        Assert.Equal("25 November to 28 November: $0/h running, 1 new case, 0 closed", digest);

        _clock.Advance(TimeSpan.FromDays(3));
        await sender.RunAsync(Stop);
        Assert.Equal([digest, "28 November to 1 December: nothing new, $0/h running"], await FactsAsync(deliveries));
    }

    private async Task<Deliveries> NewAsync(string? database = null, Action<IServiceCollection>? configure = null)
    {
        var deliveries = new Deliveries(database ?? await postgres.NewDatabaseAsync(), await redis.AddressAsync(), services =>
        {
            services.AddSingleton<TimeProvider>(_clock);
            configure?.Invoke(services);
        });
        await using var session = deliveries.Get<IDocumentStore>().LightweightSession(Tenant);
        session.Store(((string[])["slack", "pager"]).Select(name => new Channel { Id = name, Name = name, Kind = ChannelKind.Webhook }));
        await session.SaveChangesAsync(Stop);
        return deliveries;
    }

    private static async Task HearAsync(Deliveries deliveries, long sent, long applied)
    {
        await using var connection = await deliveries.Get<NpgsqlDataSource>().OpenConnectionAsync(Stop);
        await connection.ExecuteAsync(
            """
            insert into pipeline.accounts (tenant_id, account_id, sent_seq, applied_seq) values ('acme', '111122223333', $1, $2)
            on conflict (tenant_id, account_id) do update set sent_seq = $1, applied_seq = $2
            """,
            Stop, sent, applied);
    }

    private static async Task<IReadOnlyList<string>> FactsAsync(Deliveries deliveries)
    {
        await using var connection = await deliveries.Get<NpgsqlDataSource>().OpenConnectionAsync(Stop);
        return await connection.QueryAsync("select headline from notify.facts order by seq", row => row.GetString(0), Stop);
    }
}
