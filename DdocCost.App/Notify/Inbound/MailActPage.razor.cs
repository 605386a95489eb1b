using DdocCost.Domain.Anomalies;
using DdocCost.Domain.Audit;
using DdocCost.Jobs.Notify.Channels.Mail;
using Marten;
using Microsoft.AspNetCore.Components;

namespace DdocCost.App.Notify.Inbound;

/// <summary>Where the links of a mail lead: asks before anything is decided, because scanners of mails open every link.</summary>
public sealed partial class MailActPage
{
    /// <summary>The sealed pass.</summary>
    [Parameter, EditorRequired] public required string Token { get; set; }

    [CascadingParameter] private HttpContext Http { get; set; } = default!;

    [SupplyParameterFromForm] private Choices? Form { get; set; }

    [Inject] private MailLinks Links { get; set; } = default!;

    [Inject] private MailSight Sights { get; set; } = default!;

    [Inject] private IDocumentStore Store { get; set; } = default!;

    [Inject] private CaseDesk Desk { get; set; } = default!;

    [Inject] private TimeProvider Time { get; set; } = default!;

    private MailPass? Pass { get; set; }

    private AnomalyCase? Case { get; set; }

    private bool MayDecide { get; set; }

    private string? Answer { get; set; }

    private bool Failed { get; set; }

    private DateTimeOffset Now { get; set; }

    private string Title => Pass?.Action == MailAction.Snooze ? "Silence this case?" : "Acknowledge this case?";

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        Form ??= new();
        Now = Time.GetUtcNow();
        Http.Response.Headers.CacheControl = "no-store";
        Pass = Links.Open(Token) is { Action: MailAction.Acknowledge or MailAction.Snooze } pass ? pass : null;
        if (Pass is not null)
        {
            await using var session = Store.QuerySession(Pass.TenantId);
            var person = (await Sights.OfAsync(Pass.TenantId, [Pass.Recipient], Http.RequestAborted)).GetValueOrDefault(Pass.Recipient);
            var found = await session.LoadAsync<AnomalyCase>(Pass.CaseId, Http.RequestAborted);
            Case = person?.Sight.Sees(found?.AccountId) == false ? null : found; // the letter may be older than the restriction
            MayDecide = person?.MayDecide ?? true;
        }

        if (Case is null)
        {
            Http.Response.StatusCode = StatusCodes.Status410Gone; // not 404, in whose place the router draws a page of its own
        }
        else if (!MayDecide)
        {
            Http.Response.StatusCode = StatusCodes.Status403Forbidden;
        }
    }

    private async Task DecideAsync()
    {
        if (!MayDecide)
        {
            return; // said already
        }

        if (Pass is null || Case is null || DecisionOf(Pass.Action, Form!.Choice) is not { } decision)
        {
            Http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        var outcome = await Desk.DecideAsync(Pass.TenantId, Case.Id, decision, Pass.Recipient, Mouth.Mail, Http.RequestAborted);
        Failed = outcome is DecisionOutcome.Refused or DecisionOutcome.NotFound;
        Answer = outcome switch
        {
            DecisionOutcome.Refused refused => refused.Reason,
            DecisionOutcome.NotFound => "This case is not here any more.",
            _ => Pass.Action == MailAction.Acknowledge ? "Noted: you have seen it." : "Silent from now on, unless the money at risk doubles.",
        };
    }

    /// <summary>A pass to acknowledge does not silence, and the reverse.</summary>
    private CaseDecision? DecisionOf(MailAction action, string? choice) => (action, choice) switch
    {
        (MailAction.Acknowledge, "acknowledge") => new CaseDecision.Acknowledge(),
        (MailAction.Snooze, "1h") => new CaseDecision.Snooze(Now.AddHours(1)),
        (MailAction.Snooze, "1d") => new CaseDecision.Snooze(Now.AddDays(1)),
        (MailAction.Snooze, "1w") => new CaseDecision.Snooze(Now.AddDays(7)),
        _ => null,
    };

    private sealed class Choices
    {
        public string? Choice { get; set; }
    }
}
