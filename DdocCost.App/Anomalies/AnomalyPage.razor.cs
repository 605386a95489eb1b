using System.Globalization;
using DdocCost.App.Access;
using DdocCost.Domain.Anomalies;
using DdocCost.Domain.Audit;
using DdocCost.Domain.Normalise;
using DdocCost.Jobs.Live;
using Microsoft.AspNetCore.Components;

namespace DdocCost.App.Anomalies;

/// <summary>One case: what it is, what it costs, how to end it, and how we came to say so.</summary>
public sealed partial class AnomalyPage
{
    private const int FewRunning = 8;
    private const int HoursOfMonth = 30 * 24;

    private bool _busy;
    private bool _allRunning;
    private string? _problem;

    /// <summary>The case.</summary>
    [Parameter] public string Id { get; set; } = "";

    [Inject] private AnomalyReader Reader { get; set; } = default!;

    [Inject] private CaseDesk Desk { get; set; } = default!;

    private string By => User.Identity?.Name ?? "unknown";

    private string ActorKindText => Data!.Found!.Case.Actor.Kind switch
    {
        ActorKind.Person => "a person",
        ActorKind.Automation => "automation",
        ActorKind.AwsService => "an AWS service",
        ActorKind.Root => "the root user",
        _ => "not known what kind",
    };

    /// <inheritdoc />
    protected override async Task<AnomalyLookup> ReadAsync(CancellationToken cancellationToken) => new(await Reader.OneAsync(Sight, Id, cancellationToken));

    /// <inheritdoc />
    protected override bool Matters(LiveUpdate update) => update.Cases.Any(anomaly => anomaly.Id == Id);

    private static string LagText(TimeSpan lag) => lag.TotalSeconds < 90
        ? string.Create(CultureInfo.InvariantCulture, $"{lag.TotalSeconds:0.0} s")
        : LengthText(lag);

    private static string LengthText(TimeSpan length) => length switch
    {
        { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{length.TotalMinutes:0} min"),
        { TotalDays: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{length.TotalHours:0.#} h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{length.TotalDays:0.#} d"),
    };

    private static string LeftAloneText(AnomalyCase anomaly) =>
        $"left alone, {(anomaly.EndsBy is null ? "30 days at its peak" : "its own time at its peak")} would have cost {Usd.Format(anomaly.IfLeftAlone())}; less {Usd.Format(anomaly.SpentUsd)} spent";

    private static string EndText(CaseEnd end) => end switch
    {
        CaseEnd.Expected => "Expected, closed",
        CaseEnd.Wrong => "False alarm, closed",
        _ => "Stopped",
    };

    private async Task DecideAsync(CaseDecision decision)
    {
        // The buttons are hidden from those who may not, but a circuit takes messages from anybody who is signed in.
        if (!Roles.MayRespond(User) || _busy || Data?.Found?.Case.Id != Id) // what is read is what is seen; the address may be ahead of it
        {
            return;
        }

        (_busy, _problem) = (true, null);
        try
        {
            _problem = await Desk.DecideAsync(Tenant, Id, decision, By, Mouth.Page, Closed) switch
            {
                DecisionOutcome.Refused refused => refused.Reason,
                DecisionOutcome.NotFound => "There is no such anomaly any more.",
                _ => null,
            };
            await ReadAgainAsync();
        }
        finally
        {
            _busy = false;
        }
    }
}

/// <summary>What was found under the address.</summary>
/// <param name="Found">The case, or null where this tenant has none of that id.</param>
public sealed record AnomalyLookup(AnomalyView? Found);
