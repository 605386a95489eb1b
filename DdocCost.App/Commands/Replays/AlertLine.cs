using DdocCost.Domain.Anomalies;
using DdocCost.Domain.Scoring;

namespace DdocCost.App.Commands.Replays;

/// <summary>A line of <c>--alerts</c>. The same <c>id</c> may come again, when its case became louder or twice as dear.</summary>
/// <param name="DetectedAt">Event time, UTC.</param>
/// <param name="Components">The parts of the score by name, with the numbers behind each.</param>
internal sealed record AlertLine(
    string Id, string Account, DateTime DetectedAt, string Severity, double Score, decimal UsdPerHour, decimal OneTimeUsd, string Actor, string Title,
    IReadOnlyDictionary<string, ComponentLine> Components, IReadOnlyList<string> EventIds)
{
    public static AlertLine Of(Alert alert) => new(
        alert.CaseId, alert.AccountId, alert.DetectedAt.UtcDateTime, alert.Severity.ToString().ToLowerInvariant(), alert.Score,
        Figures.Plain(alert.UsdPerHour), Figures.Plain(alert.OneTimeUsd), alert.Actor, alert.Title,
        alert.Components.GroupBy(component => component.Name).ToDictionary(group => group.Key, group => ComponentLine.Of(group.First())), alert.EventIds);
}

/// <summary>One part of a score.</summary>
internal sealed record ComponentLine(double Score, double Value, double? Mean, double? Deviation, double Count, string Unit, string Text)
{
    public static ComponentLine Of(ScoreComponent component) => new(
        component.Score, component.Value, component.Mean, component.Deviation, component.Count, component.Unit, component.Text);
}
