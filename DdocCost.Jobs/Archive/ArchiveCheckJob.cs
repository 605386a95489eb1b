using DdocCost.Domain.Storage;
using Microsoft.Extensions.Options;
using Npgsql;

namespace DdocCost.Jobs.Archive;

/// <summary>Daily: reads a sample of the archive and compares each object's bytes with its name, so that damage is found before it is needed.</summary>
public sealed class ArchiveCheckJob(ArchiveCheck check, NpgsqlDataSource database, IOptions<ArchiveOptions> options, TimeProvider clock)
{
    private const int Sample = 500;

    /// <summary>Runs over the objects of all tenants.</summary>
    /// <returns>Keys of objects that are missing or damaged.</returns>
    public Task<IReadOnlyList<string>> RunAsync(CancellationToken cancellationToken) => SampleAsync(null, cancellationToken);

    /// <summary>Runs over a tenant's own objects, as its administrators may ask for.</summary>
    /// <returns>Keys of objects that are missing or damaged.</returns>
    public Task<IReadOnlyList<string>> RunForAsync(string tenantId, CancellationToken cancellationToken) => SampleAsync(tenantId, cancellationToken);

    private async Task<IReadOnlyList<string>> SampleAsync(string? tenantId, CancellationToken cancellationToken)
    {
        // What retention may have deleted since is not missing.
        var from = options.Value.KeepDays is { } days ? clock.GetUtcNow().AddDays(1 - days) : DateTimeOffset.MinValue;
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var keys = await connection.QueryAsync(
            "select tenant_id, key from pipeline.deliveries, unnest(archive_keys) as key where taken_at >= $1 and ($2 = '' or tenant_id = $2) order by random() limit $3",
            row => (Tenant: row.GetString(0), Key: row.GetString(1)), cancellationToken, from == DateTimeOffset.MinValue ? DateTime.MinValue.ToUniversalTime() : from.UtcDateTime, tenantId ?? "", Sample);
        var damaged = new List<string>();
        foreach (var tenant in keys.GroupBy(one => one.Tenant))
        {
            damaged.AddRange(await check.CheckAsync(tenant.Key, [.. tenant.Select(one => one.Key)], cancellationToken));
        }

        return damaged;
    }
}
