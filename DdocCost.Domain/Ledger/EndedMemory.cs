namespace DdocCost.Domain.Ledger;

/// <summary>What ended not long ago: the newest <see cref="ResourceLedger.MaxEnded"/> ends of an account.</summary>
internal sealed class EndedMemory
{
    private readonly StoredSet<EndedResource> ends;
    private readonly SortedSet<(DateTimeOffset EndedAt, string Id)> byTime;

    public EndedMemory(IEnumerable<EndedResource> stored)
    {
        ends = new StoredSet<EndedResource>(stored, end => end.Id);
        byTime = new SortedSet<(DateTimeOffset, string)>(ends.All.Values.Select(end => (end.EndedAt, end.Id)), TimeThenId.Order);
    }

    /// <summary>The end of this resource, where it came after (or at) a moment; null where it is not known to have ended since.</summary>
    /// <remarks>Records come late by minutes. An end more than a day ahead is not lateness but a wrong clock, and must not hide later starts.</remarks>
    public EndedResource? Since(string id, DateTimeOffset moment) =>
        ends.Find(id) is { } end && end.EndedAt >= moment && end.EndedAt - moment <= ResourceLedger.LatestDelivery ? end : null;

    public void Add(EndedResource end)
    {
        if (ends.Find(end.Id) is { } earlier)
        {
            if (earlier.EndedAt > end.EndedAt)
                return;
            byTime.Remove((earlier.EndedAt, earlier.Id));
        }

        ends.Put(end);
        byTime.Add((end.EndedAt, end.Id));
        if (byTime.Count > ResourceLedger.MaxEnded)
        {
            var oldest = byTime.Min;
            byTime.Remove(oldest);
            ends.Remove(oldest.Id);
        }
    }

    public (IReadOnlyList<EndedResource> Changed, IReadOnlyList<string> Removed) Drain() => ends.Drain();
}

/// <summary>Order by time, then by id as written, whatever the culture.</summary>
internal static class TimeThenId
{
    public static readonly IComparer<(DateTimeOffset Time, string Id)> Order = Comparer<(DateTimeOffset Time, string Id)>.Create(
        (a, b) => a.Time.CompareTo(b.Time) is not 0 and var byTime ? byTime : string.CompareOrdinal(a.Id, b.Id));
}
