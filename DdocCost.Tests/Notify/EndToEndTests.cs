using System.Globalization;
using System.Text;
using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Ledger;
using DdocCost.Domain.Notify;
using DdocCost.Domain.Scoring;
using DdocCost.Domain.Storage;
using DdocCost.Jobs.Governance;
using DdocCost.Jobs.Live;
using DdocCost.Jobs.Notify;
using DdocCost.Jobs.Notify.SelfTests;
using DdocCost.Tests.Support;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace DdocCost.Tests.Notify;

/// <summary>From a record at the intake to the message that a channel took.</summary>
public sealed class EndToEndTests(PostgresServer postgres, RedisServer redis) : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_incident_is_told_and_says_how_long_it_took_to_know_and_its_end_is_told_too()
    {
        await using var standIn = await StandIn.StartAsync();
        await using var pipeline = await StartAsync(standIn);
        await pipeline.TakeAsync("acme", Delivery("a", "RunInstances", "instanceId"));
        await Eventually.TrueAsync(() => Task.FromResult(standIn.On("slack").Count == 1), "the alert");

        var (eventAt, seenAt, scoredAt) = (await TimesAsync(pipeline))[0];
        Assert.True(eventAt < seenAt && seenAt <= scoredAt);
        Assert.Equal("case-opened", standIn.On("slack")[0].Kind);
        Assert.Contains("self-made started 16 × p4d.24xlarge", standIn.On("slack")[0].Headline, StringComparison.Ordinal);

        await pipeline.TakeAsync("acme", Delivery("b", "TerminateInstances", "instanceId"));
        await Eventually.TrueAsync(() => Task.FromResult(standIn.On("slack").Count == 2), "its end");
        Assert.Equal(("case-closed", standIn.On("slack")[0].Thread), (standIn.On("slack")[1].Kind, standIn.On("slack")[1].Thread));
    }

    [Fact]
    public async Task History_that_is_imported_is_not_told()
    {
        await using var standIn = await StandIn.StartAsync();
        await using var pipeline = await StartAsync(standIn);

        await pipeline.TakeAsync("acme", Delivery("a", "RunInstances", "instanceId", TimeSpan.FromDays(20)));
        await pipeline.DrainedAsync("acme");

        Assert.Equal(Severity.Critical, Assert.Single(await pipeline.CostEventsAsync("acme")).Severity);
        Assert.Equal(0, await pipeline.ScalarAsync<long>("select count(*) from notify.facts"));
    }

    [Fact]
    public async Task The_self_test_shows_each_hop_and_leaves_nothing_behind()
    {
        await using var standIn = await StandIn.StartAsync();
        await using var pipeline = await StartAsync(standIn);
        var test = pipeline.Get<SelfTest>();

        var run = await test.StartAsync("acme", Stop);
        SelfTestProgress progress = null!;
        await Eventually.TrueAsync(async () => (progress = await test.ReadAsync("acme", run, Stop)).IsOver, "the end of the self-test");

        Assert.Equal("accepted", Assert.Single(progress.Messages).State);
        Assert.Single(standIn.On("slack"));
        DateTimeOffset?[] hops = [progress.SeenAt, progress.ScoredAt, progress.CommittedAt, progress.RoutedAt, progress.Messages[0].ClaimedAt, progress.Messages[0].AcceptedAt];
        Assert.DoesNotContain(null, hops);
        Assert.Equal(hops.Order(), hops);

        Assert.Empty(await pipeline.DocumentsAsync<RunningResource>("acme"));
        Assert.Single(await pipeline.CostEventsAsync(SelfTestTenant.Of("acme")));
        await test.CleanUpAsync("acme", Stop);
        Assert.Empty(await pipeline.CostEventsAsync(SelfTestTenant.Of("acme")));
        Assert.Empty(await pipeline.DocumentsAsync<Baseline>(SelfTestTenant.Of("acme")));
        Assert.Equal(0, await pipeline.ScalarAsync<long>("select count(*) from pipeline.accounts"));
    }

    private async Task<Pipeline> StartAsync(StandIn standIn)
    {
        var address = await redis.AddressAsync();
        var pipeline = new Pipeline(await postgres.NewDatabaseAsync(), _folder["archive"], services => services
            .AddLiveFeed($"{address},defaultDatabase=7").AddGovernance().AddNotify().AddDispatcher().AddSingleton<INotificationChannel, StandInChannel>());
        await using var session = pipeline.Get<IDocumentStore>().LightweightSession("acme");
        session.Store(new Channel
        {
            Id = "slack", Name = "slack", Kind = ChannelKind.Webhook, Settings = new Dictionary<string, string> { ["url"] = $"{standIn.Url}/slack" },
        });
        await session.SaveChangesAsync(Stop);
        await pipeline.StartAsync();
        return pipeline;
    }

    private static async Task<List<(DateTimeOffset EventAt, DateTimeOffset SeenAt, DateTimeOffset ScoredAt)>> TimesAsync(Pipeline pipeline)
    {
        await using var connection = await pipeline.Get<NpgsqlDataSource>().OpenConnectionAsync(Stop);
        return await connection.QueryAsync(
            "select (notice #>> '{known,eventAt}')::timestamptz, seen_at, scored_at from notify.facts order by seq",
            row => (row.GetFieldValue<DateTimeOffset>(0), row.GetFieldValue<DateTimeOffset>(1), row.GetFieldValue<DateTimeOffset>(2)), Stop);
    }

    private static Delivery Delivery(string name, string call, string id, TimeSpan ago = default)
    {
        var time = (DateTimeOffset.UtcNow - ago).AddSeconds(-1).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        var instances = string.Join(',', Enumerable.Range(1, 16).Select(i =>
            $$$"""{"{{{id}}}":"i-{{{i:x17}}}","instanceType":"p4d.24xlarge","currentState":{"code":32,"name":"shutting-down"},"previousState":{"code":16,"name":"running"}}"""));
        var bytes = Encoding.UTF8.GetBytes(
            $$$"""
            {"Records":[{"eventVersion":"1.10","userIdentity":{"type":"IAMUser","arn":"arn:aws:iam::111122223333:user/self-made","accountId":"111122223333","userName":"self-made"},
            "eventTime":"{{{time}}}","eventSource":"ec2.amazonaws.com","eventName":"{{{call}}}","awsRegion":"eu-west-1","sourceIPAddress":"198.51.100.7","userAgent":"aws-cli",
            "requestParameters":{"instanceType":"p4d.24xlarge","instancesSet":{"items":[{{{instances}}}]}},"responseElements":{"instancesSet":{"items":[{{{instances}}}]}},
            "eventID":"{{{Guid.NewGuid()}}}","eventType":"AwsApiCall","recipientAccountId":"111122223333"}]}
            """);
        return new Delivery(name, DateTimeOffset.UtcNow, () => new MemoryStream(bytes));
    }
}
