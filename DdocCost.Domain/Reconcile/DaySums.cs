using DdocCost.Domain.Storage;
using Npgsql;
using NpgsqlTypes;

namespace DdocCost.Domain.Reconcile;

/// <summary>
/// Sums by account, service, resource and day, gathered in memory up to a bound and then in a temporary table of the transaction, so that the size of a bill does not
/// matter. The table, <c>gathered</c>, may hold a day more than once.
/// </summary>
internal sealed class DaySums(NpgsqlConnection connection, string table)
{
    private const int Most = 20_000;

    private readonly Dictionary<Key, (decimal Usd, decimal? List)> sums = [];

    /// <summary>Makes the table, which ends with the transaction.</summary>
    public async Task BeginAsync(CancellationToken cancellationToken) => await connection.ExecuteAsync(
        $"create temp table {table} (payer text, period date, account_id text, service text, resource_id text, resource_key text, day date, is_usage boolean, usd numeric, list_usd numeric) on commit drop",
        cancellationToken);

    public async Task AddAsync(BillLine line, CancellationToken cancellationToken)
    {
        var key = new Key(line.Payer, line.Period, line.AccountId, line.Service, line.ResourceId, line.Day, line.IsUsage);
        var known = sums.GetValueOrDefault(key, (0, null));
        sums[key] = (known.Usd + line.BilledUsd, line.ListUsd is { } list ? (known.List ?? 0) + list : known.List);
        if (sums.Count >= Most)
            await FlushAsync(cancellationToken);
    }

    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        await using (var rows = await connection.BeginBinaryImportAsync(
            $"copy {table} (payer, period, account_id, service, resource_id, resource_key, day, is_usage, usd, list_usd) from stdin (format binary)", cancellationToken))
        {
            foreach (var (key, sum) in sums)
            {
                await rows.StartRowAsync(cancellationToken);
                await rows.WriteAsync(key.Payer, NpgsqlDbType.Text, cancellationToken);
                await rows.WriteAsync(key.Period, NpgsqlDbType.Date, cancellationToken);
                await rows.WriteAsync(key.AccountId, NpgsqlDbType.Text, cancellationToken);
                await rows.WriteAsync(key.Service, NpgsqlDbType.Text, cancellationToken);
                await rows.WriteAsync(key.ResourceId, NpgsqlDbType.Text, cancellationToken);
                await rows.WriteAsync(BillLine.KeyOf(key.ResourceId), NpgsqlDbType.Text, cancellationToken);
                await rows.WriteAsync(key.Day, NpgsqlDbType.Date, cancellationToken);
                await rows.WriteAsync(key.IsUsage, NpgsqlDbType.Boolean, cancellationToken);
                await rows.WriteAsync(sum.Usd, NpgsqlDbType.Numeric, cancellationToken);
                await (sum.List is { } list ? rows.WriteAsync(list, NpgsqlDbType.Numeric, cancellationToken) : rows.WriteNullAsync(cancellationToken));
            }

            await rows.CompleteAsync(cancellationToken);
        }

        sums.Clear();
    }

    private readonly record struct Key(string Payer, DateOnly Period, string AccountId, string Service, string ResourceId, DateOnly Day, bool IsUsage);
}
