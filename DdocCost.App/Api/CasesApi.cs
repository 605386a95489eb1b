using DdocCost.App.Access;
using DdocCost.App.Anomalies;
using DdocCost.Domain.Anomalies;
using DdocCost.Domain.Audit;
using DdocCost.Domain.Ledger;
using DdocCost.Domain.Normalise;
using DdocCost.Domain.Scoring;
using DdocCost.Domain.Undo;
using Marten;

namespace DdocCost.App.Api;

/// <summary>Cases: what was odd, what it costs, what people said of it.</summary>
internal static class CasesApi
{
    /// <summary>Maps it.</summary>
    public static void Map(RouteGroupBuilder api)
    {
        var cases = api.MapGroup("/cases").WithTags("Cases");
        cases.MapGet("", ListAsync).WithSummary("Lists cases, the latest first.").Produces<Slice<CaseItem>>();
        cases.MapGet("/{id}", FindAsync).WithSummary("One case with what still runs, how to end it, and what people said.").Produces<CaseDetail>();
        cases.MapPost("/{id}/decisions", DecideAsync).WithSummary("Acknowledges, snoozes, settles or reopens a case, or adds a note. Harmless to repeat.")
            .Produces<CaseAnswers>().RequireAuthorization(Roles.ApiTriagePolicy);
    }

    private static async Task<object> ListAsync(
        IDocumentStore store, ApiCaller caller, [AsParameters] SliceQuery slice, TimeProvider time, CancellationToken cancellationToken,
        string? state = null, string? severity = null, string? account = null, string? answer = null, string? q = null)
    {
        await using var session = store.QuerySession(caller.Tenant);
        var filter = AnomalyFilter.Of(Choice.Of("state", state, "open", "closed", "all") ?? "all", Choice.Of<Severity>("severity", severity), account, q, page: 1, answer: Choice.Of<CaseAnswer>("answer", answer));
        return await slice.ReadAsync(
            caller.Seen(AnomalyReader.Matching(session, filter, time.GetUtcNow())), "d.detected_at", anomaly => (anomaly.DetectedAt, anomaly.Id), CaseItem.Of, cancellationToken);
    }

    private static async Task<object> FindAsync(string id, AnomalyReader reader, ApiCaller caller, CancellationToken cancellationToken) =>
        CaseDetail.Of(caller.See(await reader.OneAsync(caller.Sight, id, cancellationToken), view => view.Case.AccountId, "case"));

    private static async Task<object> DecideAsync(
        string id, CaseDecisionBody body, CaseDesk desk, IDocumentStore store, ApiCaller caller, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession(caller.Tenant);
        caller.See(await session.LoadAsync<AnomalyCase>(id, cancellationToken), anomaly => anomaly.AccountId, "case");
        return await desk.DecideAsync(caller.Tenant, id, body.ToDecision(), caller.Name, Mouth.Api, cancellationToken) switch
        {
            DecisionOutcome.Done done => CaseAnswers.Of(done.Triage),
            DecisionOutcome.Unchanged unchanged => CaseAnswers.Of(unchanged.Triage),
            DecisionOutcome.Refused refused => throw ApiException.Refused([refused.Reason]),
            _ => throw ApiException.NotFound("case"),
        };
    }
}

/// <summary>A case in a list.</summary>
/// <param name="Id">Stays the same.</param>
/// <param name="AccountId">AWS account.</param>
/// <param name="Title">The sentence a person reads first.</param>
/// <param name="Severity">Loudest so far.</param>
/// <param name="Score">Highest so far, 0 to 100.</param>
/// <param name="Actor">Who did it.</param>
/// <param name="Regions">Regions touched.</param>
/// <param name="Services">Services touched.</param>
/// <param name="What">Resources with sizes and counts, in words.</param>
/// <param name="StartedAt">First event.</param>
/// <param name="DetectedAt">Event time at which it was first told.</param>
/// <param name="LastEventAt">Latest event.</param>
/// <param name="ClosedAt">When it ended; null while it is open.</param>
/// <param name="End">How it came to be closed; null while it is open.</param>
/// <param name="UsdPerHour">Rate still running.</param>
/// <param name="PeakUsdPerHour">Highest rate it had.</param>
/// <param name="SpentUsd">Spent up to its latest event, one-time sums included.</param>
/// <param name="EventCount">How many records belong to it.</param>
internal sealed record CaseItem(
    string Id, string AccountId, string Title, Severity Severity, double Score, Actor Actor, IReadOnlyList<string> Regions, IReadOnlyList<string> Services,
    IReadOnlyList<string> What, DateTimeOffset StartedAt, DateTimeOffset DetectedAt, DateTimeOffset LastEventAt, DateTimeOffset? ClosedAt, CaseEnd? End,
    decimal UsdPerHour, decimal PeakUsdPerHour, decimal SpentUsd, int EventCount)
{
    /// <summary>From the document.</summary>
    public static CaseItem Of(AnomalyCase anomaly) => new(
        anomaly.Id, anomaly.AccountId, anomaly.Title, anomaly.Severity, Math.Round(anomaly.Score, 1), anomaly.Actor, anomaly.Regions, anomaly.Services, anomaly.What,
        anomaly.StartedAt, anomaly.DetectedAt, anomaly.LastEventAt, anomaly.ClosedAt, anomaly.IsClosed ? anomaly.End : null,
        anomaly.UsdPerHour, anomaly.PeakUsdPerHour, decimal.Round(anomaly.SpentUntil(anomaly.LastEventAt), 4), anomaly.EventCount);
}

