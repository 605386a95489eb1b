using System.Globalization;
using DdocCost.Domain.Anomalies;
using Microsoft.AspNetCore.Components;

namespace DdocCost.App.Anomalies;

/// <summary>Turns what a person presses into decisions.</summary>
public sealed partial class TriagePanel
{
    private static readonly (int Hours, string Name)[] Snoozes = [(1, "1 hour"), (4, "4 hours"), (24, "1 day"), (3 * 24, "3 days"), (7 * 24, "a week")];

    private string _text = "";
    private ExpectScope _scope = ExpectScope.Once;
    private DateOnly? _until;

    /// <summary>What stands.</summary>
    [Parameter, EditorRequired] public required CaseTriage Triage { get; set; }

    /// <summary>When that was read, UTC.</summary>
    [Parameter, EditorRequired] public required DateTimeOffset Now { get; set; }

    /// <summary>Whether nothing of the case costs any more: there is nothing left to look after or to silence.</summary>
    [Parameter] public bool IsOver { get; set; }

    /// <summary>Whether the person's role may decide.</summary>
    [Parameter] public bool MayRespond { get; set; }

    /// <summary>A decision is on its way.</summary>
    [Parameter] public bool Busy { get; set; }

    /// <summary>Hears what was decided.</summary>
    [Parameter] public EventCallback<CaseDecision> OnDecide { get; set; }

    private string Day(int days) => Now.UtcDateTime.AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private Task SnoozeAsync(ChangeEventArgs e) => int.TryParse(e.Value as string, CultureInfo.InvariantCulture, out var hours)
        ? OnDecide.InvokeAsync(new CaseDecision.Snooze(Now.AddHours(hours)))
        : Task.CompletedTask;

    private Task ExpectAsync() => OnDecide.InvokeAsync(new CaseDecision.Expect(
        _scope,
        _scope == ExpectScope.Until && _until is { } day ? new DateTimeOffset(day.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) : null));

    private async Task AddAsync()
    {
        await OnDecide.InvokeAsync(new CaseDecision.Note(_text));
        _text = "";
    }

    private RenderFragment? Undo(string name, CaseDecision decision) => !MayRespond ? null : builder =>
    {
        builder.OpenElement(0, "button");
        builder.AddAttribute(1, "type", "button");
        builder.AddAttribute(2, "class", "btn quiet");
        builder.AddAttribute(3, "disabled", Busy);
        builder.AddAttribute(4, "onclick", EventCallback.Factory.Create(this, () => OnDecide.InvokeAsync(decision)));
        builder.AddContent(5, name);
        builder.CloseElement();
    };
}
