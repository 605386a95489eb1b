namespace DdocCost.Domain.Ledger;

/// <summary>Documents by id that know which of them changed since they were last stored.</summary>
internal sealed class StoredSet<T>(IEnumerable<T> stored, Func<T, string> idOf) where T : class
{
    private readonly Dictionary<string, T> all = stored.ToDictionary(idOf, StringComparer.Ordinal);
    private readonly HashSet<string> changed = new(StringComparer.Ordinal);
    private readonly HashSet<string> removed = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, T> All => all;

    public T? Find(string id) => all.GetValueOrDefault(id);

    public void Put(T document)
    {
        var id = idOf(document);
        all[id] = document;
        changed.Add(id);
        removed.Remove(id);
    }

    public void Remove(string id)
    {
        if (!all.Remove(id))
            return;
        changed.Remove(id);
        removed.Add(id);
    }

    /// <summary>Documents to store and ids to delete since the last call, in the order of their ids: two runs write alike.</summary>
    public (IReadOnlyList<T> Changed, IReadOnlyList<string> Removed) Drain()
    {
        (IReadOnlyList<T>, IReadOnlyList<string>) drained =
            ([.. changed.Order(StringComparer.Ordinal).Select(id => all[id])], [.. removed.Order(StringComparer.Ordinal)]);
        changed.Clear();
        removed.Clear();
        return drained;
    }
}
