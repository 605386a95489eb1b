using System.Text.Json;
using DdocCost.Domain.Scoring;
using DdocCost.Jobs.Polling;

namespace DdocCost.App.Commands.Imports;

/// <summary>The summary of an import for programs: one JSON object on one line, with the names that <c>replay --json</c> uses.</summary>
internal static class ImportSummaryJson
{
    /// <summary>The object and a line break.</summary>
    public static string Of(ImportSummary summary) => JsonSerializer.Serialize(new
    {
        files = summary.Files,
        taken = summary.Taken.Taken,
        redelivered = summary.Taken.Redelivered,
        unreadable = summary.Taken.Failed.Count,
        records = summary.Scored.Records,
        costBearing = summary.Scored.CostBearing,
        priced = summary.Scored.Priced,
        unpriced = summary.Scored.Unpriced,
        free = summary.Scored.Free,
        quarantined = summary.Scored.Quarantined,
        duplicates = summary.Scored.Duplicates,
        openCases = new
        {
            info = summary.OpenCases.GetValueOrDefault(Severity.Info),
            warning = summary.OpenCases.GetValueOrDefault(Severity.Warning),
            critical = summary.OpenCases.GetValueOrDefault(Severity.Critical),
        },
        seconds = Math.Round(summary.Elapsed.TotalSeconds, 3),
        recordsPerSecond = Math.Round(summary.RecordsPerSecond, 1),
        megabytesPerSecond = Math.Round(summary.MegabytesPerSecond, 3),
    }) + "\n";
}
