using System.Globalization;
using System.Text;

namespace DdocCost.Benchmarks;

/// <summary>The results as a table, medians over the rounds.</summary>
internal static class ResultTable
{
    public static string Of(IReadOnlyList<IStage> stages, IReadOnlyDictionary<IStage, List<Measurement>> results)
    {
        var floor = results[stages[0]];
        var (bytes, records) = (results.Values.Max(runs => runs[0].Bytes), results.Values.Max(runs => runs[0].Records));
        var text = new StringBuilder();
        Line(text, $"{records:N0} records, {bytes / 1e6:N1} MB uncompressed, one core, processor time, medians of {floor.Count} rounds");
        Line(text, $"");
        Line(text, $"| stage                |    MB/s | records/s | × gzip -dc | bytes allocated per record |");
        Line(text, $"| -------------------- | ------: | --------: | ---------: | -------------------------: |");
        foreach (var stage in stages)
        {
            var runs = results[stage];
            var seconds = Median(runs.Select(run => run.Seconds));
            var ratio = Median(runs.Zip(floor, (run, gzip) => gzip.Seconds / run.Seconds));
            var allocated = stage == stages[0] ? "" : FormattableString.Invariant($"{Median(runs.Select(run => (double)run.Allocated / records)):N0}");
            Line(text, $"| {stage.Name,-20} | {bytes / 1e6 / seconds,7:N0} | {records / seconds,9:N0} | {ratio,10:N2} | {allocated,26} |");
        }

        return text.ToString();
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