/// <summary>A case with all that belongs to it.</summary>
/// <param name="Case">The case.</param>
/// <param name="UsdPerHourNow">What it costs now: what has ended by itself is left out.</param>
/// <param name="IfLeft30DaysUsd">What it will cost in 30 days if nobody does anything.</param>
/// <param name="Components">How the score came about.</param>
/// <param name="Answers">What people said.</param>
/// <param name="Events">Its first events, oldest first, at most 100; the rest by <c>/cost-events?case=</c>.</param>
/// <param name="Running">What of it still runs.</param>
/// <param name="Undo">Commands that end that; nothing here runs them.</param>
/// <param name="WithoutUndo">What no command is known for, and why.</param>
internal sealed record CaseDetail(
    CaseItem Case, decimal UsdPerHourNow, decimal IfLeft30DaysUsd, IReadOnlyList<ScoreComponent> Components, CaseAnswers Answers, IReadOnlyList<CostEventItem> Events,
    IReadOnlyList<ResourceItem> Running, IReadOnlyList<UndoCommand> Undo, IReadOnlyList<UndoGap> WithoutUndo)
{
    /// <summary>From what the page shows.</summary>
    public static CaseDetail Of(AnomalyView view) => new(
        CaseItem.Of(view.Case), view.RateNow, decimal.Round(view.IfLeft(TimeSpan.FromDays(30)), 2), view.Case.Components, CaseAnswers.Of(view.Triage),
        [.. view.Events.Select(CostEventItem.Of)], [.. view.Running.Select(ResourceItem.Of)], view.Undo.Commands, view.Undo.Without);
}

/// <summary>What people said of a case.</summary>
/// <param name="Acknowledged">Who has seen it and when, or null.</param>
/// <param name="SnoozedUntil">Until when it is silent, or null.</param>
/// <param name="Settled">As what it was closed by a person, or null.</param>
/// <param name="SettledUntil">Until when the like is expected, or null.</param>
/// <param name="Notes">Remarks, oldest first.</param>
internal sealed record CaseAnswers(Signature? Acknowledged, DateTimeOffset? SnoozedUntil, CaseEnd? Settled, DateTimeOffset? SettledUntil, IReadOnlyList<CaseNote> Notes)
{
    /// <summary>From the document.</summary>
    public static CaseAnswers Of(CaseTriage triage) =>
        new(triage.Acknowledged, triage.Snoozed?.Until, triage.Settled?.End, triage.Settled?.Until, triage.Notes);
}

/// <summary>What somebody decides on a case.</summary>
/// <param name="Kind">acknowledge, withdraw, snooze, unsnooze, expect, wrong, reopen or note.</param>
/// <param name="Until">For snooze, and for expect with scope until: UTC, in the future.</param>
/// <param name="Scope">For expect: once (where left out), always or until.</param>
/// <param name="Text">For note.</param>
internal sealed record CaseDecisionBody(string Kind, DateTimeOffset? Until = null, string? Scope = null, string? Text = null)
{
    /// <summary>As the desk takes it.</summary>
    /// <exception cref="ApiException">The kind is not known, or lacks what it needs.</exception>
    public CaseDecision ToDecision() => Kind switch
    {
        "acknowledge" => new CaseDecision.Acknowledge(),
        "withdraw" => new CaseDecision.Withdraw(),
        "snooze" => new CaseDecision.Snooze(Until ?? throw ApiException.Invalid("until", "Until when is it to be silent?")),
        "unsnooze" => new CaseDecision.Unsnooze(),
        "expect" => new CaseDecision.Expect(Enum.Parse<ExpectScope>(Choice.Of<ExpectScope>("scope", Scope) ?? nameof(ExpectScope.Once), ignoreCase: true), Until),
        "wrong" => new CaseDecision.Wrong(),
        "reopen" => new CaseDecision.Reopen(),
        "note" when Text is { Length: > 0 and <= CaseNote.Longest } text => new CaseDecision.Note(text),
        "note" => throw ApiException.Invalid("text", $"A note has 1 to {CaseNote.Longest} characters."),
        _ => throw ApiException.Invalid("kind", "It is acknowledge, withdraw, snooze, unsnooze, expect, wrong, reopen or note."),
    };
}
