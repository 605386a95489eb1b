namespace DdocCost.Domain.Scoring;

/// <summary>
/// What is known of everything an event touches, the event's own money already in the windows but not learned. One for all events of a
/// scorer, filled anew for each.
/// </summary>
internal sealed class Scene
{
    /// <summary>What the event puts at risk within a day, USD, given how long what its cause starts usually runs.</summary>
    public double UsdAtRisk;

    /// <summary>What of it was never seen here.</summary>
    public Firsts Firsts;

    /// <summary>What a first time says now; nothing where there is none.</summary>
    public News News;

    /// <summary>Share of ordinary starts that falls on this hour of the week.</summary>
    public double HourShare;

    public Track Account = null!;
    public Norm AccountNorm;
    public Baseline Type = null!;
    public Norm TypeNorm;

    /// <summary>What one event of this type usually puts at risk.</summary>
    public Expectation EventNorm;

    public Track Actor = null!;
    public Norm ActorNorm;
    public Track Cause = null!;
    public Norm CauseNorm;
    public Track Region = null!;
}
