using System.Globalization;
using System.Text;

namespace DdocCost.Benchmarks.Durable;

/// <summary>
/// <c>durable [FILES] [ROUNDS] [SHARE …]</c>: our durable import beside what DuckDB takes only to read, filter and group the same files, both with
/// two threads, in turns. The clock counts what others do on the machine too; processor time does not.
/// </summary>
internal static class DurableComparison
{
    // The runtime compiles for good only what ran for some millions of records; a server is past that in its first minutes. `long` shows the way there.
    private const int WarmUps = 8;

    /// <summary>Runs and prints a table.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var files = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 400;
        var rounds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 3;
        double[] shares = args.Length > 2 ? [.. args[2..].Select(share => double.Parse(share, CultureInfo.InvariantCulture))] : [0.01, 0.03, 0.1, 1];
        using var servers = await PrivateServers.StartAsync();
        var import = new DurableImport(servers);
        Console.WriteLine($"{files} files of {TrailFiles.RecordsPerFile} records, durable import into PostgreSQL on the same processors; medians of {rounds} rounds after {WarmUps} of ours that warm up and one of DuckDB");
        Console.WriteLine();
        Console.WriteLine("| cost-bearing | records/s | × DuckDB | µs processor a record: ours | PostgreSQL | DuckDB | processor × DuckDB | peak MB |");
        Console.WriteLine("| -----------: | --------: | -------: | --------------------------: | ---------: | -----: | -----------------: | ------: |");
        foreach (var share in shares)
        {
            Console.WriteLine(await RowAsync(import, files, rounds, share));
        }

        return 0;
    }

    private static async Task<string> RowAsync(DurableImport import, int files, int rounds, double share)
    {
        var folder = Directory.CreateTempSubdirectory("ddoc-benchmarks-");
        try
        {
            var trail = Path.Combine(folder.FullName, "trail");
            new TrailFiles(seed: 1, share).Write(trail, files);
            // One process and one database, as on a server: a new process each round would compile anew what is made at run time, and that was a tenth of its time.
            using var host = await import.StartAsync(FormattableString.Invariant($"share{share * 1000:F0}"), Path.Combine(folder.FullName, "archive"));
            var (ours, duck) = (new List<DurableRun>(), new List<(TimeSpan Elapsed, TimeSpan Used)>());
            for (var round = 0; round < WarmUps; round++)
            {
                await import.RunAsync(host, trail);
            }

            var peak = PeakMegabytes(); // ours alone
            DuckDbRead.Run(trail);
            for (var round = 0; round < rounds; round++)
            {
                ours.Add(await import.RunAsync(host, trail));
                duck.Add(DuckDbRead.Run(trail));
            }

            await host.StopAsync();
            var records = (double)ours[0].Records;
            var text = new StringBuilder();
            text.Append(CultureInfo.InvariantCulture, $"| {share,12:P0} | {Median(ours.Select(run => records / run.Elapsed.TotalSeconds)),9:N0} ");
            text.Append(CultureInfo.InvariantCulture, $"| {Median(ours.Zip(duck, (run, peer) => peer.Elapsed / run.Elapsed)),8:N2} ");
            text.Append(CultureInfo.InvariantCulture, $"| {Median(ours.Select(run => run.Ours.TotalMicroseconds / records)),27:N1} | {Median(ours.Select(run => run.Postgres.TotalMicroseconds / records)),10:N1} ");
            text.Append(CultureInfo.InvariantCulture, $"| {Median(duck.Select(peer => peer.Used.TotalMicroseconds / records)),6:N1} ");
            text.Append(CultureInfo.InvariantCulture, $"| {Median(ours.Zip(duck, (run, peer) => peer.Used / (run.Ours + run.Postgres))),18:N2} ");
            text.Append(CultureInfo.InvariantCulture, $"| {peak,7:N0} |");
            return text.ToString();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static double PeakMegabytes()
    {
        var line = File.ReadLines("/proc/self/status").First(text => text.StartsWith("VmHWM:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
