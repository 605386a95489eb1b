using System.ComponentModel.DataAnnotations;

namespace DdocCost.Domain.Anomalies;

/// <summary>When events are one case, and when a case speaks again.</summary>
public sealed record CaseOptions
{
    /// <summary>The defaults.</summary>
    public static readonly CaseOptions Default = new();

    /// <summary>Events of the same cause join a case for so long after its last event.</summary>
    /// <value>Default 12 hours: what goes on over night is the same story, the same mistake next week is not. From 10 minutes to 7 days.</value>
    [Range(typeof(TimeSpan), "00:10:00", "7.00:00:00")]
    public TimeSpan SameCause { get; init; } = TimeSpan.FromHours(12);

    /// <summary>Other things the same actor does join for so long after the latest thing in it that was new.</summary>
    /// <value>Default 1 hour. From 0 to 1 day.</value>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan SameActor { get; init; } = TimeSpan.FromHours(1);

    /// <summary>What an AWS service does joins what somebody else newly did so shortly before, and the reverse: one set off the other.</summary>
    /// <value>Default 15 minutes, the time CloudTrail may deliver out of order. From 0 to 6 hours.</value>
    [Range(typeof(TimeSpan), "00:00:00", "06:00:00")]
    public TimeSpan Chain { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>A case that grows speaks again when what it puts at risk has grown by <see cref="Growth"/> after so long; sooner only for more.</summary>
    /// <value>Default 6 hours. From 10 minutes to 1 day.</value>
    [Range(typeof(TimeSpan), "00:10:00", "1.00:00:00")]
    public TimeSpan Silence { get; init; } = TimeSpan.FromHours(6);

    /// <summary>By what factor it must have grown after <see cref="Silence"/>.</summary>
    /// <value>Default 2. From 1.1 to 100.</value>
    [Range(1.1, 100)]
    public double Growth { get; init; } = 2;

    /// <summary>By what factor money at risk must have grown for a case to speak again so long after it spoke.</summary>
    /// <remarks>
    /// growth ^ max(1, silence / time): 2 after six hours, 4 after three, 64 after one. In a burst the first alert has said it; what goes on to
    /// multiply is worth a second one before the night is over.
    /// </remarks>
    public double GrowthAfter(TimeSpan time) => Math.Pow(Growth, time <= TimeSpan.Zero ? double.PositiveInfinity : Math.Max(1, Silence / time));

    /// <summary>At most so many open cases in an account; beyond, everything joins the latest: a storm is one story.</summary>
    /// <value>Default 200. From 1 to 10,000.</value>
    [Range(1, 10_000)]
    public int MostOpen { get; init; } = 200;
}
