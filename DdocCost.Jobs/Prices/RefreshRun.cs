using DdocCost.Domain.Pricing;
using DdocCost.Domain.Pricing.Refresh;
using DdocCost.Domain.Storage;
using Npgsql;

namespace DdocCost.Jobs.Prices;

/// <summary>One refresh of the price book from its beginning to the version it makes, wherever its prices come from. One runs at a time.</summary>
public sealed class RefreshRun(PriceStore store, CurrentPrices current, NpgsqlDataSource database, ILogger<RefreshRun> log)
{
    /// <summary>Key of the session advisory lock that lets one refresh run at a time: "ddoc" in ASCII, then 16.</summary>
    private const long Lock = 0x64646F63_00000010;

    /// <summary>Runs. Where nothing that was read can be believed, the prices stay as they were.</summary>
    /// <param name="read">Fills the draft of the version.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The version that was begun; null where another refresh runs.</returns>
    public async Task<long?> RunAsync(Func<RefreshDraft, long, CancellationToken, Task> read, CancellationToken cancellationToken)
    {
        await using var locked = await database.OpenConnectionAsync(cancellationToken);
        if (!await locked.ScalarAsync<bool>($"select pg_try_advisory_lock({Lock})", cancellationToken))
            return null;
        try
        {
            return await RunLockedAsync(read, cancellationToken);
        }
        finally
        {
            await locked.ExecuteAsync($"select pg_advisory_unlock({Lock})", CancellationToken.None);
        }
    }

    private async Task<long> RunLockedAsync(Func<RefreshDraft, long, CancellationToken, Task> read, CancellationToken cancellationToken)
    {
        var version = await store.BeginAsync(cancellationToken);
        try
        {
            var before = await store.BookAsync(await store.VersionInUseAsync(cancellationToken), cancellationToken) ?? current.Book;
            var draft = new RefreshDraft(before);
            await read(draft, version, cancellationToken);
            var (rows, report) = draft.Finish();
            var says = Says(report);
            if (draft.HasNews)
                await store.KeepAsync(version, says, report, rows, cancellationToken);
            else
                await store.EndAsync(version, report.Parts.Any(part => part.Published is not null) ? RefreshState.Refused : RefreshState.Failed, says, report, cancellationToken);
            PricesLog.Refreshed(log, version, says);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            await store.EndAsync(version, RefreshState.Failed, cancellationToken.IsCancellationRequested ? "was interrupted" : e.Message, null, CancellationToken.None);
            throw;
        }

        return version;
    }

    private static string Says(RefreshReport report)
    {
        var (failed, skipped) = (report.Parts.Where(part => part.Problem is not null).ToList(), report.Parts.Sum(part => part.Skipped));
        return FormattableString.Invariant($"{report.Parts.Count - failed.Count} of {report.Parts.Count} price lists taken over: {report.Added} prices new, {report.Moved} moved, {report.Gone} gone")
            + (skipped == 0 ? "" : $"; {skipped} products could not be read and were skipped")
            + (failed.Count == 0 ? "" : $"; {failed[0].Offer} of {failed[0].Region} {failed[0].Problem}{(failed.Count > 1 ? $" and {failed.Count - 1} more" : "")}");
    }
}
