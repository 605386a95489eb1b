using System.Diagnostics;
using System.Globalization;

namespace DdocCost.Benchmarks;

/// <summary>The floor: the real <c>gzip -dc</c> over all files at once, its output thrown away.</summary>
internal sealed class GzipProcess : IStage
{
    public string Name => "gzip -dc";

    public Measurement Run(string[] files)
    {
        // The shell's keyword tells the processor time of the command alone.
        var start = new ProcessStartInfo("bash", ["-c", "TIMEFORMAT='%U %S'; time gzip -dc \"$@\" > /dev/null", "gzip", .. files]) { RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var times = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? new Measurement(times.Split().Where(time => time.Length > 0).Sum(time => double.Parse(time, CultureInfo.InvariantCulture)), 0, 0, 0)
            : throw new InvalidOperationException($"gzip ended with {process.ExitCode}: {times}");
    }
}
