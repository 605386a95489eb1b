using System.Globalization;

namespace DdocCost.Benchmarks.Durable;

/// <summary>Processor time from <c>/proc</c>, which does not change with what else the machine does.</summary>
internal static class ProcessorTime
{
    private const double TicksPerSecond = 100; // sysconf(_SC_CLK_TCK) on Linux

    /// <summary>Seconds of user and system time of a process, its living children and those it has waited for.</summary>
    public static double OfTree(int processId)
    {
        var ticks = 0L;
        foreach (var folder in Directory.GetDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) && StatOf(id) is { } stat && (id == processId || stat.Parent == processId))
            {
                ticks += stat.Ticks;
            }
        }

        return ticks / TicksPerSecond;
    }

    /// <summary>proc(5): after the name in brackets come state, parent, … and at places 12 to 15 utime, stime, cutime, cstime.</summary>
    private static (int Parent, long Ticks)? StatOf(int id)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{id}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return (int.Parse(fields[1], CultureInfo.InvariantCulture), fields[11..15].Sum(field => long.Parse(field, CultureInfo.InvariantCulture)));
        }
        catch (IOException)
        {
            return null; // it has ended
        }
    }
}
