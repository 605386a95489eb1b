using System.Text.Json;
using DdocCost.Domain.Audit;
using DdocCost.Domain.Governance;
using DdocCost.Domain.Notify;
using DdocCost.Domain.Storage;
using Marten;
using Microsoft.Extensions.Options;
using Npgsql;

namespace DdocCost.Jobs.Notify;

/// <summary>What administrators do with channels.</summary>
public sealed class ChannelDesk(
    IDocumentStore store, NpgsqlDataSource database, ISecretBox secrets, IEnumerable<INotificationChannel> adapters, IPanicSwitch panic,
    IOptions<NotifyOptions> options, TimeProvider clock)
{
    /// <summary>As many as a tenant has at most.</summary>
    public const int MostChannels = 100;

    private const int LongestName = 100;

    /// <summary>The kinds that can be sent to, with what each must be told.</summary>
    public IReadOnlyList<INotificationChannel> Kinds => [.. adapters.OrderBy(adapter => adapter.Kind)];

    /// <summary>Keeps a channel.</summary>
    /// <param name="tenantId">Whose.</param>
    /// <param name="channel">As filled in; its secrets are those kept so far.</param>
    /// <param name="entered">Secrets newly entered, by field; an empty one leaves what is kept.</param>
    /// <param name="by">Who.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What is wrong, for a person; empty where it was kept.</returns>
    public async Task<IReadOnlyList<string>> SaveAsync(
        string tenantId, Channel channel, IReadOnlyDictionary<string, string> entered, Speaker by, CancellationToken cancellationToken)
    {
        var adapter = adapters.Single(one => one.Kind == channel.Kind);
        var sealedSecrets = new Dictionary<string, string>(channel.SealedSecrets);
        foreach (var (key, secret) in entered.Where(pair => pair.Value.Length > 0))
        {
            sealedSecrets[key] = secrets.Protect(Channel.SecretPurpose, secret.Trim());
        }

        channel = channel with { Name = channel.Name.Trim(), SealedSecrets = sealedSecrets };
        await using var session = store.LightweightSession(tenantId);
        var others = await session.Query<Channel>().Where(other => other.Id != channel.Id).ToListAsync(cancellationToken);
        string[] problems =
        [
            .. channel.Name.Length is 0 or > LongestName ? [$"Name: 1 to {LongestName} characters."] : Array.Empty<string>(),
            .. others.Any(other => other.Name.Equals(channel.Name, StringComparison.OrdinalIgnoreCase)) ? ["Name: another channel has it."] : Array.Empty<string>(),
            .. others.Count >= MostChannels ? [$"There are at most {MostChannels} channels."] : Array.Empty<string>(),
            .. TooLong(adapter, channel, entered),
            .. adapter.Problems(channel),
        ];
        if (problems.Length == 0)
        {
            session.Store(channel);
            session.Store(AuditEntry.Of(clock.GetUtcNow(), by.Name, by.Mouth, "channel.save", $"channel/{channel.Id}", Detail(channel, entered)));
            await session.SaveChangesAsync(cancellationToken);
        }

        return problems;
    }

    /// <summary>Removes a channel; what was meant for it goes to the next of its route.</summary>
    public async Task RemoveAsync(string tenantId, string channelId, Speaker by, CancellationToken cancellationToken)
    {
        await using var session = store.LightweightSession(tenantId);
        session.Delete<Channel>(channelId);
        session.Store(AuditEntry.Of(clock.GetUtcNow(), by.Name, by.Mouth, "channel.remove", $"channel/{channelId}"));
        await session.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Sends a test message at once, around the outbox, and keeps it in the list of messages.</summary>
    /// <returns>The server's answer; null where the tenant has no such channel.</returns>
    public async Task<SendOutcome?> TestAsync(string tenantId, string channelId, Speaker by, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession(tenantId);
        if (await session.LoadAsync<Channel>(channelId, cancellationToken) is not { } channel)
        {
            return null;
        }

        if ((await panic.ReadAsync(cancellationToken)) is { IsOn: true } state)
        {
            return new SendOutcome.Refused($"Not sent: panic mode is on ({state.Reason}).");
        }

        var now = clock.GetUtcNow();
        var fact = new OutboxFact
        {
            Id = OutboxFact.IdOf(tenantId, channelId, "test", $"{now:O}"), TenantId = tenantId, Notice = new TestNotice { By = by.Name }, Targets = [channelId], WrittenAt = now,
        };
        var outcome = await TryAsync(
            channel,
            new OutboundMessage
            {
                Id = OutboxFact.MessageIdOf(fact.Id, channelId), TenantId = tenantId, ChannelId = channelId, Notice = fact.Notice, QueuedAt = now, SendingAt = now,
            },
            cancellationToken);
        await KeepAsync(fact, channelId, outcome, cancellationToken);
        return outcome;
    }

    private async Task<SendOutcome> TryAsync(Channel channel, OutboundMessage message, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(options.Value.AttemptTimeout);
        try
        {
            return await adapters.Single(one => one.Kind == channel.Kind).SendAsync(channel, message, patience.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new SendOutcome.Busy($"No answer within {options.Value.AttemptTimeout.TotalSeconds:0} seconds.");
        }
    }

    private async Task KeepAsync(OutboxFact fact, string channelId, SendOutcome outcome, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await Outbox.WriteAsync(connection, fact, cancellationToken);
        await connection.ExecuteAsync(
            """
            insert into notify.messages (tenant_id, id, fact_seq, channel_id, kind, state, due_at, queued_at, claimed_at, attempts, accepted_at, answer, rule)
            select tenant_id, $3, seq, $4, kind, $5, $6, $6, $6, 1, case when $5 = 'accepted' then $7 end, $8, 'test button' from notify.facts
            where tenant_id = $1 and fact_id = $2
            """,
            cancellationToken, fact.TenantId, fact.Id, OutboxFact.MessageIdOf(fact.Id, channelId), channelId,
            outcome is SendOutcome.Accepted ? "accepted" : "failed", fact.WrittenAt, clock.GetUtcNow(), outcome.Answer);
        await connection.ExecuteAsync(
            "update notify.facts set routed_at = $3, routing = 'test button' where tenant_id = $1 and fact_id = $2", cancellationToken, fact.TenantId, fact.Id, fact.WrittenAt);
        if (outcome is SendOutcome.Accepted)
        {
            await Alarms.ClearAsync(connection, fact.TenantId, Alarms.ChannelSubject(channelId), "It took a test message.", clock.GetUtcNow(), cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private static IEnumerable<string> TooLong(INotificationChannel adapter, Channel channel, IReadOnlyDictionary<string, string> entered) =>
        adapter.Fields
            .Where(field => (field.IsSecret ? entered.GetValueOrDefault(field.Key) : channel.Setting(field.Key))?.Length > field.MaxLength)
            .Select(field => $"{field.Label}: at most {field.MaxLength} characters.");

    private static string Detail(Channel channel, IReadOnlyDictionary<string, string> entered) =>
        $"{channel.Kind} {channel.Name}, {(channel.Enabled ? "on" : "off")}; secrets entered: {string.Join(", ", entered.Where(pair => pair.Value.Length > 0).Select(pair => pair.Key).DefaultIfEmpty("none"))}; "
        + JsonSerializer.Serialize(channel.Settings);
}
