using DdocCost.Domain.Normalise;

namespace DdocCost.Domain.Ledger;

/// <summary>What one account's records described and others refer to by name: the newest description of each name.</summary>
internal sealed class Definitions(string accountId, IEnumerable<ResourceDefinition> stored)
{
    private readonly StoredSet<ResourceDefinition> known = new(stored, definition => definition.Id);

    /// <summary>Remembers a description; several changes of one event under one name are its parts.</summary>
    public void Add(ResourceEvent e, ResourceChange change)
    {
        if (change is { SameAs: { } other, Definition: { } name })
        {
            Redirect(e, name, other);
            return;
        }

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

    /// <summary>A name means what another one does. Where that was not seen, what it meant before is forgotten: better unknown than wrong.</summary>
    private void Redirect(ResourceEvent e, string name, string other)
    {
        var id = LedgerId.OfDefinition(accountId, e.Region, name);
        if (known.Find(id)?.Time > e.Time)
            return;
        if (Find(e, other) is { } meant)
            known.Put(meant with { Id = id, Time = e.Time, EventId = e.EventId });
        else
            known.Remove(id);
    }

    /// <summary>
    /// A change with what its definition says filled in: one change for each part of it. Where that version of it was not seen, what the
    /// name alone stands for is taken; a definition that was not seen leaves the change as it is.
    /// </summary>
    public IReadOnlyList<ResourceChange> Resolve(ResourceEvent e, ResourceChange change, Effect effect)
    {
        // A stored event that is taken again names the parts already.
        if (change.Definition is not { } name || change.IsDefined)
            return [change];
        var definition = Find(e, name);
        if (definition is null && Unversioned(name) is { } newest && (definition = Find(e, newest)) is not null && !name.EndsWith(":$Latest", StringComparison.Ordinal))
            effect.Note($"{name} was not seen being defined: taken as {newest}");
        return definition is null ? [change] : [.. definition.Changes.Select(defined => change.FilledFrom(defined) with { IsDefined = true })];
    }

    /// <summary>Whether a name refers to what was defined under another: the same, or a version of it.</summary>
    public static bool Means(string name, string defined) => name == defined || Unversioned(name) == defined;

    private ResourceDefinition? Find(ResourceEvent e, string name) => known.Find(LedgerId.OfDefinition(accountId, e.Region, name));

    /// <summary><c>ecs:task-definition/web:7</c> → <c>ecs:task-definition/web</c>; null where the name has no version.</summary>
    private static string? Unversioned(string name)
    {
        var (slash, colon) = (name.IndexOf('/', StringComparison.Ordinal), name.LastIndexOf(':'));
        return colon > slash ? name[..colon] : null;
    }

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
