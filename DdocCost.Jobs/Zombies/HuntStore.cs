using DdocCost.Domain.Ledger;
using DdocCost.Domain.Sources;
using DdocCost.Domain.Zombies;
using Marten;

namespace DdocCost.Jobs.Zombies;

/// <summary>What a scan reads from the store and writes there.</summary>
internal sealed class HuntStore(IDocumentStore store)
{
    /// <summary>A document, or null.</summary>
    public async Task<T?> LoadAsync<T>(string tenant, string id, CancellationToken cancellationToken) where T : class
    {
        await using var session = store.QuerySession(tenant);
        return await session.LoadAsync<T>(id, cancellationToken);
    }

    /// <summary>The connected account, or null where it was removed.</summary>
    public Task<ConnectedAccount?> AccountAsync(string tenant, string id, CancellationToken cancellationToken) => LoadAsync<ConnectedAccount>(tenant, id, cancellationToken);

    /// <summary>Stores documents in one transaction.</summary>
    public async Task SaveAsync(string tenant, IEnumerable<object> documents, CancellationToken cancellationToken)
    {
        await using var session = store.LightweightSession(tenant);
        session.StoreObjects(documents);
        await session.SaveChangesAsync(cancellationToken);
    }

    /// <summary>The tenant's settings, and what it changed about rules.</summary>
    public async Task<(HuntSettings Settings, IReadOnlyDictionary<string, RuleSetting> Rules)> SettingsAsync(string tenant, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession(tenant);
        var settings = await session.LoadAsync<HuntSettings>(HuntSettings.TheId, cancellationToken) ?? new HuntSettings();
        var rules = await session.Query<RuleSetting>().ToListAsync(cancellationToken);
        return (settings, rules.ToDictionary(rule => rule.Id));
    }

    /// <summary>What other scans of the account have cost in this calendar month, USD.</summary>
    public async Task<decimal> UsdThisMonthAsync(string tenant, HuntRun run, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var month = new DateTimeOffset(now.UtcDateTime.Year, now.UtcDateTime.Month, 1, 0, 0, 0, TimeSpan.Zero);
        await using var session = store.QuerySession(tenant);
        return await session.Query<HuntRun>().Where(other => other.AccountId == run.AccountId && other.StartedAt >= month && other.Id != run.Id).Select(other => other.Usd).ToListAsync(cancellationToken) is { } costs ? costs.Sum() : 0;
    }

    /// <summary>What CloudTrail showed of an account.</summary>
    public async Task<TrailKnowledge> TrailAsync(string tenant, string account, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession(tenant);
        return new TrailKnowledge(await session.Query<RunningResource>().Where(resource => resource.AccountId == account).ToListAsync(cancellationToken));
    }

    /// <summary>What an interrupted scan has already, by region and kind; the resources themselves are left out.</summary>
    public async Task<IReadOnlyDictionary<(string Region, string Kind), ScanPart>> PartsAsync(string tenant, string run, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession(tenant);
        var parts = await session.Query<ScanPart>().Where(part => part.RunId == run).ToListAsync(cancellationToken);
        return parts.ToDictionary(part => (part.Region, part.Kind), part => part with { Resources = [] });
    }

    /// <summary>Earlier sightings of a region, by kind.</summary>
    public async Task<IReadOnlyDictionary<string, Sightings>> SightingsAsync(string tenant, string account, string region, IReadOnlyList<string> kinds, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession(tenant);
        var all = await session.LoadManyAsync<Sightings>(cancellationToken, kinds.Select(kind => Sightings.IdOf(account, region, kind)));
        return all.ToDictionary(one => one.Id);
    }

    /// <summary>All findings of a region of an account, dead ones too.</summary>
    public async Task<IReadOnlyList<ZombieFinding>> FindingsAsync(string tenant, string account, string region, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession(tenant);
        return await session.Query<ZombieFinding>().Where(finding => finding.AccountId == account && finding.Region == region).ToListAsync(cancellationToken);
    }

    /// <summary>Ends a scan: its record stays, its parts go.</summary>
    public async Task EndAsync(string tenant, HuntRun run, CancellationToken cancellationToken)
    {
        await using var session = store.LightweightSession(tenant);
        session.Store(run);
        session.DeleteWhere<ScanPart>(part => part.RunId == run.Id);
        session.Delete<HuntCancellation>(run.Id);
        await session.SaveChangesAsync(cancellationToken);
    }
}
