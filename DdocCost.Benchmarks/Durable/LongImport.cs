using System.Diagnostics;
using System.Globalization;
using DdocCost.Jobs.Polling;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DdocCost.Benchmarks.Durable;

/// <summary>
/// <c>long [MILLIONS]</c>: one process imports so many million records, half a million at a time, into one database: whether memory and the cost of
/// a record stay what they were. Memory is that of the import alone: the files of a part are written before its peak is counted from nothing, over
/// those of the last one: ext4 passes over each file that was deleted lately for each one that is created.
/// </summary>
internal static class LongImport
{
    private const int FilesAtOnce = 500;

    /// <summary>Runs and prints a line a million.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var parts = 2 * (args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 10);
        using var servers = await PrivateServers.StartAsync();
        var folder = Directory.CreateTempSubdirectory("ddoc-benchmarks-");
        try
        {
            using var host = await new DurableImport(servers).StartAsync("long", Path.Combine(folder.FullName, "archive"));
            Console.WriteLine("| million records | records/s | µs processor a record: ours | PostgreSQL | peak MB | MB after collecting | live objects MB | held for objects MB |");
            Console.WriteLine("| --------------: | --------: | --------------------------: | ---------: | ------: | ------------------: | --------------: | ------------------: |");
            var files = new TrailFiles(seed: 1);
            for (var part = 1; part <= parts; part++)
            {
                await PartAsync(host, servers, files, Path.Combine(folder.FullName, "trail"), part);
            }

            await host.StopAsync();
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        return 0;
    }

    private static async Task PartAsync(IHost host, PrivateServers servers, TrailFiles files, string folder, int part)
    {
        files.Write(folder, FilesAtOnce);
        GC.Collect();
        await File.WriteAllTextAsync("/proc/self/clear_refs", "5"); // the peak of resident memory starts anew
        var (ours, theirs, clock) = (Environment.CpuUsage.TotalTime, servers.PostgresTime, Stopwatch.StartNew());
        var summary = await host.Services.GetRequiredService<FolderImport>().RunAsync("default", folder, progress: null, CancellationToken.None);
        var (elapsed, records) = (clock.Elapsed, (double)summary.Scored.Records);
        (ours, theirs) = (Environment.CpuUsage.TotalTime - ours, servers.PostgresTime - theirs);
        if (part % 2 == 0)
        {
            var peak = Megabytes("VmHWM:");
            GC.Collect();
            var heap = GC.GetGCMemoryInfo();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {part / 2,15} | {records / elapsed.TotalSeconds,9:N0} | {ours.TotalMicroseconds / records,27:N1} | {theirs.TotalMicroseconds / records,10:N1} | {peak,7:N0} | {Megabytes("VmRSS:"),19:N0} | {heap.HeapSizeBytes / 1048576.0,15:N0} | {heap.TotalCommittedBytes / 1048576.0,19:N0} |"));
        }
    }

    private static double Megabytes(string what)
    {
        var line = File.ReadLines("/proc/self/status").First(text => text.StartsWith(what, StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }
}
