using DdocCost.Domain.Access;
using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Reprocess;
using DdocCost.Domain.Storage;
using DdocCost.Jobs.Archive;
using Marten;
using Microsoft.Extensions.Options;
using Npgsql;

namespace DdocCost.App.Archive;

/// <summary>Reads what the page of the archive shows.</summary>
public sealed class ArchiveReader(IArchiveInventory archive, IDocumentStore store, NpgsqlDataSource database, IOptions<ArchiveOptions> options)
{
    private const int MostRuns = 5;

    /// <summary>Reads. An archive that cannot be reached is an answer too.</summary>
    public async Task<ArchiveView> ReadAsync(Sight sight, CancellationToken cancellationToken)
    {
        var (room, problem) = await RoomAsync(cancellationToken);
        var tenantId = sight.TenantId;
        await using var session = store.QuerySession(tenantId);
        var health = (await session.Query<ArchiveHealth>().ToListAsync(cancellationToken)).ToDictionary(account => account.Id);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var all = await connection.QueryAsync(
            "select account_id from pipeline.accounts where tenant_id = $1 order by account_id collate \"C\"", row => row.GetString(0), cancellationToken, tenantId);
        var known = all.Where(sight.Sees).ToList();
        var accounts = known.Select(account => health.GetValueOrDefault(account) ?? new ArchiveHealth { Id = account }).UnionBy(health.Values, account => account.Id);
        return new ArchiveView(
            archive.Place, problem, room, options.Value.KeepDays, [.. accounts.Where(account => sight.Sees(account.Id)).OrderBy(account => account.IsSound).ThenBy(account => account.Id, StringComparer.Ordinal)],
            Seen(await session.LoadAsync<ArchiveRetention>(ArchiveRetention.TheId, cancellationToken), sight),
            // A run over all accounts names the one it has come to.
            [.. (await session.Query<ReprocessRun>().OrderByDescending(run => run.AskedAt).ToListAsync(cancellationToken)).Where(run => sight.Sees(run.AccountId)).Take(MostRuns)], known);
    }

    private static ArchiveRetention? Seen(ArchiveRetention? retention, Sight sight) =>
        retention is null ? null : retention with { Deleted = [.. retention.Deleted.Where(day => sight.Sees(day.AccountId))] };

    private async Task<(long? Room, string? Problem)> RoomAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await archive.RoomAsync(cancellationToken), null);
        }
        catch (IOException error)
        {
            return (null, error.Message);
        }
    }
}
