using System.Text.Json.Serialization;
using DdocCost.Domain.Normalise;
using DdocCost.Domain.Scoring;

namespace DdocCost.Domain.Anomalies;

/// <summary>One cause, one case: the events that belong to it, what it costs and what became of it. Document.</summary>
public sealed record AnomalyCase
{
    /// <summary>Derived from account, cause and first event; the same on every run.</summary>
    public required string Id { get; init; }

    /// <summary>Account.</summary>
    public required string AccountId { get; init; }

    /// <summary>What groups its events (see <see cref="Verdict.Cause"/>).</summary>
    public required string Cause { get; init; }

    /// <summary>The sentence a person reads first.</summary>
    public required string Title { get; init; }

    /// <summary>Loudest so far.</summary>
    public required Severity Severity { get; init; }

    /// <summary>Highest score so far, 0 to 100.</summary>
    public required double Score { get; init; }

    /// <summary>Who.</summary>
    public required Actor Actor { get; init; }

    /// <summary>Regions touched, in order of appearance.</summary>
    public required IReadOnlyList<string> Regions { get; init; }

    /// <summary>Services touched, in order of appearance.</summary>
    public required IReadOnlyList<string> Services { get; init; }

    /// <summary>Resource types with sizes and counts, such as <c>16 × ec2:instance g5.48xlarge</c>.</summary>
    public required IReadOnlyList<string> What { get; init; }

    /// <summary>Ids of resources that still run.</summary>
    public required IReadOnlyList<string> RunningResourceIds { get; init; }

    /// <summary>eventIds of its records, oldest first, at most 1,000.</summary>
    public required IReadOnlyList<string> EventIds { get; init; }

    /// <summary>How many records belong to it.</summary>
    public required int EventCount { get; init; }

    /// <summary>First event, UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Event time at which it was first told (severity info or louder), UTC.</summary>
    public required DateTimeOffset DetectedAt { get; init; }

    /// <summary>Latest event, UTC.</summary>
    public required DateTimeOffset LastEventAt { get; init; }

    /// <summary>When all its resources had stopped, or somebody said that it is as it should be, UTC; null while it is open.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>How it came to be closed; says nothing while it is open.</summary>
    public CaseEnd End { get; init; }

    /// <summary>Rate still running, USD per hour.</summary>
    public required decimal UsdPerHour { get; init; }

    /// <summary>Highest rate it had, USD per hour.</summary>
    public required decimal PeakUsdPerHour { get; init; }

    /// <summary>When newer list prices last moved its rate, or null; its title and the alerts before that tell the older one.</summary>
    public PricesMoved? PricesMoved { get; init; }

    /// <summary>One-time sums, USD.</summary>
    public required decimal OneTimeUsd { get; init; }

    /// <summary>Spent up to <see cref="LastEventAt"/>, USD, without one-time sums; later spend is that plus rate times time since.</summary>
    public required decimal SpentUsd { get; init; }

    /// <summary>Components of the loudest verdict.</summary>
    public required IReadOnlyList<ScoreComponent> Components { get; init; }

    /// <summary>What they were weighed against, or null where that was not kept.</summary>
    public Weighing? Weighing { get; init; }

    /// <summary>Causes that joined it, the first one included, in order of appearance, bounded.</summary>
    public IReadOnlyList<string> Causes { get; init; } = [];

    /// <summary>Ids of the actors of its events, in order of appearance, bounded: a chain such as terraform, then Auto Scaling.</summary>
    public IReadOnlyList<string> ActorIds { get; init; } = [];

    /// <summary>Who did what where, in order of appearance, bounded: what is learned when somebody says that it is as it should be.</summary>
    public IReadOnlyList<CasePart> Parts { get; init; } = [];

    /// <summary>Most that it ever put at risk within a day, USD.</summary>
    public double MostUsdWithinDay { get; init; }

    /// <summary>Latest event that brought something new (its first, or one of a cause it did not have), UTC.</summary>
    public DateTimeOffset LastNewsAt { get; init; }

    /// <summary><see cref="LastNewsAt"/>, also of a case from before that was kept.</summary>
    [JsonIgnore]
    public DateTimeOffset NewsAt => LastNewsAt == default ? DetectedAt : LastNewsAt;

    /// <summary>Since when it is not repeated because somebody has seen it, or null.</summary>
    public CaseHush? Acknowledged { get; init; }

    /// <summary>Until when it is silent because somebody said so, or null; may have passed.</summary>
    public CaseHush? Snoozed { get; init; }

    /// <summary>When what still runs will have ended by itself, UTC; null where anything runs until it is stopped.</summary>
    public DateTimeOffset? EndsBy { get; init; }

    /// <summary>What was last told of it, and when.</summary>
    public Told? LastTold { get; init; }

    /// <summary>What it puts at risk within a day after its last event, USD.</summary>
    public decimal UsdWithinDay => OneTimeUsd + (UsdPerHour * HoursLeft);

    private decimal HoursLeft => EndsBy is { } end ? (decimal)Math.Clamp((end - LastEventAt).TotalHours, 0, 24) : 24;

    /// <summary>What people said that makes it silent at a time, or null.</summary>
    public CaseHush? HushAt(DateTimeOffset time) => Acknowledged ?? (Snoozed is { } snooze && snooze.Holds(time) ? snooze : null);

    /// <summary>Whether it is over.</summary>
    public bool IsClosed => ClosedAt is not null;

    /// <summary>Spent up to a moment, USD, one-time sums included.</summary>
    public decimal SpentUntil(DateTimeOffset moment) =>
        OneTimeUsd + SpentUsd + (IsClosed ? 0 : UsdPerHour * (decimal)Math.Max(0, (moment - LastEventAt).TotalHours));
}

/// <summary>Who did what where.</summary>
/// <param name="ActorId">Stable actor id.</param>
/// <param name="ResourceType">Such as <c>ec2:instance</c>.</param>
/// <param name="Region">Where.</param>
public sealed record CasePart(string ActorId, string ResourceType, string Region)
{
    /// <summary>What an event did.</summary>
    public static CasePart Of(ResourceEvent e) => new(e.Actor.Id, Sighting.MainChange(e).ResourceType, e.Region);
}

/// <summary>A case is silent because of what somebody said.</summary>
/// <param name="By">Who.</param>
/// <param name="At">When, UTC.</param>
/// <param name="UsdWithinDay">What it put at risk within a day then, USD: at twice that it speaks all the same.</param>
/// <param name="Until">Until when, UTC; null = for as long as it is open.</param>
public sealed record CaseHush(string By, DateTimeOffset At, decimal UsdWithinDay, DateTimeOffset? Until = null)
{
    /// <summary>Whether it holds at a time.</summary>
    public bool Holds(DateTimeOffset time) => Until is not { } end || time < end;
}

/// <summary>Newer list prices moved the rate of an open case.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="UsdPerHourBefore">Its rate until then, USD per hour.</param>
public sealed record PricesMoved(DateTimeOffset At, decimal UsdPerHourBefore);

/// <summary>An alert as far as the next one depends on it.</summary>
/// <param name="At">Event time, UTC.</param>
/// <param name="Severity">How loud.</param>
/// <param name="UsdWithinDay">What the case put at risk within a day then, USD.</param>
public sealed record Told(DateTimeOffset At, Severity Severity, decimal UsdWithinDay);
