namespace DdocCost.Domain.Scoring;

/// <summary>Tracks by name, at most so many: the one not seen for longest goes first (by name where equal, so that every run forgets the same).</summary>
internal sealed class TrackTable
{
    private readonly int capacity;
    private readonly Dictionary<string, Track> tracks = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Track>.AlternateLookup<ReadOnlySpan<char>> byText;

    public TrackTable(int capacity, IEnumerable<NamedTrack> known)
    {
        this.capacity = capacity;
        byText = tracks.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var (name, track) in known)
        {
            var copy = track.Copy();
            (copy.Name, tracks[name]) = (name, copy);
        }
    }

    /// <summary>The one of that name, or null.</summary>
    public Track? Find(ReadOnlySpan<char> name) => byText.TryGetValue(name, out var track) ? track : null;

    /// <summary>Keeps one under a name, if it is not kept yet.</summary>
    public void Keep(Track track, ReadOnlySpan<char> name)
    {
        if (track.Name is not null)
        {
            return;
        }

        if (tracks.Count >= capacity)
        {
            tracks.Remove(tracks.MinBy(pair => (pair.Value.LastSeen, pair.Key), OldestFirst.Instance).Key);
        }

        track.Name = name.ToString();
        tracks.Add(track.Name, track);
    }

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
