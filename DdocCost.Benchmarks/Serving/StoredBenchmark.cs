using System.Globalization;
using DdocCost.Benchmarks.Durable;
using DdocCost.Domain.Storage;
using DdocCost.Jobs.Polling;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DdocCost.Benchmarks.Serving;

/// <summary>
/// <c>stored [EVENTS [ROUNDS [SETTING=VALUE …]]]</c>: what so many stored cost events make of everything at once, because filling takes longest: what a record costs to import, beside
/// the same on an empty database; how long pages take; and how long the app takes to start.
/// </summary>
internal static class StoredBenchmark
{
    private const int FilesAtOnce = 300;
    private const double DearerAtMost = 1.1;

    /// <summary>Runs and prints.</summary>
    /// <returns>0 where a record costs at most a tenth more than on the empty database, each page less than a second, and the start less than three.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var events = args.Length > 0 ? long.Parse(args[0], CultureInfo.InvariantCulture) : 10_000_000;
        var rounds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 5;
        var folder = Directory.CreateTempSubdirectory("ddoc-bench-stored-").FullName;
        try
        {
            using var servers = await PrivateServers.StartAsync(["max_wal_size=1GB", "maintenance_work_mem=1GB", .. args.Skip(2)]); // ten million fill 40 GB: less log, quicker indexes
            var (empty, full) = (await servers.NewDatabaseAsync("empty"), await servers.NewDatabaseAsync("filled"));
            await History.FillAsync(servers, full, folder, events);
            var isCheap = await ImportAsync(servers, empty, full, folder, rounds);
            var isQuick = await PagesBenchmark.MeasureAsync(servers, full, folder, events, rounds);
            Console.WriteLine();
            return await StartBenchmark.MeasureAsync(servers, folder, rounds, (empty, 0), (full, events)) && isCheap && isQuick ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The same files into both databases in turns, so that whatever else the machine does hits both; after a turn that warms up.</summary>
    private static async Task<bool> ImportAsync(PrivateServers servers, string empty, string full, string folder, int rounds)
    {
        using var intoEmpty = await HostAsync(servers, empty, Path.Combine(folder, "archive-empty"));
        using var intoFull = await HostAsync(servers, full, Path.Combine(folder, "archive-full"));
        Console.WriteLine("| imported | processor µs a record, ours: empty | full | PostgreSQL: empty | full |");
        Console.WriteLine("|---|---:|---:|---:|---:|");
        var files = new TrailFiles(seed: 1);
        var (inEmpty, inFull) = (new List<Cost>(), new List<Cost>());
        for (var round = 0; round <= rounds; round++)
        {
            var part = Path.Combine(folder, $"part{round}");
            files.Write(part, FilesAtOnce);
            inEmpty.Add(await TakeAsync(servers, intoEmpty, part));
            inFull.Add(await TakeAsync(servers, intoFull, part));
            Directory.Delete(part, recursive: true);
            Console.WriteLine(FormattableString.Invariant(
                $"| {(round == 0 ? "to warm up" : $"{round}")} | {inEmpty[^1].Ours:N2} | {inFull[^1].Ours:N2} | {inEmpty[^1].Postgres:N2} | {inFull[^1].Postgres:N2} |"));
        }

        await intoEmpty.StopAsync();
        await intoFull.StopAsync();
        var dearer = Median(inFull) / Median(inEmpty);
        Console.WriteLine(FormattableString.Invariant($"A record costs {dearer:N3} times what it costs on the empty database (medians)."));
        Console.WriteLine();
        return dearer <= DearerAtMost;
    }

    private static double Median(List<Cost> costs) => costs.Skip(1).Select(cost => cost.Ours + cost.Postgres).Order().ElementAt((costs.Count - 1) / 2);

    private static async Task<IHost> HostAsync(PrivateServers servers, string database, string archive)
    {
        var host = new DurableImport(servers).Host($"{database};Command Timeout=1200", archive);
        await host.Services.GetRequiredService<Migrations>().ApplyAsync((_, _) => { }, CancellationToken.None);
        await host.StartAsync();
        return host;
    }

    private static async Task<Cost> TakeAsync(PrivateServers servers, IHost host, string folder)
    {
        var (ours, theirs) = (Environment.CpuUsage.TotalTime, servers.PostgresTime);
        var summary = await host.Services.GetRequiredService<FolderImport>().RunAsync("default", folder, progress: null, CancellationToken.None);
        var records = (double)summary.Scored.Records;
        return new Cost((Environment.CpuUsage.TotalTime - ours).TotalMicroseconds / records, (servers.PostgresTime - theirs).TotalMicroseconds / records);
    }

    private sealed record Cost(double Ours, double Postgres);
}
