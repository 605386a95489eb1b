using System.Globalization;
using System.Text;
using DdocCost.Domain.Scoring;
using DdocCost.Jobs.Polling;

namespace DdocCost.App.Commands.Imports;

/// <summary>The summary of an import for a person.</summary>
internal static class ImportSummaryText
{
    private const int FailuresShown = 5;

    /// <summary>Several lines, the last one ended as well.</summary>
    public static string Of(ImportSummary summary)
    {
        var text = new StringBuilder();
        var already = summary.Files - summary.Taken.Taken - summary.Taken.Redelivered - summary.Taken.Failed.Count;
        Line(text, $"Scored {summary.Scored.Records:N0} records in {summary.Elapsed.TotalSeconds:N2} s: {summary.RecordsPerSecond:N0} records/s, {summary.MegabytesPerSecond:N1} MB/s uncompressed");
        Line(text, $"  {summary.Files:N0} files: {summary.Taken.Taken:N0} taken in, {already:N0} were in before, {summary.Taken.Redelivered:N0} of known content, {summary.Taken.Failed.Count:N0} unreadable");
        Count(text, "cost-bearing", summary.Scored.CostBearing);
        Count(text, "  priced", summary.Scored.Priced);
        Count(text, "  unpriced", summary.Scored.Unpriced);
        Count(text, "free", summary.Scored.Free);
        Count(text, "quarantined", summary.Scored.Quarantined);
        Count(text, "duplicates", summary.Scored.Duplicates);
        Line(text, $"Open cases: {Open(summary, Severity.Critical):N0} critical, {Open(summary, Severity.Warning):N0} warning, {Open(summary, Severity.Info):N0} info");
        foreach (var (name, reason) in summary.Taken.Failed.Take(FailuresShown))
        {
            Line(text, $"Unreadable: {name}: {reason}");
        }

        return text.ToString();
    }

    private static int Open(ImportSummary summary, Severity severity) => summary.OpenCases.GetValueOrDefault(severity);

    private static void Count(StringBuilder text, string what, long count) => Line(text, $"  {what,-14}{count,12:N0}");

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
