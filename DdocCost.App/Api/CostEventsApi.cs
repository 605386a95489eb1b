using DdocCost.App.Access;
using DdocCost.App.Events;
using DdocCost.Domain.Normalise;
using DdocCost.Domain.Pricing;
using DdocCost.Domain.Scoring;
using Marten;

namespace DdocCost.App.Api;

/// <summary>Every priced change that was seen.</summary>
internal static class CostEventsApi
{
    /// <summary>Maps it.</summary>
    public static void Map(RouteGroupBuilder api)
    {
        var events = api.MapGroup("/cost-events").WithTags("Cost events");
        events.MapGet("", ListAsync).WithSummary("Lists cost events, the latest first.").Produces<Slice<CostEventItem>>();
        events.MapGet("/{id:guid}", FindAsync).WithSummary("One cost event with how its price and its score came about.").Produces<CostEventDetail>();
        events.MapGet("/{id:guid}/record", RecordAsync).WithSummary("The CloudTrail record it was read from, as it came.").Produces<string>(contentType: "application/json");
    }

    private static async Task<object> ListAsync(
        IDocumentStore store, ApiCaller caller, [AsParameters] SliceQuery slice, CancellationToken cancellationToken,
        string? account = null, string? service = null, string? actor = null, string? show = null, DateTimeOffset? from = null, DateTimeOffset? to = null,
        [Microsoft.AspNetCore.Mvc.FromQuery(Name = "case")] string? caseId = null)
    {
        await using var session = store.QuerySession(caller.Tenant);
        var events = EventReader.Matching(session, EventFilter.Of(account, service, actor, Choice.Of("show", show, EventFilter.Shows), page: 1));
        if (from is { } first)
        {
            events = events.Where(e => e.Time >= first);
        }

        if (to is { } end)
        {
            events = events.Where(e => e.Time < end);
        }

        if (caseId is { Length: > 0 })
        {
            events = events.Where(e => e.CaseId == caseId);
        }

        return await slice.ReadAsync(caller.Seen(events), "d.time", e => (e.Time, e.Id), CostEventItem.Of, cancellationToken);
    }

    private static async Task<object> FindAsync(Guid id, IDocumentStore store, ApiCaller caller, CancellationToken cancellationToken) =>
        CostEventDetail.Of(await LoadAsync(id, store, caller, cancellationToken));

    private static async Task<IResult> RecordAsync(Guid id, IDocumentStore store, RawRecordReader archive, ApiCaller caller, CancellationToken cancellationToken)
    {
        var e = await LoadAsync(id, store, caller, cancellationToken);
        return e.Costed.Event.Location is { } place && await archive.ReadAsync(place, cancellationToken) is { } json
            ? TypedResults.Text(json, "application/json")
            : throw ApiException.NotFound("record any more; the archive keeps records for a limited time");
    }

    private static async Task<CostEvent> LoadAsync(Guid id, IDocumentStore store, ApiCaller caller, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession(caller.Tenant);
        return caller.See(await session.LoadAsync<CostEvent>(id, cancellationToken), e => e.AccountId, "cost event");
    }
}

/// <summary>A cost event in a list.</summary>
/// <param name="Id">Stays the same, also where the record came by several ways.</param>
/// <param name="EventId">CloudTrail's own id.</param>
/// <param name="Time">When it happened.</param>
/// <param name="SeenAt">When it was scored here.</param>
/// <param name="AccountId">AWS account.</param>
/// <param name="Region">AWS region.</param>
/// <param name="Service">Service called.</param>
/// <param name="EventName">What was called.</param>
/// <param name="Actor">By whom.</param>
/// <param name="Error">AWS's error code where the call was refused, or null.</param>
/// <param name="UsdPerHour">By how much the running rate changed; null where no price is known.</param>
/// <param name="OneTimeUsd">Paid at once.</param>
/// <param name="Confidence">How sure the price is.</param>
/// <param name="Score">0 to 100.</param>
/// <param name="Severity">How loud.</param>
/// <param name="CaseId">The case it belongs to, or null.</param>
internal sealed record CostEventItem(
    Guid Id, string EventId, DateTimeOffset Time, DateTimeOffset SeenAt, string AccountId, string Region, string Service, string EventName, Actor Actor, string? Error,
    decimal? UsdPerHour, decimal OneTimeUsd, PriceConfidence Confidence, double Score, Severity Severity, string? CaseId)
{
    /// <summary>From the document.</summary>
    public static CostEventItem Of(CostEvent e) => new(
        e.Id, e.Costed.Event.EventId, e.Time, e.CreatedAt, e.AccountId, e.Costed.Event.Region, e.Costed.Event.Service, e.Costed.Event.EventName, e.Costed.Event.Actor,
        e.Costed.Event.ErrorCode, e.Costed.UsdPerHour, e.Costed.OneTimeUsd, e.Costed.Cost.Confidence, Math.Round(e.Verdict.Score, 1), e.Severity, e.CaseId);
}

/// <summary>A cost event with its reasons.</summary>
/// <param name="Event">The event.</param>
/// <param name="Changes">What it started, changed or stopped.</param>
/// <param name="Prices">The lines of its price.</param>
/// <param name="PriceNote">What the price leaves out or assumes, or null.</param>
/// <param name="Components">How its score came about.</param>
/// <param name="Expected">Why it was not told although it was odd, or null.</param>
/// <param name="SourceIp">From where it was called, or null.</param>
/// <param name="UserAgent">With what, or null.</param>
internal sealed record CostEventDetail(
    CostEventItem Event, IReadOnlyList<ResourceChange> Changes, IReadOnlyList<CostLine> Prices, string? PriceNote, IReadOnlyList<ScoreComponent> Components, string? Expected,
    string? SourceIp, string? UserAgent)
{
    /// <summary>From the document.</summary>
    public static CostEventDetail Of(CostEvent e) => new(
        CostEventItem.Of(e), e.Costed.Event.Changes, e.Costed.Cost.Lines, e.Costed.Cost.Note, e.Verdict.Components, e.Verdict.Expected, e.Costed.Event.SourceIp, e.Costed.Event.UserAgent);
}
