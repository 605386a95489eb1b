using System.Globalization;
using System.Text;
using DdocCost.Benchmarks.Scorecard.Judging;

namespace DdocCost.Benchmarks.Scorecard.Pages;

/// <summary>A set's figures as plain text.</summary>
internal static class Summary
{
    public static string Of(SetResult result)
    {
        var text = new StringBuilder();
        Line(text, $"{result.Set.Name}, seeds {result.Seeds[0]} to {result.Seeds[^1]}");
        foreach (var detector in result.Detectors)
        {
            var all = result[detector];
            Line(text, $"  {detector,-32} recall {all.Average(o => o.Recall):0.000}  precision {all.Average(o => o.Precision):0.000}  false {all.Average(o => o.FalsePerAccountWeek):0.000}  day 0 {all.Average(o => o.WarmUpPerAccount):0.00}  alerts/incident {all.Average(o => o.AlertsPerIncident):0.00}  median {all.Average(o => o.MedianMinutes):0.0} min  burned {all.Average(o => o.BurnedShare):0.0000}  decoys {all.Sum(o => o.Decoys.Values.Sum())}");
        }

        var missed = result[SetResult.Ours].SelectMany(o => o.Incidents).GroupBy(met => met.Incident.Scenario).Where(g => g.Any(met => met.FirstAlert is null));
        Line(text, $"  missed: {string.Join(", ", missed.Select(g => $"{g.Count(met => met.FirstAlert is null)} of {g.Count()} {g.Key}"))}");
        Line(text, $"  cases in order and late: {result.SameCases.Both} in both, {result.SameCases.OnlyFirst} only in order, {result.SameCases.OnlySecond} only late");
        Line(text, $"  reliability: {string.Join("  ", result.Reliability.Bins.Where(bin => bin.Hours > 0).Select(bin => FormattableString.Invariant($"{bin.Said:0}: {bin.Was:0} % of {bin.Hours}")))}");
        return text.ToString();
    }

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
