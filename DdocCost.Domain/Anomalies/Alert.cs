using DdocCost.Domain.Scoring;

namespace DdocCost.Domain.Anomalies;

/// <summary>Something to tell: a case was opened, or became louder or twice as dear.</summary>
/// <param name="CaseId">The case.</param>
/// <param name="AccountId">Account.</param>
/// <param name="DetectedAt">Event time of the record that made us speak, UTC.</param>
/// <param name="Severity">How loud.</param>
/// <param name="Score">0 to 100.</param>
/// <param name="UsdPerHour">Rate of the case at that moment, USD per hour.</param>
/// <param name="OneTimeUsd">One-time sums, USD.</param>
/// <param name="Actor">Stable actor id.</param>
/// <param name="Title">The sentence a person reads first.</param>
/// <param name="Components">The numbers.</param>
/// <param name="EventIds">eventIds of the case so far.</param>
public sealed record Alert(
    string CaseId, string AccountId, DateTimeOffset DetectedAt, Severity Severity, double Score, decimal UsdPerHour, decimal OneTimeUsd,
    string Actor, string Title, IReadOnlyList<ScoreComponent> Components, IReadOnlyList<string> EventIds)
{
    /// <summary>Why we speak though nothing happened, such as <c>its snooze is over</c>; null where an event made us.</summary>
    public string? Why { get; init; }
}
