using System.Diagnostics;
using System.Globalization;
using System.Net;
using DdocCost.Benchmarks.Durable;
using DdocCost.Benchmarks.Faults;

namespace DdocCost.Benchmarks.Serving;

/// <summary>
/// <c>start [EVENTS [ROUNDS]]</c>: how long the app, with a job server inside and everything as shipped, takes from its process's start until it is ready, with nothing
/// stored and with so many cost events. Clock, and processor time of app and PostgreSQL, which holds on a busy machine too.
/// </summary>
internal static class StartBenchmark
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    /// <summary>Runs and prints a table.</summary>
    /// <returns>0 where the median with the events is under three seconds.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var events = args.Length > 0 ? long.Parse(args[0], CultureInfo.InvariantCulture) : 1_000_000;
        var rounds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 5;
        var folder = Directory.CreateTempSubdirectory("ddoc-bench-start-").FullName;
        try
        {
            using var servers = await PrivateServers.StartAsync();
            var (empty, filled) = (await servers.NewDatabaseAsync("empty"), await servers.NewDatabaseAsync("filled"));
            await History.FillAsync(servers, filled, folder, events);
            return await MeasureAsync(servers, folder, rounds, (empty, 0), (filled, events)) ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Prints the table of databases with so many cost events.</summary>
    /// <returns>Whether the median of the last is under three seconds.</returns>
    public static async Task<bool> MeasureAsync(PrivateServers servers, string folder, int rounds, params (string Database, long Events)[] stored)
    {
        Console.WriteLine("| cost events | ready after, median | shortest | longest | processor, app | processor, PostgreSQL |");
        Console.WriteLine("|---:|---:|---:|---:|---:|---:|");
        var median = TimeSpan.Zero;
        foreach (var (database, events) in stored)
        {
            median = await MeasureAsync(servers, database, folder, events, rounds);
        }

        return median < Limit;
    }

    private static async Task<TimeSpan> MeasureAsync(PrivateServers servers, string database, string folder, long events, int rounds)
    {
        string[] settings = [$"--ConnectionStrings:Postgres={database}", $"--ConnectionStrings:Redis={servers.Redis}", $"--Data:Folder={folder}/{events}", "--environment=Production"];
        var starts = new List<Start>();
        for (var round = 0; round <= rounds; round++)
        {
            starts.Add(await StartAsync(servers, settings));
        }

        starts.RemoveAt(0); // it migrates where nothing is, and warms the disk's cache
        var clocks = starts.Select(start => start.Clock).Order().ToList();
        Console.WriteLine(FormattableString.Invariant(
            $"| {events:N0} | {clocks[rounds / 2].TotalSeconds:N2} s | {clocks[0].TotalSeconds:N2} s | {clocks[^1].TotalSeconds:N2} s | {starts.Average(start => start.App.TotalSeconds):N2} s | {starts.Average(start => start.Postgres.TotalSeconds):N2} s |"));
        return clocks[rounds / 2];
    }

    private static async Task<Start> StartAsync(PrivateServers servers, string[] settings)
    {
        var (address, postgres) = ($"http://127.0.0.1:{FreePort()}", servers.PostgresTime);
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
        using var app = new Child("app", ["dotnet", Path.Combine(AppContext.BaseDirectory, "DdocCost.App.dll"), "serve", .. settings, $"--urls={address}"]);
        var clock = Stopwatch.StartNew();
        app.Start();
        while (!await IsReadyAsync(http, address))
        {
            await Task.Delay(10);
        }

        var start = new Start(clock.Elapsed, TimeSpan.FromSeconds(ProcessorTime.OfTree(app.Id)), servers.PostgresTime - postgres);
        await app.EndAsync("TERM"); // not INT, which a shell has its background jobs ignore
        return start;
    }

    private static async Task<bool> IsReadyAsync(HttpClient http, string address)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri($"{address}/health/ready"));
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false; // nobody listens yet
        }
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed record Start(TimeSpan Clock, TimeSpan App, TimeSpan Postgres);
}
