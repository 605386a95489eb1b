using System.Text.Json.Serialization;

namespace DdocCost.Domain.Zombies;

/// <summary>How a scan stands.</summary>
public enum HuntState
{
    /// <summary>It runs, or was interrupted and will go on.</summary>
    Running = 0,

    /// <summary>It came to its end; parts of it may not have been scanned.</summary>
    Finished,

    /// <summary>Somebody stopped it.</summary>
    Cancelled,

    /// <summary>Nothing could be scanned.</summary>
    Failed,
}

/// <summary>One scan of one account. Document.</summary>
public sealed record HuntRun
{
    /// <summary>Unique per tenant.</summary>
    public required string Id { get; init; }

    /// <summary>The account, 12 digits.</summary>
    public required string AccountId { get; init; }

    /// <summary>Id of the connected account.</summary>
    public required string ConnectionId { get; init; }

    /// <summary>What people call the account.</summary>
    public string AccountName { get; init; } = "";

    /// <summary>How it stands.</summary>
    public HuntState State { get; init; }

    /// <summary>When it was asked for, UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended, UTC, or null.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Who asked for it; <c>schedule</c> for nobody.</summary>
    public required string AskedBy { get; init; }

    /// <summary>What it looks at.</summary>
    public HuntScope Scope { get; init; } = HuntScope.All;

    /// <summary>Parts that are done, of any outcome.</summary>
    public int PartsDone { get; init; }

    /// <summary>Parts there are, as far as is known.</summary>
    public int PartsTotal { get; init; }

    /// <summary>Resources seen.</summary>
    public int Resources { get; init; }

    /// <summary>Findings seen, new ones and old ones.</summary>
    public int Findings { get; init; }

    /// <summary>Rulings for which there was not enough data.</summary>
    public int Unclear { get; init; }

    /// <summary>Calls of AWS.</summary>
    public long Calls { get; init; }

    /// <summary>Metrics asked for.</summary>
    public long Metrics { get; init; }

    /// <summary>What the scan itself cost in charges for API calls, USD.</summary>
    public decimal Usd { get; init; }

    /// <summary>How often the job was started for it: more than once where it was interrupted.</summary>
    public int Starts { get; init; }

    /// <summary>What each rule found, by its id.</summary>
    public IReadOnlyDictionary<string, int> FoundByRule { get; init; } = new Dictionary<string, int>();

    /// <summary>What could not be scanned, with the reason.</summary>
    public IReadOnlyList<ScanGap> Gaps { get; init; } = [];

    /// <summary>Regions that were left out because nothing is spent there.</summary>
    public IReadOnlyList<string> SkippedRegions { get; init; } = [];

    /// <summary>Services that were left out because nothing is spent on them, with the regions where that is so in some only.</summary>
    public IReadOnlyList<string> SkippedServices { get; init; } = [];

    /// <summary>What there is to say of the whole, or null.</summary>
    public string? Note { get; init; }

    /// <summary>Whether everything that was meant to be scanned was.</summary>
    [JsonIgnore]
    public bool IsWhole => State == HuntState.Finished && Gaps.Count == 0;
}

/// <summary>A part of an account that was not scanned. What was found there before stays as it was.</summary>
/// <param name="Region">Region; empty for the whole account.</param>
/// <param name="Kind">Kind of fact; empty for all.</param>
/// <param name="Why">Reason, for a person.</param>
public sealed record ScanGap(string Region, string Kind, string Why);

/// <summary>What a scan looks at.</summary>
/// <param name="Services">Names of services; empty for all.</param>
/// <param name="Rules">Ids of rules; empty for all.</param>
public sealed record HuntScope(IReadOnlyList<string> Services, IReadOnlyList<string> Rules)
{
    /// <summary>Everything.</summary>
    public static HuntScope All { get; } = new([], []);

    /// <summary>Whether nothing is left out.</summary>
    [JsonIgnore]
    public bool IsAll => Services.Count == 0 && Rules.Count == 0;

    /// <summary>Whether a rule is looked at.</summary>
    public bool Includes(ZombieRule rule) =>
        (Services.Count == 0 || Services.Contains(rule.Kind.Service)) && (Rules.Count == 0 || Rules.Contains(rule.Id));
}

/// <summary>What a scan collected of one kind in one region, so that an interrupted scan goes on where it was. Document; deleted when the scan ends.</summary>
public sealed record ScanPart
{
    /// <summary>The kind that stands for the judgement of a whole region.</summary>
    public const string Judged = "*";

    /// <summary><c>run/region/kind</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The scan.</summary>
    public required string RunId { get; init; }

    /// <summary>Region.</summary>
    public required string Region { get; init; }

    /// <summary>Kind of fact, or <see cref="Judged"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Why it could not be collected, or null.</summary>
    public string? Why { get; init; }

    /// <summary>What was collected.</summary>
    public IReadOnlyList<Resource> Resources { get; init; } = [];

    /// <summary>For a region that was judged: findings seen, by rule.</summary>
    public IReadOnlyDictionary<string, int> FoundByRule { get; init; } = new Dictionary<string, int>();

    /// <summary>For a region that was judged: how many resources were seen.</summary>
    public int Seen { get; init; }

    /// <summary>For a region that was judged: rulings without enough data.</summary>
    public int Unclear { get; init; }

    /// <summary>For a region that was judged: metrics that could not be read, with the reason.</summary>
    public IReadOnlyList<ScanGap> Gaps { get; init; } = [];
}

/// <summary>Somebody wants a scan to stop. Document.</summary>
/// <param name="Id">The scan's id.</param>
/// <param name="By">Who.</param>
public sealed record HuntCancellation(string Id, string By);
