using DdocCost.Domain.Storage;
using DdocCost.Domain.Zombies;
using Npgsql;

namespace DdocCost.Domain.Reconcile;

/// <summary>What resources were billed by the bills that people imported: the last two weeks of them, where they are not older than six weeks.</summary>
public sealed class ImportedBills(NpgsqlDataSource source, TimeProvider time) : IBilledCosts
{
    private const int Days = 14, Oldest = 45;

    /// <inheritdoc />
    public async Task<BilledCosts?> ReadAsync(string tenantId, string accountId, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync(
            """
            with latest as (select max(day) - 1 as day from bills.days where tenant_id = $1 and account_id = $2 and is_usage)
            select resource_id, resource_key, sum(billed_usd), count(distinct d.day)::int from bills.days d, latest
            where tenant_id = $1 and account_id = $2 and is_usage and resource_id <> '' and latest.day >= $3 and d.day > latest.day - $4 and d.day <= latest.day
            group by 1, 2
            """,
            row => (Id: row.GetString(0), Key: row.GetString(1), Usd: row.GetDecimal(2), Days: row.GetInt32(3)),
            cancellationToken, tenantId, accountId, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddDays(-Oldest), Days);
        if (rows.Count == 0)
            return null;
        var byResource = new Dictionary<string, (decimal Usd, int Days)>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            byResource[row.Id] = (row.Usd, row.Days);
            byResource.TryAdd(row.Key, (row.Usd, row.Days));
        }

        return new BilledCosts("the imported bill", byResource);
    }
}
