using System.Diagnostics;
using System.Globalization;
using DdocCost.Benchmarks.Durable;
using DdocCost.Benchmarks.Faults;

namespace DdocCost.Benchmarks.Growing;

/// <summary>
/// <c>grow [FILES]</c>: the same backlog worked through by one, two and four job servers, and by servers that are killed and added meanwhile; what they
/// leave is compared. <c>grow accounts [ACCOUNTS]</c>: many accounts on one machine.
/// </summary>
internal static class GrowCommand
{
    private const int Accounts = 64;
    private const double Share = 0.2;

    /// <summary>Runs and prints. Fails where what is left differs.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        if (args is ["accounts", .. var more])
        {
            return await ManyAccounts.RunAsync(more.Length > 0 ? int.Parse(more[0], CultureInfo.InvariantCulture) : 10_000);
        }

        var files = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 400;
        var folder = Directory.CreateTempSubdirectory("ddoc-grow-").FullName;
        try
        {
            using var servers = await PrivateServers.StartAsync("max_connections=300");
            var paths = new TrailFiles(1, Share, [.. Enumerable.Range(0, Accounts).Select(i => string.Create(CultureInfo.InvariantCulture, $"9{i:D11}"))]).Write(folder, files);
            Console.WriteLine($"{files} files of {TrailFiles.RecordsPerFile} records, {Share:P0} of them cost-bearing, {Accounts} accounts");
            Console.WriteLine("| job servers | records/s | processor s ours | PostgreSQL | of two cores | left behind |");
            Console.WriteLine("| --- | ---: | ---: | ---: | ---: | --- |");
            var runs = new List<string>();
            foreach (var (name, act) in new (string Name, Func<Backlog, Task> Act)[] { ("1", Alone(1)), ("2", Alone(2)), ("4", Alone(4)), ("2, two added, two killed, two added", ComeAndGoAsync) })
            {
                runs.Add(await RunAsync(servers, paths, name, $"grow{runs.Count}", act));
            }

            var isEqual = runs.Distinct().Count() == 1;
            Console.WriteLine(isEqual ? "all left the same" : "they differ");
            return isEqual ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Func<Backlog, Task> Alone(int servers) => async backlog =>
    {
        backlog.Start(servers);
        await backlog.UntilAsync(1);
    };

    private static async Task ComeAndGoAsync(Backlog backlog)
    {
        backlog.Start(2);
        await backlog.UntilAsync(0.25);
        backlog.Start(2);
        await backlog.UntilAsync(0.5);
        await backlog.KillAsync(2);
        await backlog.UntilAsync(0.75);
        backlog.Start(2);
        await backlog.UntilAsync(1);
    }

    private static async Task<string> RunAsync(PrivateServers servers, string[] files, string name, string database, Func<Backlog, Task> act)
    {
        await using var backlog = await Backlog.FillAsync(servers, await servers.NewDatabaseAsync(database), files);
        var theirs = servers.PostgresTime;
        var started = backlog.BeganAsync();
        var work = act(backlog);
        var clock = Stopwatch.StartNew();
        await Task.WhenAny(started, work); // which fails where no server stays alive
        var first = clock.Elapsed;
        await work;
        var (elapsed, ours) = (clock.Elapsed - first, backlog.ProcessorTime);
        theirs = servers.PostgresTime - theirs;
        var left = await backlog.LeftAsync();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {files.Length * TrailFiles.RecordsPerFile / elapsed.TotalSeconds:N0} | {ours.TotalSeconds:N1} | {theirs.TotalSeconds:N1} | {(ours + theirs) / (clock.Elapsed * 2):P0} | {left} |"));
        return left;
    }
}
