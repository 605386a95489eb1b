using System.Text.Json.Serialization;
using DdocCost.Domain.Ledger;

namespace DdocCost.Domain.Zombies;

/// <summary>Where a finding is in its life.</summary>
public enum FindingState
{
    /// <summary>Seen by one scan; not yet called a zombie.</summary>
    New = 0,

    /// <summary>Seen by two scans in a row.</summary>
    Confirmed,

    /// <summary>It had gone and is seen again, so far by one scan.</summary>
    CameBack,

    /// <summary>Somebody wants it as it is, for a reason and until a date.</summary>
    Kept,

    /// <summary>It ended, is used again, or is not judged any more.</summary>
    Gone,
}

/// <summary>A zombie over time: one rule's finding on one resource. Document.</summary>
public sealed record ZombieFinding
{
    /// <summary>Derived from rule, account, region and resource.</summary>
    public required string Id { get; init; }

    /// <summary>The rule.</summary>
    public required string RuleId { get; init; }

    /// <summary>What it is, as the rule says it.</summary>
    public required string Title { get; init; }

    /// <summary>Service, for a person: <c>EBS</c>.</summary>
    public required string Service { get; init; }

    /// <summary>Account.</summary>
    public required string AccountId { get; init; }

    /// <summary>Region.</summary>
    public required string Region { get; init; }

    /// <summary>Kind of resource, as in the ledger.</summary>
    public required string ResourceKind { get; init; }

    /// <summary>Id as AWS gave it.</summary>
    public required string ResourceId { get; init; }

    /// <summary>What people call it, or null.</summary>
    public string? Name { get; init; }

    /// <summary>What owns it, or null.</summary>
    public string? Owner { get; init; }

    /// <summary>Where it is in its life.</summary>
    public required FindingState State { get; init; }

    /// <summary>When a scan first called it so, UTC.</summary>
    public required DateTimeOffset FirstSeenAt { get; init; }

    /// <summary>When a scan last did, UTC.</summary>
    public required DateTimeOffset LastSeenAt { get; init; }

    /// <summary>When two scans in a row had, UTC, or null.</summary>
    public DateTimeOffset? ConfirmedAt { get; init; }

    /// <summary>When it was seen to have gone, UTC, or null.</summary>
    public DateTimeOffset? GoneAt { get; init; }

    /// <summary>Since when it is known to be idle, UTC.</summary>
    public required DateTimeOffset IdleSince { get; init; }

    /// <summary>When the resource was made, UTC, or null.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Who made it, or null where that is not known.</summary>
    public Birth? Birth { get; init; }

    /// <summary>How sure.</summary>
    public required Sureness Sureness { get; init; }

    /// <summary>The rule's criterion with its thresholds.</summary>
    public required string Criterion { get; init; }

    /// <summary>What ending it would save.</summary>
    public required Saving Saving { get; init; }

    /// <summary>Id of another finding whose saving holds this one's, or null: counted there.</summary>
    public string? CountedIn { get; init; }

    /// <summary>Ids of resources whose cost is part of the saving.</summary>
    public IReadOnlyList<string> Covers { get; init; } = [];

    /// <summary>Wasted in earlier lives, before it had gone for a while, USD.</summary>
    public decimal WastedBeforeUsd { get; init; }

    /// <summary>What was seen.</summary>
    public IReadOnlyList<Observation> Evidence { get; init; } = [];

    /// <summary>What a person can do, the safest first.</summary>
    public IReadOnlyList<NextStep> Steps { get; init; } = [];

    /// <summary>The wish to keep it, or null.</summary>
    public Keep? Keep { get; init; }

    /// <summary>What happened, oldest first, bounded.</summary>
    public IReadOnlyList<FindingNote> History { get; init; } = [];

    /// <summary>Neither gone nor kept, and two scans agree.</summary>
    [JsonIgnore]
    public bool IsZombie => State == FindingState.Confirmed;

    /// <summary>USD per month that it adds to a total: 0 where it is counted elsewhere or unpriced.</summary>
    [JsonIgnore]
    public decimal CountedUsdPerMonth => CountedIn is null ? Saving.UsdPerMonth ?? 0 : 0;

    /// <summary>Wasted up to a moment, USD: idle time at today's saving; null where no price is known.</summary>
    public decimal? WastedUntil(DateTimeOffset now) => Saving.UsdPerMonth is { } month
        ? WastedBeforeUsd + Math.Round(month / 730 * (decimal)Math.Max(0, ((GoneAt ?? now) - IdleSince).TotalHours), 4)
        : null;

    /// <summary>The id of a finding.</summary>
    public static string IdOf(string ruleId, string account, string region, string resourceId) =>
        $"{ruleId}/{LedgerId.Name($"{account}/{region}/{resourceId}")}";
}

/// <summary>Who made a resource, and when: its birth certificate.</summary>
/// <param name="At">UTC.</param>
/// <param name="ActorId">Stable id of who did it.</param>
/// <param name="ActorName">For a person.</param>
/// <param name="EventId">eventId of the CloudTrail record, or null.</param>
/// <param name="EventKey">Key of our cost event, or null.</param>
/// <param name="Source">Where it is known from.</param>
public sealed record Birth(DateTimeOffset At, string ActorId, string ActorName, string? EventId, Guid? EventKey, string Source);

/// <summary>The wish to keep a zombie as it is.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Until">UTC; then it is shown again.</param>
/// <param name="By">Who wants it.</param>
/// <param name="At">When, UTC.</param>
public sealed record Keep(string Reason, DateTimeOffset Until, string By, DateTimeOffset At);

/// <summary>Something that happened to a finding.</summary>
/// <param name="At">UTC.</param>
/// <param name="State">The state it came to.</param>
/// <param name="What">In words.</param>
public sealed record FindingNote(DateTimeOffset At, FindingState State, string What);
