using System.Globalization;
using System.Text;
using DdocCost.Benchmarks.Scorecard.Corpora;
using DdocCost.Benchmarks.Scorecard.Detectors;
using DdocCost.Benchmarks.Scorecard.Judging;

namespace DdocCost.Benchmarks.Scorecard.Pages;

/// <summary>What went wrong in one corpus, a line each.</summary>
internal static class SeedList
{
    private const double Late = 120;

    public static string Of(Corpus corpus, Outcome outcome, Recording recording)
    {
        var text = new StringBuilder();
        foreach (var met in outcome.Incidents.Where(met => met.FirstAlert is null || met.Minutes > Late))
        {
            Line(text, $"  {corpus.Seed,4} {(met.FirstAlert is null ? "missed" : FormattableString.Invariant($"after {met.Minutes / 60:0.0} h")),-13} {met.Incident.Scenario}, {met.Incident.Start:ddd MM-dd HH:mm}, {met.Incident.UsdPerHour:0.00} USD/h");
            var loudest = recording.Events.Where(e => met.Incident.EventIds.Contains(e.Costed.Event.EventId)).MaxBy(e => e.Verdict.Score);
            Line(text, $"                     {loudest?.Verdict.Score:0}: {Raised.Numbers(loudest?.Verdict.Components ?? [])}");
        }

        foreach (var alert in outcome.FalseAlerts)
        {
            var kind = corpus.Key.Accounts.FirstOrDefault(account => account.Id == alert.Account)?.Kind;
            Line(text, $"  {corpus.Seed,4} false         {kind}, {alert.At:ddd MM-dd HH:mm}: {alert.Why}");
        }

        return text.ToString();
    }

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
