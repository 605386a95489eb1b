using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using DdocCost.App;
using DdocCost.App.Access.Tokens;
using DdocCost.App.Anomalies;
using DdocCost.App.Audit;
using DdocCost.App.Coverage;
using DdocCost.App.Detection;
using DdocCost.App.Events;
using DdocCost.App.Exposure;
using DdocCost.App.Health;
using DdocCost.App.Overview;
using DdocCost.App.Quarantine;
using DdocCost.App.Search;
using DdocCost.App.Sources;
using DdocCost.App.Zombies;
using DdocCost.Benchmarks.Durable;
using DdocCost.Domain.Access;
using DdocCost.Domain.Audit;
using Marten;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace DdocCost.Benchmarks.Serving;

/// <summary>
/// <c>pages [EVENTS [ROUNDS]]</c>: how long the server takes for what each page reads, and for each list of the API over HTTP, with so many cost events
/// behind it. A page is to open in under a second with ten million.
/// </summary>
/// <remarks>
/// The mean processor time of application and PostgreSQL together, which holds on a busy machine too, and the median of the clock. Of a person who sees all,
/// and of one who sees two of 200 accounts. What a page reads is nearly all of its time; drawing it comes on top.
/// </remarks>
internal static class PagesBenchmark
{
    private const double Limit = 1000;

