namespace DdocCost.Domain.Scoring;

/// <summary>All that is remembered of one account, in tables of bounded size. Single-threaded; what it takes in and hands out it copies.</summary>
internal sealed class AccountMemory
{
    private const int MostBaselines = 512;
    private const int MostActors = 128;
    private const int MostCauses = 256;
    private const int MostRegions = 64;
    private const string OtherTypes = "other";

    private readonly string accountId;
    private readonly Dictionary<string, Baseline> baselines = new(StringComparer.Ordinal);
    private readonly HashSet<string> changed = new(StringComparer.Ordinal);
    private bool isChanged;

    /// <summary>Takes up where it was left.</summary>
    public AccountMemory(string accountId, IEnumerable<Baseline> baselines, AccountProfile? profile)
    {
        this.accountId = accountId;
        Profile = profile is null ? new AccountProfile { Id = accountId } : profile with { Track = profile.Track.Copy(), Rhythm = profile.Rhythm.Copy() };
        foreach (var baseline in baselines)
        {
            this.baselines[baseline.ResourceType] = baseline with { Track = baseline.Track.Copy() };
        }

        Actors = new TrackTable(MostActors, Profile.Actors);
        Causes = new TrackTable(MostCauses, Profile.Causes);
        Regions = new TrackTable(MostRegions, Profile.Regions);
        Recent = new RecentContributions(Profile.Recent);
    }

    /// <summary>The account as a whole; its tables are as they were stored.</summary>
    public AccountProfile Profile { get; }

    public TrackTable Actors { get; }

    public TrackTable Causes { get; }

    public TrackTable Regions { get; }

    public RecentContributions Recent { get; }

    /// <summary>What is known of a resource type, or null.</summary>
    public Baseline? FindType(string type) => baselines.GetValueOrDefault(type);

    /// <summary>What is known of a resource type, or a beginning; what nobody can name all of shares one baseline.</summary>
    public Baseline TypeOf(string type) => FindType(type) switch
    {
        { } known => known,
        null when baselines.Count >= MostBaselines && type != OtherTypes => TypeOf(OtherTypes),
        _ => new Baseline { Id = $"{accountId}/{type}", AccountId = accountId, ResourceType = type },
    };

    /// <summary>What is known of what one actor does with a resource type in a region, or null.</summary>
    public Track? FindCause(string actor, string resourceType, string region)
    {
        Span<char> name = stackalloc char[256];
        return Causes.Find(name.TryWrite($"{actor}|{resourceType}|{region}", out var length) ? name[..length] : Sighting.CauseOf(actor, resourceType, region));
    }

    /// <summary>Keeps what an event touched.</summary>
    public void Keep(in Sighting s, Scene scene)
    {
        Keep(scene.Type);
        Actors.Keep(scene.Actor, s.Actor);
        Regions.Keep(scene.Region, s.Region);
        if (scene.Cause.Name is null)
        {
            Causes.Keep(scene.Cause, Sighting.CauseOf(s.Actor, s.ResourceType, s.Region));
        }
    }

    /// <summary>Keeps a baseline, which changed.</summary>
    public void Keep(Baseline baseline)
    {
        baselines[baseline.ResourceType] = baseline;
        changed.Add(baseline.ResourceType);
    }

    /// <summary>Notes that the profile changes.</summary>
    public void Touch() => isChanged = true;

    /// <summary>What changed since the last call, for storage; forgets it.</summary>
    public (IReadOnlyList<Baseline> Baselines, AccountProfile? Profile) DrainChanges()
    {
        if (!isChanged)
        {
            return ([], null);
        }

        var kept = Profile with
        {
            Track = Profile.Track.Copy(), Rhythm = Profile.Rhythm.Copy(), Actors = Actors.ToList(), Causes = Causes.ToList(), Regions = Regions.ToList(), Recent = Recent.ToList(),
        };
        Baseline[] changes = [.. changed.Order(StringComparer.Ordinal).Select(type => baselines[type] with { Track = baselines[type].Track.Copy() })];
        changed.Clear();
        isChanged = false;
        return (changes, kept);
    }
}
