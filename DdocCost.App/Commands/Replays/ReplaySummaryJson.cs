using System.Text.Json;
using DdocCost.Domain.Pipeline;
using DdocCost.Domain.Scoring;

namespace DdocCost.App.Commands.Replays;

/// <summary>The summary of a replay for programs: one JSON object on one line.</summary>
internal static class ReplaySummaryJson
{
    /// <summary>The object and a line break.</summary>
    public static string Of(ReplaySummary summary) => JsonSerializer.Serialize(new
    {
        records = summary.Records,
        costBearing = summary.CostBearing,
        priced = summary.Priced,
        unpriced = summary.Unpriced,
        free = summary.Free,
        quarantined = summary.Quarantined,
        duplicates = summary.Duplicates,
        alerts = new
        {
            info = summary.AlertsOf(Severity.Info),
            warning = summary.AlertsOf(Severity.Warning),
            critical = summary.AlertsOf(Severity.Critical),
        },
        seconds = Math.Round(summary.Elapsed.TotalSeconds, 3),
        recordsPerSecond = Math.Round(summary.RecordsPerSecond, 1),
        megabytesPerSecond = Math.Round(summary.MegabytesPerSecond, 3),
    }) + "\n";
}
