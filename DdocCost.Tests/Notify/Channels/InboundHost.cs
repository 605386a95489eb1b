using System.Text.Json;
using DdocCost.Domain.Anomalies;
using DdocCost.Domain.Audit;
using DdocCost.Domain.Notify;
using DdocCost.Domain.Storage;
using DdocCost.Tests.App;
using DdocCost.Tests.Support;
using Marten;
using Microsoft.Extensions.DependencyInjection;

namespace DdocCost.Tests.Notify.Channels;

/// <summary>The application with a job server inside, beside a Slack that knows its people.</summary>
public sealed class InboundHost(PostgresServer postgres, RedisServer redis) : IAsyncLifetime
{
    public const string SigningSecret = "8f742231b10e8888abcd99yyyzzz85a5";

    internal SlackStandIn Slack { get; private set; } = null!;

    public BrowserHost App { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Slack = await SlackStandIn.StartAsync();
        App = await BrowserHost.StartAsync(
            postgres, await redis.AddressAsync(), "--Jobs:InProcess=true", "--Jobs:Queues:0=notify", "--Notify:AllowedInternal:0=127.0.0.1", $"--Notify:Services:Slack={Slack.Api}", "--Notify:PublicUrl=https://cost.example.com");
        await App.AddUserAsync("alice@example.com", AccessRole.Responder);
        await App.AddUserAsync("victor@example.com", AccessRole.Viewer);
        await App.AddUserAsync("mallory@example.com", AccessRole.Administrator, "another-tenant");
        (Slack.Emails["U1"], Slack.Emails["U2"], Slack.Emails["U3"], Slack.Emails["U5"]) = ("alice@example.com", "victor@example.com", "mallory@example.com", "alice@example.com");
        Slack.Elsewhere.Add("U5");
        await App.StoreAsync(BrowserHost.Tenant, Channel("slack", ("botToken", SlackStandIn.Token), ("signingSecret", SigningSecret), ("appToken", SlackStandIn.AppToken)));
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await Slack.DisposeAsync();
    }

    /// <summary>Stores a case under a new id.</summary>
    internal async Task<AnomalyCase> CaseAsync()
    {
        var anomaly = Some.Case($"case-{Guid.NewGuid():N}", running: "i-0123456789abcdef0");
        await App.StoreAsync(BrowserHost.Tenant, anomaly, Some.Running());
        return anomaly;
    }

    /// <summary>Puts something to tell into the outbox, as the pipeline does.</summary>
    public async Task TellAsync(CaseNotice notice)
    {
        await using var session = App.Store.LightweightSession(BrowserHost.Tenant);
        Outbox.Write(session, [new OutboxFact
        {
            Id = Guid.NewGuid(), TenantId = BrowserHost.Tenant, AccountId = notice.Case.AccountId, ThreadKey = notice.Case.Id, Notice = notice, WrittenAt = DateTimeOffset.UtcNow,
        }]);
        await session.SaveChangesAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>What people said of a case.</summary>
    public async Task<CaseTriage?> TriageAsync(string caseId)
    {
        await using var session = App.Store.QuerySession(BrowserHost.Tenant);
        return await session.LoadAsync<CaseTriage>(caseId, TestContext.Current.CancellationToken);
    }

    /// <summary>What the log of changes says of a case.</summary>
    public async Task<IReadOnlyList<AuditEntry>> AuditAsync(string subject)
    {
        await using var session = App.Store.QuerySession(BrowserHost.Tenant);
        return await session.Query<AuditEntry>().Where(entry => entry.Subject == subject).ToListAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>A click as Slack tells of it.</summary>
    /// <param name="caseId">About.</param>
    /// <param name="action">Button.</param>
    /// <param name="value">Choice of a menu, or null.</param>
    /// <param name="user">Who.</param>
    /// <param name="answer">Where the answer is to go.</param>
    public string Payload(string caseId, string action, string? value = null, string user = "U1", string answer = "x") => JsonSerializer.Serialize(new
    {
        type = "block_actions",
        user = new { id = user, username = $"name of {user}", team_id = "T1" },
        api_app_id = "A1",
        response_url = $"{Slack.Server.Url}/answer/{answer}",
        actions = new[] { new { type = value is null ? "button" : "static_select", action_id = action, block_id = $"ddoc|slack|{caseId}", action_ts = $"{DateTimeOffset.UtcNow.ToUnixTimeSeconds()}.123456", selected_option = value is null ? null : new { value } } },
    });

    private Channel Channel(string id, params (string Key, string Value)[] secrets) => new()
    {
        Id = id,
        Name = id,
        Kind = ChannelKind.Slack,
        Heartbeat = false,
        Settings = new Dictionary<string, string> { ["conversation"] = "C1" },
        SealedSecrets = secrets.ToDictionary(secret => secret.Key, secret => App.Services.GetRequiredService<ISecretBox>().Protect(Domain.Notify.Channel.SecretPurpose, secret.Value)),
    };
}
