using DdocCost.Domain.Anomalies;
using DdocCost.Domain.Backtest;
using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Notify;
using DdocCost.Domain.Notify.Digests;
using DdocCost.Domain.Notify.Routing;
using DdocCost.Domain.Reprocess;
using DdocCost.Domain.Scoring;
using DdocCost.Domain.Sources;
using DdocCost.Domain.Storage;
using DdocCost.Domain.Tuning;
using DdocCost.Domain.Zombies;
using DdocCost.Tests.App;
using DdocCost.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace DdocCost.Tests.Access;

/// <summary>One of everything that belongs to an account, of an account that only some see; its number is in all that is told of it.</summary>
internal static class OthersData
{
    /// <summary>The account.</summary>
    public const string Hidden = "444455556666";

    /// <summary>The only account of who is restricted.</summary>
    public const string Seen = "111122223333";

    public static readonly Guid Event = new("0a0a0a0a-0000-4000-8000-000000000001");

    private static DateTimeOffset Hour => new(Some.Now.Ticks - (Some.Now.Ticks % TimeSpan.TicksPerHour), TimeSpan.Zero);

    /// <summary>Stores it in the installation's own tenant.</summary>
    public static async Task SeedAsync(BrowserHost host)
    {
        var cancelled = TestContext.Current.CancellationToken;
        await host.StoreAsync(
            BrowserHost.Tenant,
            Some.Case(title: $"launch in {Hidden}") with { AccountId = Hidden },
            Some.Running($"i-{Hidden}") with { Id = $"{Hidden}/sa-east-1/ec2:instance/i-1", AccountId = Hidden },
            Some.Event(location: new("2026/11/1.jsonl.gz", 0)) with { Id = Event, AccountId = Hidden },
            Some.Hour(Hour, 10, 10, account: Hidden),
            Some.Quarantined($"broken in {Hidden}") with { AccountId = Hidden },
            Finding(),
            new HuntRun { Id = "run-1", AccountId = Hidden, AccountName = $"name of {Hidden}", ConnectionId = Hidden, StartedAt = Some.Now, AskedBy = "schedule", Scope = HuntScope.All },
            Expectation(),
            new DetectionSettings { Rules = [new SensitivityRule(Hidden, null, Sensitivity.Default)] },
            new Channel { Id = "channel-1", Name = "costs", Kind = ChannelKind.Webhook, Settings = new Dictionary<string, string> { ["url"] = "https://hooks.example/1" } },
            new RoutingPolicy { Rules = [new RoutingRule { Name = "theirs", Accounts = [Hidden], Tell = ["channel-1"] }] },
            new DigestSubscription { Id = "digest-1", ChannelId = "channel-1", CreatedAt = Some.Now },
            new BacktestRun { Id = "backtest-1", By = "alice", AskedAt = Some.Now, From = Some.Now.AddDays(-7), Now = [new SensitivityRule(Hidden, null, Sensitivity.Default)], Tried = [], State = BacktestState.Done, EventsOfFinished = 1, LastAccount = Hidden },
            new ReprocessRun { Id = "reprocess-1", By = "alice", AskedAt = Some.Now, From = Some.Now.AddDays(-7), To = Some.Now, AccountId = Hidden, State = ReprocessState.Done });
        var connected = await host.Services.GetRequiredService<AccountDesk>().ConnectAsync(
            BrowserHost.Tenant,
            new ConnectedAccount { Id = "", AccountId = Hidden, Name = $"name of {Hidden}", Regions = ["eu-west-1"], ConnectedAt = default, Sources = [new TrailSource.EventLookup()] }, "alice", cancelled);
        Assert.Empty(connected.Problems);
        await using var connection = await host.Services.GetRequiredService<Npgsql.NpgsqlDataSource>().OpenConnectionAsync(cancelled);
        await connection.ExecuteAsync("insert into pipeline.accounts (tenant_id, account_id) values ($1, $2)", cancelled, BrowserHost.Tenant, Hidden);
        await connection.ExecuteAsync("insert into notify.alarms (tenant_id, subject, since, title) values ($1, $2, now(), $3)", cancelled, BrowserHost.Tenant, $"trail:{Hidden}", $"Nothing heard from account {Hidden}");
        await using var told = await connection.BeginTransactionAsync(cancelled); // the router, which runs, would tell it first
        await Outbox.WriteAsync(connection, new OutboxFact { Id = Guid.NewGuid(), TenantId = BrowserHost.Tenant, AccountId = Hidden, Notice = new CaseOpened { Case = Some.Case(title: $"launch in {Hidden}") with { AccountId = Hidden } }, Targets = ["channel-1"], WrittenAt = Some.Now }, cancelled);
        await connection.ExecuteAsync(
            "insert into notify.messages (tenant_id, id, fact_seq, channel_id, kind, state, due_at, queued_at, rule) select tenant_id, $2, seq, 'channel-1', kind, 'accepted', now(), now(), 'theirs' from notify.facts where tenant_id = $1",
            cancelled, BrowserHost.Tenant, Guid.NewGuid());
        await told.CommitAsync(cancelled);
    }

    private static ZombieFinding Finding() => new()
    {
        Id = "ebs-unattached/abc", RuleId = "ebs-unattached", Title = "Unattached volume", Service = "ec2", AccountId = Hidden, Region = "eu-west-1", ResourceKind = "ec2:volume",
        ResourceId = $"vol-{Hidden}", State = FindingState.Confirmed, FirstSeenAt = Some.Now.AddDays(-3), LastSeenAt = Some.Now, ConfirmedAt = Some.Now.AddDays(-2), IdleSince = Some.Now.AddDays(-9),
        Sureness = Sureness.High, Criterion = "not attached", Saving = new Saving { UsdPerMonth = 8 },
    };

    private static StandingExpectation Expectation() => new()
    {
        Id = "case-1", AccountId = Hidden, Parts = [], UsdWithinDay = 10, Scope = ExpectScope.Always, Signature = new Signature("alice", Some.Now), Title = $"expected in {Hidden}",
    };
}
