namespace DdocCost.Domain.Zombies;

/// <summary>What is known of a resource from before this scan: from earlier scans, and from the ledger of what CloudTrail showed.</summary>
/// <param name="FirstSeen">When a scan saw it first, UTC; null where this is the first.</param>
/// <param name="StateSince">Since when every scan saw it in its present state, UTC, or null.</param>
/// <param name="StartedAt">When CloudTrail saw it made, UTC, or null.</param>
/// <param name="PausedAt">When CloudTrail saw it stopped, UTC, or null.</param>
public sealed record Past(DateTimeOffset? FirstSeen = null, DateTimeOffset? StateSince = null, DateTimeOffset? StartedAt = null, DateTimeOffset? PausedAt = null)
{
    /// <summary>Nothing.</summary>
    public static Past Unknown { get; } = new();
}
