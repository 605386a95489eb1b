using System.Collections.Frozen;
using DdocCost.Domain.Normalise;

namespace DdocCost.Domain.Ledger;

/// <summary>How long a resource can run at most if nobody stops it.</summary>
internal static class Lifetime
{
    /// <summary>
    /// What CloudTrail does not show ending. SageMaker's own limit for a job without one is 24 hours; for the others a day is
    /// assumed, so that what runs does not seem to grow for ever.
    /// </summary>
    public const double AssumedHours = 24;

    // Beyond this a limit is as good as none.
    private const double LongestHours = 24 * 365 * 10;

    private static readonly FrozenSet<string> endByThemselves = FrozenSet.ToFrozenSet(
        ["sagemaker:training-job", "sagemaker:processing-job", "sagemaker:transform-job", "ecs:task"]);

    /// <summary>Hours after its start, or null: runs until stopped.</summary>
    public static double? MaxHours(ResourceChange change) =>
        change.Traits.MaxHours is { } told ? Math.Clamp(told, 0, LongestHours) : endByThemselves.Contains(change.ResourceType) ? AssumedHours : null;

    /// <summary>The moment it will have ended at the latest, or null.</summary>
    public static DateTimeOffset? EndsBy(DateTimeOffset start, ResourceChange change) =>
        MaxHours(change) is not { } hours ? null : hours < (DateTimeOffset.MaxValue - start).TotalHours ? start.AddHours(hours) : DateTimeOffset.MaxValue;
}
