using System.Diagnostics;
using System.Globalization;

namespace DdocCost.Benchmarks.Faults;

/// <summary>
/// <c>faults [MINUTES [SEED [KINDS [OLD_PROGRAMS]]]]</c>: real processes are killed, frozen and cut off, disks filled and clocks put wrong at random under a known
/// load; what is left is compared with a run of the same load that was left alone. KINDS are names of <see cref="FaultKinds"/> with commas between, or <c>all</c>, as
/// without them. With a folder of an earlier version's programs, that version makes the database and takes in the first files, this one upgrades it meanwhile, and one
/// job server goes on with the old programs beside the new ones.
/// </summary>
internal static class FaultsCommand
{
    /// <summary>Runs and prints. Fails when anything differs.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var minutes = args.Length > 0 ? double.Parse(args[0], CultureInfo.InvariantCulture) : 30;
        var seed = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : Environment.TickCount;
        var clock = Stopwatch.StartNew();
        void Tell(string what) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{clock.Elapsed.TotalSeconds,7:N1} s  {what}"));

        Console.WriteLine($"faults over {minutes} minutes, seed {seed}");
        var pace = new FaultPace(TimeSpan.FromSeconds(minutes < 2 ? 2 : 10), TimeSpan.FromSeconds(minutes < 2 ? 2 : 8), (args.ElementAtOrDefault(2) ?? "all").Split(','));
        var result = await new FaultRun(seed, TimeSpan.FromMinutes(minutes), Tell, args.ElementAtOrDefault(3)).RunAsync((int)Math.Clamp(minutes * 2, 3, 28), pace);
        Console.WriteLine($"faults: {string.Join(", ", result.Faults.OrderBy(fault => fault.Key, StringComparer.Ordinal).Select(fault => $"{fault.Value} × {fault.Key}"))}");
        Console.WriteLine($"left alone: {result.Calm}; came twice {result.Calm.Repeats}, lost {result.Calm.Lost}");
        Console.WriteLine($"under faults: {result.Faulty}; came twice {result.Faulty.Repeats}, lost {result.Faulty.Lost}");
        foreach (var process in result.Processes)
        {
            Console.WriteLine($"{process.Name} ended {process.EndedByItself} times by itself\n{string.Join('\n', process.Complaints)}".Trim());
        }

        foreach (var difference in result.Differences.Take(20))
        {
            Console.WriteLine(difference);
        }

        Console.WriteLine(result.Differences.Count == 0 ? result.IsOfTwoVersions ? "equal by name" : "equal" : $"{result.Differences.Count} differences");
        return result.Differences.Count == 0 && result.Faulty.Lost == 0 ? 0 : 1;
    }
}
