using DdocCost.Domain.Notify;
using DdocCost.Domain.Storage;
using Marten;
using Npgsql;

namespace DdocCost.Jobs.Notify.Channels.Slack;

/// <summary>A Slack channel of some tenant.</summary>
/// <param name="TenantId">Whose.</param>
/// <param name="Channel">The channel.</param>
internal sealed record SlackApp(string TenantId, Channel Channel);

/// <summary>Finds Slack channels before it is known whose they are: a request from Slack does not say.</summary>
internal sealed class SlackApps(NpgsqlDataSource database, IDocumentStore store, ChannelSecrets secrets)
{
    private const int Most = 1_000;

    /// <summary>All that are switched on and have a secret.</summary>
    public async Task<IReadOnlyList<SlackApp>> WithAsync(string secret, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync(
            "select tenant_id, id from mt_doc_channels where data ->> 'kind' = 'Slack' order by tenant_id, id limit $1",
            row => (Tenant: row.GetString(0), Id: row.GetString(1)), cancellationToken, Most);
        var apps = new List<SlackApp>();
        foreach (var tenant in rows.GroupBy(row => row.Tenant))
        {
            await using var session = store.QuerySession(tenant.Key);
            var channels = await session.LoadManyAsync<Channel>(cancellationToken, [.. tenant.Select(row => row.Id)]);
            apps.AddRange(channels.Where(channel => channel.Enabled && channel.SealedSecret(secret) is not null).Select(channel => new SlackApp(tenant.Key, channel)));
        }

        return apps;
    }

    /// <summary>A secret of one; null where it does not open.</summary>
    public string? Open(SlackApp app, string secret) => secrets.Peek(app.Channel, secret);

    /// <summary>The tenant whose app has signed a request; null where nobody's has, or the click is about a channel of somebody else.</summary>
    /// <param name="timestamp">As the request says.</param>
    /// <param name="body">Its bytes.</param>
    /// <param name="signature">As the request says.</param>
    /// <param name="click">What was clicked: one app may serve channels of several tenants.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<(bool IsSigned, string? TenantId)> SignerAsync(string timestamp, ReadOnlyMemory<byte> body, string signature, SlackClick? click, CancellationToken cancellationToken)
    {
        var signers = (await WithAsync(SlackChannel.SigningSecret, cancellationToken))
            .Where(app => Open(app, SlackChannel.SigningSecret) is { } secret && SlackSignature.Fits(secret, timestamp, body.Span, signature))
            .ToList();
        return (signers.Count > 0, signers.Find(app => app.Channel.Id == click?.ChannelId)?.TenantId);
    }
}
