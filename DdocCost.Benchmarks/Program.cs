using System.Diagnostics;
using System.Globalization;
using DdocCost.Benchmarks;
using DdocCost.Benchmarks.Scorecard;

// dotnet run -c Release --project DdocCost.Benchmarks [-- FILES [ROUNDS]]
// dotnet run -c Release --project DdocCost.Benchmarks -- scorecard --help
//
// Measures the hot path on one core against "gzip -dc" of the same files. Every round runs each stage and the real gzip process once, so that
// whatever else the machine does hits all of them alike, and counts processor time, not the clock; the ratios are medians of the ratios
// within a round. A micro-benchmark harness would measure each alone, minutes apart, and cannot run another process as its baseline.
// Then what one cost-bearing record and a look-up in the price book take; "-- 40 7 pricing" measures only these.
if (args is ["scorecard", .. var rest])
{
    return ScorecardCommand.Run(rest);
}

var fileCount = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 200;
var rounds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 7;
const int WarmUpRounds = 2;

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
    if (args is [_, _, "pricing"])
    {
        Console.Write(CostBearing.Measure(files, rounds));
        return 0;
    }

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
    Console.Write($"\n{CostBearing.Measure(files, rounds)}");
}
finally
{
    folder.Delete(recursive: true);
}

return 0;
