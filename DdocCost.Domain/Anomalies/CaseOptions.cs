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

    /// <summary>Other things the same actor does join for so long after its last event.</summary>
    /// <value>Default 1 hour. From 0 to 1 day.</value>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan SameActor { get; init; } = TimeSpan.FromHours(1);

    /// <summary>What an AWS service does joins what somebody else did so shortly before, and the reverse: one set off the other.</summary>
    /// <value>Default 15 minutes, the time CloudTrail may deliver out of order. From 0 to 6 hours.</value>
    [Range(typeof(TimeSpan), "00:00:00", "06:00:00")]
    public TimeSpan Chain { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>A case that grows speaks again only after so long: in a burst, the first alert has said it.</summary>
    /// <value>Default 6 hours. From 0 to 1 day.</value>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan Silence { get; init; } = TimeSpan.FromHours(6);

    /// <summary>And only when what it puts at risk has grown by this factor since.</summary>
    /// <value>Default 2. From 1.1 to 100.</value>
    [Range(1.1, 100)]
    public double Growth { get; init; } = 2;

    /// <summary>At most so many open cases in an account; beyond, everything joins the latest: a storm is one story.</summary>
    /// <value>Default 200. From 1 to 10,000.</value>
    [Range(1, 10_000)]
    public int MostOpen { get; init; } = 200;
}
