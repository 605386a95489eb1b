using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DdocCost.Domain.Audit;
using DdocCost.Domain.Storage;
using Marten;
using Marten.Services;
using Npgsql;

namespace DdocCost.Domain.Reconcile;

/// <summary>
/// Takes in a bill: all of it in one transaction, or nothing. The same files again change nothing; other files with a month of the same payer replace that month.
/// </summary>
public sealed class BillImport(NpgsqlDataSource source, IDocumentStore store, Comparison comparison, IColumnarBill columnar, TimeProvider time)
{
    private const string Gathered = "bill_gathered";

    /// <summary>Takes in the files that together are one bill.</summary>
    /// <param name="tenantId">Whose.</param>
    /// <param name="files">In the order of their names; each is read once.</param>
    /// <param name="by">Who asks for it.</param>
    /// <param name="progress">Told now and then.</param>
    /// <param name="cancellationToken">Stops it; nothing is kept then.</param>
    /// <exception cref="BillUnreadableException">One of them is no bill, or there is not one line that can be read: nothing is kept.</exception>
    public async Task<BillOutcome> RunAsync(string tenantId, IReadOnlyList<BillPart> files, Speaker by, IProgress<BillTally>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(files);
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var tally = new BillTally();
        var hash = await GatherAsync(connection, files, tally, progress, cancellationToken);
        await connection.ScalarAsync<object>("select pg_advisory_xact_lock(hashtextextended('bills/' || $1, 0))", cancellationToken, tenantId); // two imports of a month: one after the other
        if (await connection.ScalarAsync<bool>("select exists (select from bills.periods where tenant_id = $1 and import_hash = $2)", cancellationToken, tenantId, hash))
            return new(tally, [], IsKnown: true);
        var periods = await connection.QueryAsync(
            $"select period from {Gathered} group by period order by period", row => row.GetFieldValue<DateOnly>(0), cancellationToken);
        if (periods.Count == 0)
            throw new BillUnreadableException(tally.Reasons is [var first, ..] ? $"No line could be read. The most frequent reason: {first.Why}, first in line {first.First}." : "There is no line behind the first.");
        if (tally.Format != BillFile.CostExplorer)
            await ForgetExploredAsync(connection, tenantId, cancellationToken);
        await ReplaceAsync(connection, tenantId, hash, cancellationToken);
        await RegisterAsync(connection, tenantId, hash, files, tally, by, cancellationToken);
        foreach (var period in periods)
            await comparison.RenewAsync(connection, tenantId, period, cancellationToken);
        await using (var session = store.LightweightSession(SessionOf(tenantId, transaction)))
        {
            session.Insert(AuditEntry.Of(
                time.GetUtcNow(), by.Name, by.Mouth, "bill.import", "bills",
                string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", files.Select(file => file.Name))}: {tally.Lines} lines of {string.Join(", ", periods.Select(period => $"{period:yyyy-MM}"))}, {tally.Refused} malformed")));
            await session.SaveChangesAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return new(tally, periods, IsKnown: false);
    }

    private static SessionOptions SessionOf(string tenantId, NpgsqlTransaction transaction)
    {
        var options = SessionOptions.ForTransaction(transaction);
        options.TenantId = tenantId;
        return options;
    }

