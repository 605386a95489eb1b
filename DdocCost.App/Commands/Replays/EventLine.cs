using DdocCost.Domain.Normalise;
using DdocCost.Domain.Scoring;

namespace DdocCost.App.Commands.Replays;

/// <summary>A line of <c>--events</c>. Resource, quantity and ids are those of the event's weightiest change.</summary>
/// <param name="UsdPerHour">By how much the account's running rate changed, USD per hour; null where no price is known.</param>
/// <param name="Action"><c>start</c>, <c>change</c>, <c>stop</c>, <c>one-time</c>, or <c>none</c> for a refused or dry-run call.</param>
/// <param name="Confidence"><c>high</c>, <c>medium</c>, <c>low</c> or <c>unknown</c>.</param>
internal sealed record EventLine(
    string EventId, DateTime Time, string Account, string Region, string Service, string EventName, string ResourceType, IReadOnlyList<string> ResourceIds,
    string Action, decimal Quantity, string Actor, decimal? UsdPerHour, decimal OneTimeUsd, bool Priced, string Confidence, string? Sku, string? Note)
{
    public static EventLine Of(CostEvent costEvent)
    {
        var costed = costEvent.Costed;
        var e = costed.Event;
        var change = e.Changes.FirstOrDefault(change => change.Action == e.Action) ?? e.Changes[0];
        return new EventLine(
            e.EventId, e.Time.UtcDateTime, e.AccountId, e.Region, e.Service, e.EventName, change.ResourceType, change.ResourceIds,
            Named(e.Action), Figures.Plain(change.Quantity), e.Actor.Id, Figures.Plain(costed.UsdPerHour), Figures.Plain(costed.OneTimeUsd), costed.IsPriced,
            costed.Cost.Confidence.ToString().ToLowerInvariant(), costed.Cost.Sku, NoteOf(costEvent, change));
    }

    private static string Named(ResourceAction action) => action switch
    {
        ResourceAction.Start => "start",
        ResourceAction.Change => "change",
        ResourceAction.Stop => "stop",
        ResourceAction.OneTime => "one-time",
        ResourceAction.Define => "define",
        _ => "none",
    };

    private static string? NoteOf(CostEvent costEvent, ResourceChange change)
    {
        var e = costEvent.Costed.Event;
        var refused = e.Action == ResourceAction.None && e.ErrorCode is { } code ? $"refused: {code}" : null;
        string?[] notes = [refused, e.Note, change.Note, costEvent.Costed.Cost.Note];
        return notes.Where(note => !string.IsNullOrEmpty(note)).Distinct() is var told && told.Any() ? string.Join("; ", told) : null;
    }
}
