using System.Text;
using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Ledger;
using DdocCost.Domain.Normalise;
using DdocCost.Domain.Pricing;
using DdocCost.Domain.Pricing.Refresh;
using DdocCost.Domain.Storage;
using Marten;
using Npgsql;

namespace DdocCost.Jobs.Prices;

/// <summary>
/// After another version of the price book was taken into use: tells each account's ledger what that makes of the rates of what runs, as records
/// of our own, so that they hold from that moment on. Killed anywhere, it compares again; what has its new rate by then is not told again.
/// </summary>
public sealed class RepriceJob(PriceStore prices, IDocumentStore store, Domain.Ingestion.Intake intake, NpgsqlDataSource database, TimeProvider clock, ILogger<RepriceJob> log)
{
    /// <summary>The version by which all was compared, and whether a second look found nothing left to tell.</summary>
    private (long Version, bool IsDone) compared = (-1, false);

    /// <summary>Runs. Does nothing where the version in use was compared with already.</summary>
    /// <returns>How many rates were told.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var version = await prices.VersionInUseAsync(cancellationToken);
        if (compared == (version, true) || await prices.BookAsync(version, cancellationToken) is not { } book)
            return 0;
        var told = 0;
        foreach (var (tenant, account) in await AccountsAsync(cancellationToken))
            told += await TellAsync(tenant, account, book, version, cancellationToken);
        compared = (version, told == 0);
        return told;
    }

    private async Task<int> TellAsync(string tenant, string account, PriceBook book, long version, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession(tenant);
        var moves = new List<(RunningResource, RateMove)>();
        await foreach (var resource in session.Query<RunningResource>().Where(one => one.AccountId == account).ToAsyncEnumerable(cancellationToken))
        {
            if (RepricedRecord.Move(resource, book) is { } move)
                moves.Add((resource, move));
        }

        if (moves.Count == 0)
            return 0;
        var now = clock.GetUtcNow();
        var content = Encoding.UTF8.GetBytes($"{{\"Records\":[{string.Join(',', RepricedRecord.Of(account, version, moves, now))}]}}");
        await intake.TakeAsync(tenant, "prices", [new Delivery($"prices/{account}/{version}/{now:yyyyMMddTHHmmss}.json", now, () => new MemoryStream(content))], cancellationToken);
        PricesLog.Repriced(log, moves.Count, account, version);
        return moves.Count;
    }

    private async Task<IReadOnlyList<(string Tenant, string Account)>> AccountsAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.QueryAsync(
            "select distinct tenant_id, account_id from mt_doc_running_resources order by 1, 2", row => (row.GetString(0), row.GetString(1)), cancellationToken);
    }
}
