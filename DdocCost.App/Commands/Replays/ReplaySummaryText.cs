using System.Globalization;
using System.Text;
using DdocCost.Domain.Pipeline;
using DdocCost.Domain.Scoring;

namespace DdocCost.App.Commands.Replays;

/// <summary>The summary of a replay for a person.</summary>
internal static class ReplaySummaryText
{
    private const int ReasonsShown = 5;
    private const int NotesShown = 10;

    /// <summary>Several lines, the last one ended as well.</summary>
    public static string Of(ReplaySummary summary)
    {
        var text = new StringBuilder();
        Line(text, $"Read {summary.Records:N0} records from {summary.Files:N0} files in {summary.Elapsed.TotalSeconds:N2} s");
        Line(text, $"  {summary.RecordsPerSecond:N0} records/s, {summary.MegabytesPerSecond:N1} MB/s uncompressed");
        Count(text, "cost-bearing", summary.CostBearing);
        Count(text, "  priced", summary.Priced);
        Count(text, "  unpriced", summary.Unpriced);
        Count(text, "free", summary.Free);
        Count(text, "quarantined", summary.Quarantined);
        Count(text, "duplicates", summary.Duplicates);
        Line(text, $"Alerts: {summary.AlertsOf(Severity.Critical):N0} critical, {summary.AlertsOf(Severity.Warning):N0} warning, {summary.AlertsOf(Severity.Info):N0} info");
        Line(text, $"Running at the end: {summary.ExposureUsdPerHour:N2} USD per hour in {summary.Accounts:N0} accounts");
        AddUnpriced(text, summary);
        AddQuarantined(text, summary);
        AddNotes(text, summary);
        return text.ToString();
    }

    private static void AddUnpriced(StringBuilder text, ReplaySummary summary)
    {
        var reasons = summary.UnpricedReasons.ToList();
        Head(text, reasons.Count, "Unpriced, because:");
        foreach (var (reason, count) in reasons.Take(ReasonsShown))
        {
            Line(text, $"  {count,8:N0}  {reason}");
        }

        More(text, reasons.Count - ReasonsShown);
    }

    private static void AddQuarantined(StringBuilder text, ReplaySummary summary)
    {
        Head(text, summary.Quarantined, "Quarantined:");
        foreach (var rejected in summary.FirstQuarantined)
        {
            var place = rejected.IsByteOffset ? $"byte {rejected.Position:N0}" : $"record {rejected.Position:N0}";
            Line(text, $"  {rejected.Delivery}, {place}: {rejected.Reason}");
        }

        More(text, summary.Quarantined - summary.FirstQuarantined.Count);
    }

    private static void AddNotes(StringBuilder text, ReplaySummary summary)
    {
        var notes = summary.Notes.ToList();
        Head(text, notes.Count, "Notes:");
        foreach (var (remark, files, firstFile) in notes.Take(NotesShown))
        {
            var others = files == 1 ? "" : FormattableString.Invariant($" and {files - 1:N0} more");
            Line(text, $"  {firstFile}{others}: {remark}");
        }

        More(text, notes.Count - NotesShown);
    }

    private static void Count(StringBuilder text, string what, long count) => Line(text, $"  {what,-14}{count,12:N0}");

    private static void Head(StringBuilder text, long count, string head)
    {
        if (count > 0)
        {
            text.Append(head).Append('\n');
        }
    }

    private static void More(StringBuilder text, long count)
    {
        if (count > 0)
        {
            Line(text, $"  … and {count:N0} more");
        }
    }

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
