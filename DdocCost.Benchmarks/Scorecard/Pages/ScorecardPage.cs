using System.Globalization;
using System.Text;
using DdocCost.Benchmarks.Scorecard.Judging;

namespace DdocCost.Benchmarks.Scorecard.Pages;

/// <summary>The scorecard as Markdown.</summary>
internal static class ScorecardPage
{
    public static string Of(IReadOnlyList<SetResult> results, string picture)
    {
        var page = new StringBuilder();
        page.Append("""
            # How good is the detector?

            Written by `ops/scorecard.sh`; do not edit. Corpora are simulated, so all of it can be repeated: 28 days of CloudTrail with 20 labelled
            incidents and as many decoys as come (refused launches, Sunday batches, weekly trainings). Our own simulator is part of the product; the
            *shared* corpus is written by a simulator that is not in this repository and is left out where it is missing. The seeds below were not
            looked at while the detector was made. The first week of each corpus holds no incident. Calls that cost nothing are left out: they change no
            figure (a test says so).

            - **recall**: share of incidents that were alerted; **precision**: share of alerts that belong to an incident.
            - **false**: alerts that belong to none, per account and week after the first; **day 0**: per account in the first week.
            - **alerts / incident**: 1 is best. **median**: minutes of event time from an incident's first record to its first alert.
            - **burned**: dollars that incidents cost before their first alert, over what they cost until yesterday's bill would have told, at noon.
            - All are means over the corpora. Only alerts that interrupt a person count.


            """);
        foreach (var result in results)
        {
            Section(page, result);
        }

        Calibration(page, results, picture);
        return page.ToString();
    }

    private static void Section(StringBuilder page, SetResult result)
    {
        Line(page, $"## {result.Set.Name}");
        Line(page, $"");
        Line(page, $"{result.Set.About} Seeds {string.Join(", ", result.Seeds)}.");
        Line(page, $"");
        Line(page, $"| detector | recall | precision | false | day 0 | alerts / incident | median | burned | decoys alerted |");
        Line(page, $"|---|---:|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var detector in result.Detectors)
        {
            var all = result[detector];
            Line(page, $"| {detector} | {all.Average(o => o.Recall):0.000} | {all.Average(o => o.Precision):0.000} | {all.Average(o => o.FalsePerAccountWeek):0.000} | {all.Average(o => o.WarmUpPerAccount):0.00} | {all.Average(o => o.AlertsPerIncident):0.00} | {all.Average(o => o.MedianMinutes):0.0} | {all.Average(o => o.BurnedShare):0.0000} | {all.Sum(o => o.Decoys.Values.Sum())} |");
        }

        Line(page, $"");
        var same = result.SameCases;
        Line(page, $"Of {same.Both + same.OnlyFirst} cases that interrupted somebody, {same.Both} do so as well where every file comes twice and up to 15 minutes late, out of order; {same.OnlySecond} do so only there.");
        Line(page, $"");
        Scenarios(page, result);
        Seeds(page, result);
    }

    private static void Scenarios(StringBuilder page, SetResult result)
    {
        var plain = result.Detectors.Where(detector => detector is not SetResult.Ours and not SetResult.OursDelayed).ToList();
        Line(page, $"Incidents found, by scenario, and the median minutes until ours told:");
        Line(page, $"");
        Line(page, $"| scenario | of | {SetResult.Ours} | minutes | {string.Join(" | ", plain)} |");
        Line(page, $"|---|---:|---:|---:|{string.Concat(plain.Select(_ => "---:|"))}");
        foreach (var scenario in Incidents(SetResult.Ours).Select(met => met.Incident.Scenario).Distinct().Order(StringComparer.Ordinal))
        {
            var ours = Incidents(SetResult.Ours).Where(met => met.Incident.Scenario == scenario).ToList();
            double[] minutes = [.. ours.Where(met => met.FirstAlert is not null).Select(met => met.Minutes).Order()];
            var others = plain.Select(detector => Incidents(detector).Count(met => met.Incident.Scenario == scenario && met.FirstAlert is not null));
            Line(page, $"| {scenario} | {ours.Count} | {minutes.Length} | {(minutes.Length > 0 ? minutes[minutes.Length / 2].ToString("0", CultureInfo.InvariantCulture) : "")} | {string.Join(" | ", others)} |");
        }

        Line(page, $"");

        IEnumerable<Met> Incidents(string detector) => result[detector].SelectMany(outcome => outcome.Incidents);
    }

    private static void Seeds(StringBuilder page, SetResult result)
    {
        Line(page, $"Ours, seed by seed:");
        Line(page, $"");
        Line(page, $"| seed | recall | precision | false | day 0 | alerts / incident | burned |");
        Line(page, $"|---|---:|---:|---:|---:|---:|---:|");
        foreach (var (seed, o) in result.Seeds.Zip(result[SetResult.Ours]))
        {
            Line(page, $"| {seed} | {o.Recall:0.000} | {o.Precision:0.000} | {o.FalsePerAccountWeek:0.000} | {o.WarmUpPerAccount:0.00} | {o.AlertsPerIncident:0.00} | {o.BurnedShare:0.0000} |");
        }

        Line(page, $"");
    }

    private static void Calibration(StringBuilder page, IReadOnlyList<SetResult> results, string picture)
    {
        Line(page, $"## Does a score mean what it says?");
        Line(page, $"");
        Line(page, $"A score says in how many of a hundred such hours something unwanted is going on. Of the hours of an account (with any cost event, after the first week) whose loudest verdict was 80, 80 in 100 should hold an event of an incident. Dots above the diagonal were scored too low, below it too high:");
        Line(page, $"");
        Line(page, $"![Reliability diagram]({picture})");
        foreach (var result in results)
        {
            Line(page, $"");
            Line(page, $"{result.Set.Name} (Brier score {result.Reliability.Brier:0.0000}):");
            Line(page, $"");
            Line(page, $"| score | hours | mean score | held an incident |");
            Line(page, $"|---|---:|---:|---:|");
            foreach (var (edge, bin) in Reliability.Edges.Zip(result.Reliability.Bins))
            {
                var next = Reliability.Edges.FirstOrDefault(other => other > edge, 100);
                Line(page, $"| {edge:0} to {next:0} | {bin.Hours} | {(bin.Hours > 0 ? bin.Said.ToString("0.0", CultureInfo.InvariantCulture) : "")} | {(bin.Hours > 0 ? bin.Was.ToString("0.0", CultureInfo.InvariantCulture) + " %" : "")} |");
            }
        }
    }

    private static void Line(StringBuilder page, FormattableString line) => page.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
