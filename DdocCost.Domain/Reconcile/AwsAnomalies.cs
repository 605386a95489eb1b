using DdocCost.Domain.Storage;
using Npgsql;

namespace DdocCost.Domain.Reconcile;

/// <summary>Keeps what AWS's watcher told, with when it was first heard.</summary>
public sealed class AwsAnomalies(NpgsqlDataSource source)
{
    /// <summary>When an account was last asked, UTC; null for never.</summary>
    public async Task<DateTimeOffset?> AskedAtAsync(string tenantId, string accountId, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        var asked = await connection.QueryAsync(
            "select asked_at from bills.anomalies_asked where tenant_id = $1 and account_id = $2", row => row.GetFieldValue<DateTimeOffset>(0), cancellationToken, tenantId, accountId);
        return asked is [var at] ? at : null;
    }

    /// <summary>Keeps an account's whole answer. What is known keeps when it was first heard; its end and its money are renewed.</summary>
    /// <param name="tenantId">Whose.</param>
    /// <param name="askedOf">Account that was asked.</param>
    /// <param name="told">The answer.</param>
    /// <param name="at">When it was asked, UTC.</param>
    /// <param name="cancellationToken">Stops it; nothing is kept then.</param>
    public async Task KeepAsync(string tenantId, string askedOf, IReadOnlyList<AwsAnomaly> told, DateTimeOffset at, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(told);
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        foreach (var one in told)
        {
            await connection.ExecuteAsync(
                """
                insert into bills.anomalies (tenant_id, id, account_id, service, region, began, ended, impact_usd, seen_at, not_seen_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
                on conflict (tenant_id, id) do update set ended = excluded.ended, impact_usd = excluded.impact_usd
                """,
                cancellationToken, tenantId, one.Id, one.AccountId, one.Service, one.Region, one.Began,
                (object?)one.Ended ?? DBNull.Value, one.ImpactUsd, one.SeenAt, (object?)one.NotSeenAt ?? DBNull.Value);
        }

        await connection.ExecuteAsync(
            "insert into bills.anomalies_asked (tenant_id, account_id, asked_at) values ($1, $2, $3) on conflict (tenant_id, account_id) do update set asked_at = excluded.asked_at",
            cancellationToken, tenantId, askedOf, at);
        await transaction.CommitAsync(cancellationToken);
    }
}
