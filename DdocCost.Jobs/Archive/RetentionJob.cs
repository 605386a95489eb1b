using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Queue;
using DdocCost.Domain.Storage;
using Marten;
using Microsoft.Extensions.Options;
using Npgsql;

namespace DdocCost.Jobs.Archive;

/// <summary>
/// Daily: deletes what <see cref="ArchiveOptions.KeepDays"/> says is old enough, account by account and day by day, and keeps a list of it. An
/// object goes only when its hour is that old and it has also been stored for that long, nothing that came before it waits to be scored,
/// and no delivery of it was given up.
/// </summary>
public sealed class RetentionJob(
    IArchiveInventory archive, NpgsqlDataSource database, IDocumentStore store, IOptions<ArchiveOptions> options, TimeProvider clock, ILogger<RetentionJob> log)
{
    /// <summary>Runs; repeated or interrupted, it does no harm.</summary>
    /// <returns>The days that were deleted.</returns>
    public async Task<IReadOnlyList<DeletedDay>> RunAsync(CancellationToken cancellationToken)
    {
        if (options.Value.KeepDays is not { } keep)
        {
            return [];
        }

        var before = await BeforeAsync(keep, cancellationToken);
        var kept = await GivenUpAsync(cancellationToken);
        var tenantOf = (await TenantsAsync(cancellationToken)).ToDictionary(ArchiveKey.FolderOf);
        var all = new List<DeletedDay>();
        foreach (var folder in await archive.FoldersAsync("", cancellationToken))
        {
            var deleted = new List<DeletedDay>();
            foreach (var account in await archive.FoldersAsync($"{folder}/", cancellationToken))
            {
                deleted.AddRange(await DeleteAsync($"{folder}/{account}/", account, before, kept, cancellationToken));
            }

            if (tenantOf.TryGetValue($"{folder}/", out var tenant))
            {
                await RememberAsync(tenant, deleted, cancellationToken);
            }

            all.AddRange(deleted);
        }

        ArchiveLog.Retained(log, keep, all.Count, all.Sum(day => day.Objects), all.Sum(day => day.Bytes));
        return all;
    }

    /// <summary>The first day that stays whole.</summary>
    private async Task<DateTimeOffset> BeforeAsync(int keepDays, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var oldest = clock.GetUtcNow().AddDays(-keepDays);
        var waiting = await connection.ScalarAsync<DateTime?>($"select min(enqueued_at) from ({LaneQueue.Waiting}) waiting", cancellationToken);
        oldest = waiting < oldest.UtcDateTime ? new DateTimeOffset(waiting.Value, TimeSpan.Zero) : oldest;

        return new DateTimeOffset(oldest.UtcDateTime.Date, TimeSpan.Zero);
    }

    private async Task<HashSet<string>> GivenUpAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return [.. await connection.QueryAsync("select archive_key from pipeline.dead_letters", row => row.GetString(0), cancellationToken)];
    }

    private async Task<IReadOnlyList<string>> TenantsAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.QueryAsync("select distinct tenant_id from pipeline.accounts", row => row.GetString(0), cancellationToken);
    }

    private async Task<IReadOnlyList<DeletedDay>> DeleteAsync(
        string prefix, string account, DateTimeOffset before, HashSet<string> kept, CancellationToken cancellationToken)
    {
        var days = new Dictionary<DateOnly, DeletedDay>();
        string? last = null;
        while (true)
        {
            var page = await archive.ListAsync(prefix, last, cancellationToken);
            var old = page.TakeWhile(o => ArchiveKey.HourOf(o.Key) is not { } hour || hour < before).ToList();
            var gone = old.Where(o => ArchiveKey.HourOf(o.Key) is not null && o.StoredAt < before && !kept.Contains(o.Key)).ToList();
            await archive.DeleteAsync([.. gone.Select(o => o.Key)], cancellationToken);
            foreach (var day in gone.GroupBy(o => DateOnly.FromDateTime(ArchiveKey.HourOf(o.Key)!.Value.UtcDateTime)))
            {
                var known = days.GetValueOrDefault(day.Key) ?? new DeletedDay(account, day.Key, 0, 0, clock.GetUtcNow());
                days[day.Key] = known with { Objects = known.Objects + day.Count(), Bytes = known.Bytes + day.Sum(o => o.Bytes) };
            }

            if (old.Count == 0 || old.Count < page.Count)
            {
                return [.. days.Values.OrderBy(day => day.Day)];
            }

            last = page[^1].Key;
        }
    }

    private async Task RememberAsync(string tenant, List<DeletedDay> deleted, CancellationToken cancellationToken)
    {
        await using var session = store.LightweightSession(tenant);
        var before = await session.LoadAsync<ArchiveRetention>(ArchiveRetention.TheId, cancellationToken) ?? new ArchiveRetention();
        session.Store(before with { RanAt = clock.GetUtcNow(), Deleted = [.. deleted.AsEnumerable().Reverse().Concat(before.Deleted).Take(ArchiveRetention.MostDays)] });
        await session.SaveChangesAsync(cancellationToken);
    }
}
