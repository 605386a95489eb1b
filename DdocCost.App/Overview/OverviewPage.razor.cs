using DdocCost.App.Shell;
using Microsoft.AspNetCore.Components;

namespace DdocCost.App.Overview;

/// <summary>What runs, what is wrong, who added spend.</summary>
public sealed partial class OverviewPage
{
    private readonly HashSet<string> _arrived = [];

    [SupplyParameterFromQuery(Name = "period")] private string? PeriodKey { get; set; }

    [Inject] private OverviewReader Reader { get; set; } = default!;

    private OverviewPeriod Selected => OverviewPeriod.Of(PeriodKey);

    // The tab tells it from afar.
    private string Title => Data is null ? "Overview · dd0c/cost" : $"{Usd.PerHour(Data.Exposure.UsdPerHour)} · dd0c/cost";

    private string ChangeText => Data!.Change switch
    {
        0 => $"unchanged over {Selected.Title}",
        > 0 => $"▲ {Usd.Format(Data.Change)} over {Selected.Title}",
        _ => $"▼ {Usd.Format(-Data.Change)} over {Selected.Title}",
    };

    private string ChartSummary =>
        $"Exposure over the last {Selected.Title}: from {Usd.PerHour(Data!.Course[0].Value)} to {Usd.PerHour(Data.Exposure.UsdPerHour)}, at most {Usd.PerHour(Data.Course.Max(point => point.Value))}.";

    /// <inheritdoc />
    protected override Task<OverviewView> ReadAsync(CancellationToken cancellationToken) => Reader.ReadAsync(Sight, Selected, cancellationToken);

    /// <inheritdoc />
    protected override void OnRead(OverviewView? before, OverviewView now)
    {
        if (before is not null)
        {
            _arrived.UnionWith(now.Feed.Select(anomaly => anomaly.Id).Except(before.Feed.Select(anomaly => anomaly.Id)));
        }
    }
}