    private async Task<string> GatherAsync(NpgsqlConnection connection, IReadOnlyList<BillPart> files, BillTally tally, IProgress<BillTally>? progress, CancellationToken cancellationToken)
    {
        var sums = new DaySums(connection, Gathered);
        await sums.BeginAsync(cancellationToken);
        var hashes = new List<string>();
        foreach (var file in files)
        {
            using var sha = SHA256.Create();
            await using var content = await file.OpenAsync(cancellationToken);
            await using var hashed = new CryptoStream(content, sha, CryptoStreamMode.Read);
            await foreach (var line in BillFile.ReadAsync(hashed, tally, columnar, cancellationToken))
            {
                await sums.AddAsync(line, cancellationToken);
                if (tally.Lines % 5000 == 0)
                    progress?.Report(tally);
            }

            await hashed.CopyToAsync(Stream.Null, cancellationToken); // what may stand behind the end of a gzip
            hashes.Add(Convert.ToHexStringLower(sha.Hash!));
        }

        await sums.FlushAsync(cancellationToken);
        progress?.Report(tally);
        return hashes is [var only] ? only : Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Join('\n', hashes.Order(StringComparer.Ordinal)))));
    }

    /// <summary>A bill takes the place of what Cost Explorer told of its months, whichever account was asked.</summary>
    private static async Task ForgetExploredAsync(NpgsqlConnection connection, string tenantId, CancellationToken cancellationToken)
    {
        const string Explored =
            $"""
            select payer, period from bills.periods p join bills.imports i on i.tenant_id = p.tenant_id and i.hash = p.import_hash
            where p.tenant_id = $1 and format = $2 and period in (select period from {Gathered})
            """;
        await connection.ExecuteAsync($"delete from bills.days d using ({Explored}) e where d.tenant_id = $1 and d.payer = e.payer and d.period = e.period", cancellationToken, tenantId, BillFile.CostExplorer);
        await connection.ExecuteAsync($"delete from bills.periods d using ({Explored}) e where d.tenant_id = $1 and d.payer = e.payer and d.period = e.period", cancellationToken, tenantId, BillFile.CostExplorer);
    }

    private static async Task ReplaceAsync(NpgsqlConnection connection, string tenantId, string hash, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync(
            $"delete from bills.days d using (select distinct payer, period from {Gathered}) g where d.tenant_id = $1 and d.payer = g.payer and d.period = g.period", cancellationToken, tenantId);
        await connection.ExecuteAsync(
            $"""
            insert into bills.days (tenant_id, payer, period, account_id, service, resource_id, resource_key, day, is_usage, billed_usd, list_usd)
            select $1, payer, period, account_id, service, resource_id, resource_key, day, is_usage, sum(usd), sum(list_usd) from {Gathered} group by 2, 3, 4, 5, 6, 7, 8, 9
            """,
            cancellationToken, tenantId);
        await connection.ExecuteAsync(
            $"""
            insert into bills.periods (tenant_id, payer, period, import_hash, through) select $1, payer, period, $2, max(day) from {Gathered} group by payer, period
            on conflict (tenant_id, payer, period) do update set import_hash = excluded.import_hash, through = excluded.through
            """,
            cancellationToken, tenantId, hash);
    }

    private Task<int> RegisterAsync(NpgsqlConnection connection, string tenantId, string hash, IReadOnlyList<BillPart> files, BillTally tally, Speaker by, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(
            """
            insert into bills.imports (tenant_id, hash, imported_at, imported_by, files, format, lines, refused, reasons) values ($1, $2, $3, $4, $5, $6, $7, $8, $9::jsonb)
            on conflict (tenant_id, hash) do update set imported_at = excluded.imported_at, imported_by = excluded.imported_by
            """,
            cancellationToken, tenantId, hash, time.GetUtcNow(), by.Name, files.Select(file => file.Name).ToArray(), tally.Format, tally.Lines, tally.Refused,
            JsonSerializer.Serialize(tally.Reasons, JsonSerializerOptions.Web));
}

/// <summary>A file of a bill.</summary>
/// <param name="Name">As its owner calls it.</param>
/// <param name="OpenAsync">Opens it.</param>
public sealed record BillPart(string Name, Func<CancellationToken, Task<Stream>> OpenAsync);

/// <summary>What an import came to.</summary>
/// <param name="Tally">What the files held.</param>
/// <param name="Periods">Months taken in.</param>
/// <param name="IsKnown">These very files were there already: nothing changed.</param>
public sealed record BillOutcome(BillTally Tally, IReadOnlyList<DateOnly> Periods, bool IsKnown);
