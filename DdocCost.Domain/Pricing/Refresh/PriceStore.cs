using System.Text.Json;
using DdocCost.Domain.Storage;
using Npgsql;
using NpgsqlTypes;

namespace DdocCost.Domain.Pricing.Refresh;

/// <summary>Keeps the refreshes of the price book and which of them is in use. For all tenants: prices are nobody's secret.</summary>
public sealed class PriceStore(NpgsqlDataSource database, TimeProvider clock, CurrentPrices current)
{
    /// <summary>How many versions keep their prices, the one in use besides.</summary>
    public const int Kept = 10;

    private const string Columns = "version, started_at, finished_at, state, says, bytes_read, report, prices is not null";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>The version in use; 0 for the embedded book.</summary>
    public async Task<long> VersionInUseAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.ScalarAsync<long>("select coalesce(version, 0) from pricing.in_use", cancellationToken);
    }

    /// <summary>The book of a version; null where its prices are not kept (any more).</summary>
    public async Task<PriceBook?> BookAsync(long version, CancellationToken cancellationToken)
    {
        if (version == 0)
            return PriceBook.Embedded.At(current.Rates);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var prices = await connection.ScalarAsync<byte[]>("select prices from pricing.refreshes where version = $1", cancellationToken, version);
        return prices is null ? null : PriceBook.Refreshed(PriceTable.Read(new MemoryStream(prices)).All, version).At(current.Rates);
    }

    /// <summary>Takes another version into use, in all processes within seconds.</summary>
    /// <param name="version">0 for the embedded book.</param>
    /// <param name="by">Who wants it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>false where the prices of that version are not kept.</returns>
    public async Task<bool> UseAsync(long version, string by, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteAsync(
            """
            insert into pricing.in_use (version, set_at, set_by)
            select nullif($1, 0), $2, $3 where $1 = 0 or exists (select from pricing.refreshes where version = $1 and prices is not null)
            on conflict (only_one) do update set version = excluded.version, set_at = excluded.set_at, set_by = excluded.set_by
            """, cancellationToken, version, clock.GetUtcNow(), by) > 0;
    }

    /// <summary>The latest refreshes, the newest first.</summary>
    public async Task<IReadOnlyList<PriceRefresh>> LatestAsync(int most, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.QueryAsync(
            $"select {Columns} from pricing.refreshes order by version desc limit $1", Read, cancellationToken, most);
    }

    /// <summary>Begins a refresh. Any that was begun before and is not finished was interrupted: only one runs at a time.</summary>
    public async Task<long> BeginAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(
            "update pricing.refreshes set state = 'failed', says = 'was interrupted', finished_at = $1 where state = 'running'", cancellationToken, clock.GetUtcNow());
        return await connection.ScalarAsync<long>(
            "insert into pricing.refreshes (started_at, state, says) values ($1, 'running', 'begins') returning version", cancellationToken, clock.GetUtcNow());
    }

    /// <summary>Says how far it is.</summary>
    public async Task ProgressAsync(long version, string says, long bytesRead, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync("update pricing.refreshes set says = $2, bytes_read = $3 where version = $1", cancellationToken, version, says, bytesRead);
    }

    /// <summary>Ends it without new prices.</summary>
    public async Task EndAsync(long version, RefreshState state, string says, RefreshReport? report, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await SetAsync(connection, version, state, says, report, null, cancellationToken);
    }

    /// <summary>Keeps its prices and takes them into use, in one transaction; the prices of old versions are forgotten.</summary>
    public async Task KeepAsync(long version, string says, RefreshReport report, IEnumerable<ListPrice> rows, CancellationToken cancellationToken)
    {
        var prices = PriceTable.Write(rows);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await SetAsync(connection, version, RefreshState.Kept, says, report, prices, cancellationToken);
        await connection.ExecuteAsync(
            """
            insert into pricing.in_use (version, set_at, set_by) values ($1, $2, 'refresh')
            on conflict (only_one) do update set version = excluded.version, set_at = excluded.set_at, set_by = excluded.set_by
            """, cancellationToken, version, clock.GetUtcNow());
        await connection.ExecuteAsync(
            $"""
            update pricing.refreshes set prices = null
            where prices is not null and version not in (select version from pricing.refreshes where prices is not null order by version desc limit {Kept})
            """, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private async Task SetAsync(
        NpgsqlConnection connection, long version, RefreshState state, string says, RefreshReport? report, byte[]? prices, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "update pricing.refreshes set state = $2, says = $3, report = $4, prices = $5, finished_at = $6 where version = $1", connection);
        command.Parameters.Add(new NpgsqlParameter { Value = version });
        command.Parameters.Add(new NpgsqlParameter { Value = state.ToString().ToLowerInvariant() });
        command.Parameters.Add(new NpgsqlParameter { Value = says });
        command.Parameters.Add(new NpgsqlParameter { Value = report is null ? DBNull.Value : JsonSerializer.Serialize(report, Json), NpgsqlDbType = NpgsqlDbType.Jsonb });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)prices ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bytea });
        command.Parameters.Add(new NpgsqlParameter { Value = clock.GetUtcNow() });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static PriceRefresh Read(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetFieldValue<DateTimeOffset>(1), row.IsDBNull(2) ? null : row.GetFieldValue<DateTimeOffset>(2),
        Enum.Parse<RefreshState>(row.GetString(3), ignoreCase: true), row.GetString(4), row.GetInt64(5),
        row.IsDBNull(6) ? null : JsonSerializer.Deserialize<RefreshReport>(row.GetString(6), Json), row.GetBoolean(7));
}

/// <summary>A refresh of the price book.</summary>
/// <param name="Version">Its number, and that of the book it made.</param>
/// <param name="StartedAt">UTC.</param>
/// <param name="FinishedAt">UTC; null while it runs.</param>
/// <param name="State">What became of it.</param>
/// <param name="Says">Progress or result, for a person.</param>
/// <param name="BytesRead">How much of AWS's files was read.</param>
/// <param name="Report">What it brought, or null.</param>
/// <param name="IsUsable">Its prices are kept and can be taken into use again.</param>
public sealed record PriceRefresh(
    long Version, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, RefreshState State, string Says, long BytesRead, RefreshReport? Report, bool IsUsable);

/// <summary>What became of a refresh.</summary>
public enum RefreshState
{
    /// <summary>It runs, or was killed.</summary>
    Running = 0,

    /// <summary>It made a version of the book.</summary>
    Kept,

    /// <summary>Its prices were not believed.</summary>
    Refused,

    /// <summary>Nothing could be read.</summary>
    Failed,
}
