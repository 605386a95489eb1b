using System.Diagnostics;
using System.Globalization;

namespace DdocCost.Benchmarks;

/// <summary>
/// Measures the hot path on one core against <c>gzip -dc</c> of the same files. Every round runs each stage and the real gzip process once, so
/// that whatever else the machine does hits all of them alike, and counts processor time, not the clock; the ratios are medians of the ratios
/// within a round. A micro-benchmark harness would measure each alone, minutes apart, and cannot run another process as its baseline.
/// </summary>
internal static class HotPathComparison
{
    private const int WarmUpRounds = 10; // until the runtime has compiled it all for good

    /// <summary><c>[FILES [ROUNDS]]</c>: runs and prints a table.</summary>
    public static int Run(string[] args)
    {
        var fileCount = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 200;
        var rounds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 7;

        // This thread, and the processes it starts, stay on one core; garbage is collected on the thread that makes it (see the project file).
        if (OperatingSystem.IsLinux())
        {
            Process.GetCurrentProcess().ProcessorAffinity = 1;
        }

        var folder = Directory.CreateTempSubdirectory("ddoc-benchmarks-");
        try
        {
            Console.WriteLine($"Writing {fileCount} files of {TrailFiles.RecordsPerFile} records, {TrailFiles.CostBearingShare:P0} of them cost-bearing …");
            var files = new TrailFiles(seed: 1).Write(folder.FullName, fileCount);
            IStage[] stages = [new GzipProcess(), .. HotPath.Stages()];
            var results = stages.ToDictionary(stage => stage, _ => new List<Measurement>());
            for (var round = -WarmUpRounds; round < rounds; round++)
            {
                foreach (var stage in stages)
                {
                    var measurement = stage.Run(files);
                    if (round >= 0)
                    {
                        results[stage].Add(measurement);
                    }
                }
            }

            Console.Write(ResultTable.Of(stages, results));
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
