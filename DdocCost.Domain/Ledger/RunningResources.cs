using DdocCost.Domain.Normalise;

namespace DdocCost.Domain.Ledger;

/// <summary>What runs or is paused in one account, what that costs together, and what of it will end by itself.</summary>
internal sealed class RunningResources
{
    private readonly StoredSet<RunningResource> known;
    private readonly SortedSet<(DateTimeOffset EndsBy, string Id)> ending;
    private readonly SortedSet<string> waiting;

    public RunningResources(IEnumerable<RunningResource> stored)
    {
        known = new StoredSet<RunningResource>(stored, resource => resource.Id);
        ending = new(from resource in All.Values where resource.EndsBy is not null select (resource.EndsBy!.Value, resource.Id), TimeThenId.Order);
        waiting = new(All.Values.Where(Waits).Select(resource => resource.Id), StringComparer.Ordinal);
        UsdPerHour = Rate.Plain(All.Values.Sum(resource => resource.UsdPerHour ?? 0));
    }

    /// <summary>By document id.</summary>
    public IReadOnlyDictionary<string, RunningResource> All => known.All;

    /// <summary>Sum of the rates, USD per hour. Exact, so that it is the same however it came about (see <see cref="Pricing.Bill.Places"/>).</summary>
    public decimal UsdPerHour { get; private set; }

    public RunningResource? Find(string id) => known.Find(id);

    public void Put(RunningResource resource)
    {
        Leave(resource.Id);
        known.Put(resource);
        UsdPerHour = Rate.Plain(UsdPerHour + (resource.UsdPerHour ?? 0));
        if (resource.EndsBy is { } endsBy)
            ending.Add((endsBy, resource.Id));
        if (Waits(resource))
            waiting.Add(resource.Id);
    }

    public void Remove(RunningResource resource)
    {
        Leave(resource.Id);
        known.Remove(resource.Id);
    }

    /// <summary>The parts of a resource, from the given one on.</summary>
    public List<RunningResource> PartsOf(string account, string region, string resourceType, string resourceId, int from = 1)
    {
        var parts = new List<RunningResource>();
        for (var part = from; Find(LedgerId.Of(account, region, resourceType, resourceId, part)) is { } resource; part++)
            parts.Add(resource);
        return parts;
    }

    /// <summary>What has no price in a region until a definition is seen whose name is told by a test, in the order of ids.</summary>
    public IReadOnlyList<RunningResource> Waiting(string region, Func<string, bool> definition) =>
        [.. waiting.Select(id => All[id]).Where(resource => resource.Region == region && definition(resource.Definition!))];

    /// <summary>What stops and starts together with its owner, in the order of ids; nothing for most types.</summary>
    public IReadOnlyList<RunningResource> OwnedBy(string region, string resourceType, string resourceId) =>
        Ownership.Of(resourceType, resourceId) is { } owner
            ? [.. All.Values.Where(resource => resource.Owner == owner && resource.Region == region).OrderBy(resource => resource.Id, StringComparer.Ordinal)]
            : [];

    /// <summary>Takes out the next resource that has come to its own end by now, the earliest first; null when there is none left.</summary>
    public RunningResource? TakeEnded(DateTimeOffset now)
    {
        if (ending.Count == 0 || ending.Min.EndsBy > now)
            return null;
        var resource = Find(ending.Min.Id)!;
        Remove(resource);
        return resource;
    }

    /// <summary>Forgets the cheapest hundredth, the longest known first, once there are more than a number.</summary>
    public void StayWithin(int most)
    {
        if (All.Count <= most)
            return;
        var cheapest = All.Values.OrderBy(resource => resource.UsdPerHour ?? 0).ThenBy(resource => resource.Since).ThenBy(resource => resource.Id, StringComparer.Ordinal);
        foreach (var resource in cheapest.Take(Math.Max(1, most / 100)).ToList())
            Remove(resource);
    }

    public (IReadOnlyList<RunningResource> Changed, IReadOnlyList<string> Removed) Drain() => known.Drain();

    private static bool Waits(RunningResource resource) => resource is { UsdPerHour: null, Definition: not null };

    private void Leave(string id)
    {
        if (Find(id) is not { } leaving)
            return;
        UsdPerHour = Rate.Plain(UsdPerHour - (leaving.UsdPerHour ?? 0));
        if (leaving.EndsBy is { } endsBy)
            ending.Remove((endsBy, id));
        waiting.Remove(id);
    }
}

/// <summary>Which resources AWS stops and starts together with what owns them.</summary>
internal static class Ownership
{
    /// <summary>What the owned ones have as <see cref="RunningResource.Owner"/>; null where a resource's end ends nothing else.</summary>
    public static string? Of(string resourceType, string resourceId) => resourceType switch
    {
        "opensearch:domain" => $"opensearch:{resourceId}",
        "rds:cluster" => $"rds:{resourceId}",
        "elasticache:node" => $"elasticache:{resourceId}",
        "apigateway:api" or "ds:directory" or "elb:load-balancer" or "emr:cluster" or "kendra:index" or "kinesis:stream" => $"{resourceType}/{resourceId}",
        _ => null,
    };
}
