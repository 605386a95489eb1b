using DdocCost.Domain.Normalise;

namespace DdocCost.Domain.Ledger;

/// <summary>What one account's records described and others refer to by name: the newest description of each name.</summary>
internal sealed class Definitions(string accountId, IEnumerable<ResourceDefinition> stored)
{
    private readonly StoredSet<ResourceDefinition> known = new(stored, definition => definition.Id);

    /// <summary>Remembers a description; several changes of one event under one name are its parts.</summary>
    public void Add(ResourceEvent e, ResourceChange change)
    {
        string[] names = change.Definition is { } named ? [named] : [.. change.ResourceIds.Select(id => $"{change.ResourceType}/{id}")];
        foreach (var id in names.Select(name => LedgerId.OfDefinition(accountId, e.Region, name)))
        {
            var earlier = known.Find(id);
            if (earlier?.Time > e.Time)
                continue;
            ResourceChange[] changes = earlier?.EventId == e.EventId ? [.. earlier.Changes, change] : [change];
            known.Put(new ResourceDefinition { Id = id, AccountId = accountId, Changes = changes, Time = e.Time, EventId = e.EventId });
        }
    }

    /// <summary>
    /// A change with what its definition says filled in: one change for each part of it, which then refers to nothing. A definition
    /// that was not seen leaves the change as it is.
    /// </summary>
    public IReadOnlyList<ResourceChange> Resolve(ResourceEvent e, ResourceChange change) =>
        change.Definition is { } name && known.Find(LedgerId.OfDefinition(accountId, e.Region, name)) is { } definition
            ? [.. definition.Changes.Select(defined => change.FilledFrom(defined) with { Definition = null })]
            : [change];

    /// <summary>Forgets the oldest hundredth once there are more than a number.</summary>
    public void StayWithin(int most)
    {
        if (known.All.Count <= most)
            return;
        var oldest = known.All.Values.OrderBy(definition => definition.Time).ThenBy(definition => definition.Id, StringComparer.Ordinal);
        foreach (var definition in oldest.Take(Math.Max(1, most / 100)).ToList())
            known.Remove(definition.Id);
    }

    public (IReadOnlyList<ResourceDefinition> Changed, IReadOnlyList<string> Removed) Drain() => known.Drain();
}
