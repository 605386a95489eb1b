namespace DdocCost.Domain.Scoring;

/// <summary>Tracks by name, at most so many: the one not seen for longest goes first (by name where equal, so that every run forgets the same).</summary>
internal sealed class TrackTable
{
    private readonly int capacity;
    private readonly Dictionary<string, Track> tracks = [];

    public TrackTable(int capacity, IEnumerable<NamedTrack> known)
    {
        this.capacity = capacity;
        foreach (var (name, track) in known)
        {
            tracks[name] = track.Copy();
        }
    }

    public Track this[string name]
    {
        get => tracks.TryGetValue(name, out var track) ? track : new Track();
        set
        {
            if (!tracks.ContainsKey(name) && tracks.Count >= capacity)
            {
                tracks.Remove(tracks.MinBy(pair => (pair.Value.LastSeen, pair.Key), OldestFirst.Instance).Key);
            }

            tracks[name] = value;
        }
    }

    public bool TryGet(string name, out Track track) => tracks.TryGetValue(name, out track!);

    /// <summary>All, by name.</summary>
    public IReadOnlyList<NamedTrack> ToList() =>
        [.. tracks.Select(pair => new NamedTrack(pair.Key, pair.Value.Copy())).OrderBy(named => named.Name, StringComparer.Ordinal)];

    private sealed class OldestFirst : IComparer<(DateTimeOffset Seen, string Name)>
    {
        public static readonly OldestFirst Instance = new();

        public int Compare((DateTimeOffset Seen, string Name) x, (DateTimeOffset Seen, string Name) y) =>
            x.Seen != y.Seen ? x.Seen.CompareTo(y.Seen) : string.CompareOrdinal(x.Name, y.Name);
    }
}
