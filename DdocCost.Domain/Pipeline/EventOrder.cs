using DdocCost.Domain.Normalise;

namespace DdocCost.Domain.Pipeline;

/// <summary>
/// The order in which the events of an account are taken: by time, and within the one second that CloudTrail's clock resolves as they must
/// have followed each other (what is defined, then what starts, changes, stops); the key settles the rest, so that the order of
/// files does not matter.
/// </summary>
public sealed class EventOrder : IComparer<ResourceEvent>
{
    /// <summary>The only one.</summary>
    public static EventOrder Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(ResourceEvent? x, ResourceEvent? y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        return x.Time.CompareTo(y.Time) is not 0 and var byTime ? byTime
            : x.Action.CompareTo(y.Action) is not 0 and var byAction ? byAction
            : x.Key.CompareTo(y.Key);
    }
}