    /// <summary>Runs and prints a table.</summary>
    /// <returns>0 where all took less than a second of processor time, else 1.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var events = args.Length > 0 ? long.Parse(args[0], CultureInfo.InvariantCulture) : 1_000_000;
        var rounds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 5;
        var folder = Directory.CreateTempSubdirectory("ddoc-bench-pages-").FullName;
        try
        {
            using var servers = await PrivateServers.StartAsync();
            var database = await servers.NewDatabaseAsync("pages");
            await History.FillAsync(servers, database, folder, events);
            return await MeasureAsync(servers, database, folder, events, rounds) ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Prints the table of a database that was filled.</summary>
    /// <returns>Whether all took less than a second of processor time.</returns>
    public static async Task<bool> MeasureAsync(PrivateServers servers, string database, string folder, long events, int rounds)
    {
        await using var app = Server.Build(
            [
                "--urls=http://127.0.0.1:0", "--environment=Production", $"--ConnectionStrings:Postgres={database};Command Timeout=600", $"--ConnectionStrings:Redis={servers.Redis}",
                $"--Data:Folder={folder}/data", "--Jobs:InProcess=false", "--Access:ApiCallsPerMinute=100000",
            ],
            builder => builder.Logging.ClearProviders());
        await app.StartAsync();
        Console.WriteLine(FormattableString.Invariant($"Pages with {events:N0} cost events; {rounds} rounds after one that warms up, milliseconds"));
        Console.WriteLine();
        Console.WriteLine("| what | processor | clock | who sees two accounts: processor | clock |");
        Console.WriteLine("|---|---:|---:|---:|---:|");
        var isGood = true;
        using var all = await ClientAsync(app, accounts: null);
        using var two = await ClientAsync(app, [History.Account, "100000000008"]);
        foreach (var (name, read) in Reads(app.Services).Concat(Lists(all, two)))
        {
            isGood &= await MeasureAsync(servers, name, read, rounds);
        }

        await app.StopAsync();
        return isGood;
    }

    private static async Task<bool> MeasureAsync(PrivateServers servers, string name, Func<bool, Task> read, int rounds)
    {
        var (whole, part) = (await TakeAsync(servers, () => read(false), rounds), await TakeAsync(servers, () => read(true), rounds));
        Console.WriteLine(FormattableString.Invariant($"| {name} | {whole.Processor:N0} | {whole.Clock:N0} | {part.Processor:N0} | {part.Clock:N0} |"));
        return Math.Max(whole.Processor, part.Processor) < Limit;
    }

    private static async Task<(double Processor, double Clock)> TakeAsync(PrivateServers servers, Func<Task> read, int rounds)
    {
        try
        {
            await read();
            var times = new List<double>();
            var before = Used(servers);
            for (var round = 0; round < rounds; round++)
            {
                var watch = Stopwatch.StartNew();
                await read();
                times.Add(watch.Elapsed.TotalMilliseconds);
            }

            return ((Used(servers) - before).TotalMilliseconds / rounds, times.Order().ElementAt(rounds / 2));
        }
        catch (Exception e) when (e is TimeoutException or NpgsqlException or HttpRequestException)
        {
            Console.Error.WriteLine($"{e.GetType().Name}: {e.Message}");
            return (double.PositiveInfinity, double.PositiveInfinity);
        }
    }

    /// <summary>By this process and PostgreSQL with its workers.</summary>
    private static TimeSpan Used(PrivateServers servers) => Process.GetCurrentProcess().TotalProcessorTime + servers.PostgresTime;

    private static IEnumerable<(string Name, Func<bool, Task> Read)> Reads(IServiceProvider services)
    {
        static Sight Of(bool part) => part ? new Sight(History.Tenant, [History.Account, "100000000008"]) : Sight.OfAll(History.Tenant);
        T Get<T>() where T : notnull => services.GetRequiredService<T>();
        yield return ("Overview, 24 hours", part => Get<OverviewReader>().ReadAsync(Of(part), OverviewPeriod.Of("24h"), default));
        yield return ("Overview, 28 days", part => Get<OverviewReader>().ReadAsync(Of(part), OverviewPeriod.Of("28d"), default));
        yield return ("Anomalies, open", part => Get<AnomalyReader>().ListAsync(Of(part), AnomalyFilter.Of("open", null, null, null, 1), default));
        yield return ("Anomalies, all, page 40", part => Get<AnomalyReader>().ListAsync(Of(part), AnomalyFilter.Of("all", null, null, null, 40), default));
        yield return ("Anomalies, with a word", part => Get<AnomalyReader>().ListAsync(Of(part), AnomalyFilter.Of("all", null, null, "person-77", 1), default));
        yield return ("One anomaly", part => Get<AnomalyReader>().OneAsync(Of(part), "case7", default));
        yield return ("Exposure", part => Get<ExposureReader>().ReadAsync(Of(part), ExposureFilter.Of(null, null, null, null, null, null, null, null), OverviewPeriod.Of("28d"), default));
        yield return ("Exposure, with a word", part => Get<ExposureReader>().ReadAsync(Of(part), ExposureFilter.Of(null, null, null, null, null, "abc", "spent", 2), OverviewPeriod.Of("24h"), default));
        yield return ("Events", part => Get<EventReader>().ReadAsync(Of(part), EventFilter.Of(null, null, null, null, 1), default));
        yield return ("Events, page 1,000", part => Get<EventReader>().ReadAsync(Of(part), EventFilter.Of(null, null, null, null, 1000), default));
        yield return ("Events of an account", part => Get<EventReader>().ReadAsync(Of(part), EventFilter.Of(History.Account, null, null, null, 1), default));
        yield return ("Events of a service", part => Get<EventReader>().ReadAsync(Of(part), EventFilter.Of(null, "glue", null, null, 1), default));
        yield return ("Events of an actor", part => Get<EventReader>().ReadAsync(Of(part), EventFilter.Of(null, null, "role/Team/person-7", null, 1), default));
        yield return ("Events of an actor who is not", part => Get<EventReader>().ReadAsync(Of(part), EventFilter.Of(null, null, "role/nobody", null, 1), default));
        yield return ("Events, alerted", part => Get<EventReader>().ReadAsync(Of(part), EventFilter.Of(null, null, null, "alerted", 1), default));
        yield return ("Events, unpriced", part => Get<EventReader>().ReadAsync(Of(part), EventFilter.Of(null, null, null, "unpriced", 1), default));
        yield return ("Events, refused (none)", part => Get<EventReader>().ReadAsync(Of(part), EventFilter.Of(null, null, null, "refused", 1), default));
        yield return ("Search, a resource", part => Get<SearchReader>().FindAsync(Of(part), "i-0a1b", default));
        yield return ("Search, an actor", part => Get<SearchReader>().FindAsync(Of(part), "person-77", default));
        yield return ("Search, nothing", part => Get<SearchReader>().FindAsync(Of(part), "zzzzzzzz", default));
        yield return ("Detection, what is normal", part => Get<DetectionReader>().ReadAsync(Of(part), DetectionFilter.Of(null, null, null, 1, null), default));
        yield return ("Detection, expected", part => Get<DetectionReader>().ReadAsync(Of(part), DetectionFilter.Of("expected", null, null, 1, null), default));
        yield return ("Coverage", part => Get<CoverageReader>().ReadAsync(Of(part), default));
        yield return ("Zombies", part => Get<ZombieReader>().ReadAsync(Of(part), ZombieFilter.Of(null, null, null, null, null, null, small: false, null, 1), default));
        yield return ("Accounts", part => Get<AccountReader>().ReadAsync(Of(part), default));
        yield return ("Audit", _ => Get<AuditReader>().ReadAsync(History.Tenant, AuditFilter.Of(null, null, null, null, null, null, 1), default));
        yield return ("Quarantine", part => Get<QuarantineReader>().ReadAsync(Of(part), 1, default));
        yield return ("System", _ => Get<SystemReader>().ReadAsync(History.Tenant, withPlaces: true, default));
        yield return ("System, delays of alerts", part => Get<AlertDelayReader>().ReadAsync(Of(part), default));
    }

    private static IEnumerable<(string Name, Func<bool, Task> Read)> Lists(HttpClient all, HttpClient two)
    {
        string[] paths =
        [
            "cases", "cases?state=open", "cost-events", "cost-events?limit=500", "cost-events?service=glue", "cost-events?show=unpriced", "resources", "zombies", "baselines", "search?q=person-77", "scans", "accounts", "quarantine", "sensitivity",
            "expectations",
        ];
        return paths.Select(path => ($"API {path}", (Func<bool, Task>)(async part =>
        {
            using var answer = await (part ? two : all).GetAsync($"/api/v1/{path}");
            answer.EnsureSuccessStatusCode();
            await answer.Content.ReadAsByteArrayAsync();
        })));
    }

    private static async Task<HttpClient> ClientAsync(WebApplication app, IReadOnlyList<string>? accounts)
    {
        var store = app.Services.GetRequiredService<IDocumentStore>();
        var owner = new AppUser { Name = $"owner{accounts?.Count}", NormalizedName = $"OWNER{accounts?.Count}", TenantId = History.Tenant, Role = AccessRole.Responder, Accounts = accounts };
        await using (var session = store.LightweightSession())
        {
            session.Store(owner);
            await session.SaveChangesAsync();
        }

        var (secret, problem) = await app.Services.GetRequiredService<ApiTokens>().CreateAsync(owner, "pages", AccessRole.Viewer, TimeSpan.FromDays(1), null, isService: false, Mouth.Command, default);
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new HttpClient { BaseAddress = new Uri(address), Timeout = TimeSpan.FromMinutes(5), DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", secret ?? throw new InvalidOperationException(problem)) } };
    }
}
