using System.Collections.Concurrent;
using System.Text;
using DdocCost.Domain.Governance;
using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Ledger;
using DdocCost.Domain.Storage;
using Npgsql;

namespace DdocCost.Jobs.Lookup;

/// <summary>
/// Every few minutes: asks connected accounts about what runs there without a price because the trail did not tell its size (an instance
/// started again that was made before the trail). The answers come in as records of our own, so no batch waits for AWS, and the ledger
/// prices what waited when it takes them. Whoever does not answer is asked again after some hours.
/// </summary>
public sealed class LookUpJob(
    IResourceLookup lookup, Domain.Ingestion.Intake intake, NpgsqlDataSource database, IPanicSwitch panic, TimeProvider clock, ILogger<LookUpJob> log)
{
    private const int MostAtOnce = 500, MostInACall = 100;

    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromHours(6);

    /// <summary>What was asked about when; after a restart it is asked once more.</summary>
    private readonly ConcurrentDictionary<(string Tenant, string Resource), DateTimeOffset> asked = new();

    /// <summary>Runs.</summary>
    /// <returns>How many resources were described.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        if ((await panic.ReadAsync(cancellationToken)).IsOn)
            return 0;
        var (described, waits) = (0, await WaitingAsync(cancellationToken));
        foreach (var group in waits.Where(waiting => waiting.Definition is not null).GroupBy(waiting => (waiting.Tenant, waiting.Account, waiting.Region, waiting.Definition!)))
            described += await LookUpDefinitionAsync(group.Key.Tenant, group.Key.Account, group.Key.Region, group.Key.Item4, [.. group], cancellationToken);
        foreach (var group in waits.Where(waiting => waiting.Definition is null).GroupBy(waiting => (waiting.Tenant, waiting.Account, waiting.Region, waiting.Type)))
        {
            foreach (var ids in group.Select(waiting => waiting.Id).Distinct().Chunk(MostInACall))
                described += await LookUpAsync(group.Key.Tenant, group.Key.Account, group.Key.Region, group.Key.Type, ids, cancellationToken);
        }

        return described;
    }

    private async Task<int> LookUpAsync(string tenant, string account, string region, string type, string[] ids, CancellationToken cancellationToken)
    {
        IReadOnlyList<ResourceFacts> facts;
        try
        {
            facts = await lookup.LookUpAsync(tenant, account, region, type, ids, cancellationToken);
        }
        catch (ResourceLookupException e)
        {
            LookupLog.Refused(log, type, account, region, e.Message);
            return 0;
        }

        return await TakeAsync(tenant, account, region, type, facts, cancellationToken);
    }

    /// <summary>One question for all that refer to a definition, and an answer for each of them: it tells what each starter did.</summary>
    private async Task<int> LookUpDefinitionAsync(
        string tenant, string account, string region, string definition, IReadOnlyList<Waiting> waiting, CancellationToken cancellationToken)
    {
        IReadOnlyList<DefinedPart> parts;
        try
        {
            parts = await lookup.DefinedAsync(tenant, account, region, definition, cancellationToken);
        }
        catch (ResourceLookupException e)
        {
            LookupLog.Refused(log, definition, account, region, e.Message);
            return 0;
        }

        return parts.Count == 0 ? 0 : await TakeAsync(
            tenant, account, region, definition, [.. waiting.Select(one => new ResourceFacts(one.Type, one.Id) { Definition = definition, Parts = parts })], cancellationToken);
    }

    private async Task<int> TakeAsync(string tenant, string account, string region, string type, IReadOnlyList<ResourceFacts> facts, CancellationToken cancellationToken)
    {
        if (facts.Count == 0)
            return 0;
        var now = clock.GetUtcNow();
        var content = Encoding.UTF8.GetBytes($"{{\"Records\":[{string.Join(',', facts.Select(one => one.ToRecord(account, region, now)))}]}}");
        await intake.TakeAsync(tenant, "lookup", [new Delivery($"lookup/{account}/{region}/{type.Replace(':', '-').Replace('/', '-')}/{now:yyyyMMddTHHmmss}.json", now, () => new MemoryStream(content))], cancellationToken);
        LookupLog.Described(log, facts.Count, type, account, region);
        return facts.Count;
    }

    /// <summary>What runs without a price in connected accounts, and was not asked about lately.</summary>
    private async Task<List<Waiting>> WaitingAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        foreach (var (key, at) in asked)
        {
            if (now - at > AskAgainAfter)
                asked.TryRemove(key, out _);
        }

        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var waiting = await connection.QueryAsync(
            """
            select r.tenant_id, r.account_id, r.data ->> 'region', r.data ->> 'resourceType', r.data ->> 'resourceId', r.data ->> 'definition'
            from mt_doc_running_resources r
            where r.data ->> 'usdPerHour' is null and r.data ->> 'region' <> ''
              and (r.data ->> 'resourceType' = any ($1) or split_part(r.data ->> 'definition', '/', 1) = any ($3))
              and exists (select from mt_doc_connected_accounts a where a.tenant_id = r.tenant_id and a.data ->> 'accountId' = r.account_id)
            order by r.id limit $2
            """,
            row => new Waiting(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.IsDBNull(5) ? null : row.GetString(5)),
            cancellationToken, lookup.Types.ToArray(), MostAtOnce, lookup.DefinitionTypes.ToArray());
        // A resource that has an id of its own tells more than its definition, unless it would only name that.
        waiting = [.. waiting.Select(one => TellsItsSize(one) ? one with { Definition = null } : one)
            .Where(one => one.Definition is not null || (lookup.Types.Contains(one.Type) && HasId(one)))];
        return waiting.FindAll(one => asked.TryAdd((one.Tenant, $"{one.Account}/{one.Region}/{one.Type}/{one.Id}"), now));
    }

    private bool TellsItsSize(Waiting one) => HasId(one) && lookup.Types.Contains(one.Type) && one.Type is not ("ecs:service" or "sagemaker:endpoint");

    private static bool HasId(Waiting one) => !one.Id.StartsWith("event:", StringComparison.Ordinal);

    private sealed record Waiting(string Tenant, string Account, string Region, string Type, string Id, string? Definition);
}
