using System.Globalization;
using DdocCost.Benchmarks.Durable;

namespace DdocCost.Benchmarks.Fuzzing;

/// <summary><c>fuzz [MOUTH|all [SECONDS [SEED]]]</c>: spoilt input into the mouths of the whole application, with a PostgreSQL and a Redis of its own.</summary>
internal static class FuzzCommand
{
    /// <summary>Runs and prints. Fails on a fault in any mouth.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var which = args.Length > 0 ? args[0] : "all";
        var duration = TimeSpan.FromSeconds(args.Length > 1 ? double.Parse(args[1], CultureInfo.InvariantCulture) : 600);
        var seed = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : Environment.TickCount;
        using var servers = await PrivateServers.StartAsync("shared_buffers=128MB");
        await using var host = await FuzzHost.StartAsync(await servers.NewDatabaseAsync("fuzz"), servers.Redis);
        var mouths = (await FuzzRun.MouthsAsync(host)).Where(mouth => which == "all" || which.Split(',').Contains(mouth.Name)).ToList();
        Console.WriteLine($"seed {seed}");
        Console.WriteLine("| mouth | inputs | seconds | answers | heap grew, MiB | faults |");
        Console.WriteLine("| --- | ---: | ---: | --- | ---: | ---: |");
        var faults = 0;
        foreach (var mouth in mouths)
        {
            var result = await new FuzzRun(host, seed).RunAsync(mouth, duration, CancellationToken.None);
            Console.WriteLine(result);
            foreach (var fault in result.Faults)
            {
                Console.WriteLine($"    {fault.ReplaceLineEndings("\n    ")}");
            }

            faults += result.Faults.Count;
        }

        return mouths.Count > 0 && faults == 0 ? 0 : 1;
    }
}
