namespace DdocCost.Domain.Zombies;

/// <summary>Since when the resources of one kind in one region are known, and since when in their present state. Document.</summary>
public sealed record Sightings
{
    /// <summary><c>account/region/kind</c>.</summary>
    public required string Id { get; init; }

    /// <summary>By resource id.</summary>
    public IReadOnlyDictionary<string, Sighted> Resources { get; init; } = new Dictionary<string, Sighted>();

    /// <summary>What the ledger believes to run and the scans since then did not see: resource id, and when the first of them began, UTC.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> Missed { get; init; } = new Dictionary<string, DateTimeOffset>();

    /// <summary>The same after a scan that did not see these: what is seen again is forgotten.</summary>
    public Sightings Missing(IEnumerable<string> ids, DateTimeOffset at) =>
        this with { Missed = ids.Distinct().ToDictionary(id => id, id => Missed.TryGetValue(id, out var first) ? first : at) };

    /// <summary>The id.</summary>
    public static string IdOf(string account, string region, string kind) => $"{account}/{region}/{kind}";

    /// <summary>The same after another scan: what is gone is forgotten, what changed its state begins anew.</summary>
    public Sightings After(IEnumerable<Resource> seen, DateTimeOffset now)
    {
        var next = new Dictionary<string, Sighted>();
        foreach (var resource in seen)
        {
            var before = Resources.GetValueOrDefault(resource.Id);
            next[resource.Id] = before is null ? new Sighted(now, now, resource.State)
                : before.State == resource.State ? before
                : before with { StateSince = now, State = resource.State };
        }

        return this with { Resources = next };
    }
}

/// <summary>Since when a resource is known.</summary>
/// <param name="First">When a scan first saw it, UTC.</param>
/// <param name="StateSince">When a scan first saw it in its present state, UTC.</param>
/// <param name="State">That state.</param>
public sealed record Sighted(DateTimeOffset First, DateTimeOffset StateSince, string? State);
