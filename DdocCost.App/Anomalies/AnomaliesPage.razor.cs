using DdocCost.Jobs.Live;
using Microsoft.AspNetCore.Components;

namespace DdocCost.App.Anomalies;

/// <summary>The cases, filtered by what the address says.</summary>
public sealed partial class AnomaliesPage
{
    private readonly HashSet<string> _arrived = [];
    private AnomalyFilter? _shown;

    [SupplyParameterFromQuery] private string? State { get; set; }

    [SupplyParameterFromQuery] private string? Severity { get; set; }

    [SupplyParameterFromQuery] private string? Account { get; set; }

    [SupplyParameterFromQuery(Name = "q")] private string? Text { get; set; }

    [SupplyParameterFromQuery] private string? Storm { get; set; }

    [SupplyParameterFromQuery] private string? Answer { get; set; }

    [SupplyParameterFromQuery(Name = "page")] private int? Number { get; set; }

    [Inject] private AnomalyReader Reader { get; set; } = default!;

    [Inject] private NavigationManager Address { get; set; } = default!;

    private AnomalyFilter Filter => AnomalyFilter.Of(State, Severity, Account, Text, Number, Storm, Answer);

    private bool IsFiltered => Filter with { Page = 1, Closed = false } != new AnomalyFilter(false, null, null, null, 1);

    /// <inheritdoc />
    protected override Task<AnomalyListView> ReadAsync(CancellationToken cancellationToken) => Reader.ListAsync(Sight, Filter, cancellationToken);

    /// <inheritdoc />
    protected override bool Matters(LiveUpdate update) => update.Cases.Count > 0;

    /// <inheritdoc />
    protected override void OnRead(AnomalyListView? before, AnomalyListView now)
    {
        // Only what came by itself: another filter shows other rows, which are not news.
        if (before is not null && _shown == Filter)
        {
            _arrived.UnionWith(now.Cases.Items.Select(anomaly => anomaly.Id).Except(before.Cases.Items.Select(anomaly => anomaly.Id)));
        }

        _shown = Filter;
    }

    private string With(string name, string? value) =>
        Address.GetUriWithQueryParameters(new Dictionary<string, object?> { [name] = value, ["page"] = null });

    private void Go(string name, object? value) => Address.NavigateTo(With(name, value is string { Length: > 0 } text ? text : null), replace: true);
}
