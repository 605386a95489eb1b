using DdocCost.Domain;
using DdocCost.Domain.Anomalies;
using DdocCost.Domain.Normalise;
using DdocCost.Domain.Notify;
using DdocCost.Domain.Notify.Routing;
using DdocCost.Domain.Scoring;
using DdocCost.Domain.Storage;
using DdocCost.Jobs.Governance;
using DdocCost.Jobs.Live;
using DdocCost.Jobs.Notify;
using DdocCost.Tests.Support;
using Marten;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace DdocCost.Tests.Notify;

/// <summary>A process that delivers, on a database that several may share.</summary>
public sealed class Deliveries : IAsyncDisposable
{
    /// <summary>Tenant of all its messages.</summary>
    public const string Tenant = "acme";

    private readonly IHost _host;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public Deliveries(string database, string redis, Action<IServiceCollection>? configure = null, params (string Name, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Notify:Sweep"] = "00:00:00.100",
            ["Notify:FirstPause"] = "00:00:00.010",
            ["Notify:LongestPause"] = "00:00:00.050",
            ["Notify:FallOverAfter"] = "00:00:01",
        });
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"Notify:{setting.Name}", (string?)setting.Value)));
        builder.Logging.ClearProviders();
        // Breakers and panic mode of other tests are none of its business.
        builder.Services.AddDomain(database).AddLiveFeed(redis.Contains("defaultDatabase", StringComparison.Ordinal) ? redis : $"{redis},defaultDatabase=6").AddGovernance().AddNotify().AddDispatcher();
        builder.Services.AddSingleton<INotificationChannel, StandInChannel>();
        configure?.Invoke(builder.Services);
        _host = builder.Build();
    }

    /// <summary>A part of it.</summary>
    public T Get<T>() where T : notnull => _host.Services.GetRequiredService<T>();

    /// <summary>Starts delivering.</summary>
    public Task StartAsync() => _host.StartAsync(Stop);

    /// <summary>Stores channels that lead to a stand-in, each to a path of its own.</summary>
    public async Task ChannelsAsync(StandIn standIn, params string[] names)
    {
        await using var session = Get<IDocumentStore>().LightweightSession(Tenant);
        session.Store(names.Select(name => new Channel
        {
            Id = name, Name = name, Kind = ChannelKind.Webhook, Settings = new Dictionary<string, string> { ["url"] = $"{standIn.Url}/{name}" },
        }));
        await session.SaveChangesAsync(Stop);
    }

    /// <summary>Sets the rules.</summary>
    public async Task PolicyAsync(RoutingPolicy policy)
    {
        await using var session = Get<IDocumentStore>().LightweightSession(Tenant);
        session.Store(policy);
        await session.SaveChangesAsync(Stop);
    }

    /// <summary>Writes facts as the pipeline would.</summary>
    public async Task TellAsync(params OutboxFact[] facts)
    {
        await using var session = Get<IDocumentStore>().LightweightSession(Tenant);
        Outbox.Write(session, facts);
        await session.SaveChangesAsync(Stop);
    }

    /// <summary>A new case.</summary>
    public static OutboxFact Opened(string id, Severity severity = Severity.Warning, DateTimeOffset? now = null) =>
        Fact(new CaseOpened { Case = Case(id) with { Severity = severity } }, now);

    /// <summary>A case louder than before.</summary>
    public static OutboxFact Escalated(string id) => Fact(new CaseEscalated { Case = Case(id), Reason = "it has grown" });

    /// <summary>A case that moved on.</summary>
    public static OutboxFact Changed(string id, string what) => Fact(new CaseChanged { Case = Case(id), What = what });

    /// <summary>A case that is over.</summary>
    public static OutboxFact Closed(string id) => Fact(new CaseClosed { Case = Case(id), SpentUsd = 12, AvoidedUsd = 3000 });

    /// <summary>State and answer of all messages of a channel, in order.</summary>
    public async Task<IReadOnlyList<(string Kind, string State, string? Answer)>> MessagesAsync(string channel)
    {
        await using var connection = await Get<NpgsqlDataSource>().OpenConnectionAsync(Stop);
        return await connection.QueryAsync(
            "select kind, state, answer from notify.messages where channel_id = $1 order by fact_seq, queued_at",
            row => (row.GetString(0), row.GetString(1), row.IsDBNull(2) ? null : row.GetString(2)), Stop, channel);
    }

    /// <summary>Waits until no message of a channel is on its way, and there are so many.</summary>
    public Task SettledAsync(string channel, int count) => Eventually.TrueAsync(
        async () => await MessagesAsync(channel) is var messages && messages.Count >= count && messages.All(message => message.State is not ("queued" or "sending")),
        $"{count} messages on {channel} that have come to an end");

    /// <summary>Routes and sends by hand until nothing is due any more, for a clock that stands still meanwhile.</summary>
    public async Task QuiesceAsync()
    {
        while (true)
        {
            var routed = await Get<Router>().RouteAsync(Stop);
            var claimed = await Get<MessageStore>().ClaimAsync([], 64, 8, Stop);
            await Task.WhenAll(claimed.Select(message => Get<Courier>().DeliverAsync(message, Stop)));
            if (routed == 0 && claimed.Count == 0)
            {
                return;
            }
        }
    }

    /// <summary>A case.</summary>
    public static AnomalyCase Case(string id) => new()
    {
        Id = id, AccountId = "111122223333", Cause = id, Title = $"alice started something ({id})", Severity = Severity.Warning, Score = 80,
        Actor = new Actor("user/alice", "alice", ActorKind.Person, null), Regions = ["eu-west-1"], Services = ["ec2"], What = ["1 × ec2:instance m5.large"],
        RunningResourceIds = ["i-1"], EventIds = ["e"], EventCount = 1, StartedAt = TrailRecords.Start, DetectedAt = TrailRecords.Start, LastEventAt = TrailRecords.Start,
        UsdPerHour = 5, PeakUsdPerHour = 5, OneTimeUsd = 0, SpentUsd = 0, Components = [],
    };

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        await ((IAsyncDisposable)_host).DisposeAsync();
    }

    private static OutboxFact Fact(CaseNotice notice, DateTimeOffset? now = null) => new()
    {
        Id = Guid.NewGuid(), TenantId = Tenant, AccountId = notice.Case.AccountId, ThreadKey = notice.Case.Id, Notice = notice, WrittenAt = now ?? DateTimeOffset.UtcNow,
    };
}
