using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using DdocCost.Benchmarks.Durable;
using DdocCost.Domain;
using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Notify;
using DdocCost.Domain.Notify.Routing;
using DdocCost.Domain.Storage;
using DdocCost.Jobs;
using DdocCost.Jobs.Live;
using DdocCost.Jobs.Notify;
using DdocCost.Jobs.Scoring;
using Marten;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace DdocCost.Benchmarks.Telling;

/// <summary>
/// <c>told [EVENTS [PER_SECOND [RECORDS_PER_SECOND]]]</c>: from a record at the intake to the message that two webhook channels took, each incident in an account of its
/// own, while another tenant's trail comes in beside it. PostgreSQL waits for the disk.
/// </summary>
internal static class TellingBenchmark
{
    private const string Tenant = "default";

    /// <summary>Runs and prints a table.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var events = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1_000;
        var perSecond = args.Length > 1 ? double.Parse(args[1], CultureInfo.InvariantCulture) : 20;
        var load = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 1_000;
        using var servers = await PrivateServers.StartAsync();
        await using var receiver = await Receiver.StartAsync();
        var folder = Directory.CreateTempSubdirectory("ddoc-bench-told-");
        try
        {
            using var host = Host(await servers.NewDatabaseAsync("told"), servers.Redis, folder.FullName);
            await host.Services.GetRequiredService<Migrations>().ApplyAsync((_, _) => { }, CancellationToken.None);
            await PrepareAsync(host.Services, receiver.Url);
            await host.StartAsync();
            using var enough = new CancellationTokenSource();
            var noise = Task.Run(() => LoadAsync(host.Services, folder.FullName, load, enough.Token), CancellationToken.None);
            var sent = await SendAsync(host.Services, events, perSecond);
            await receiver.UntilAsync(events * 2, TimeSpan.FromMinutes(3));
            await enough.CancelAsync();
            var records = await noise;
            await PrintAsync(host.Services, receiver, sent, records);
            await host.StopAsync();
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        return 0;
    }

    private static IHost Host(string database, string redis, string folder)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection([new("Data:Folder", folder), new("Notify:AllowedInternal:0", "127.0.0.1")]);
        builder.Services.AddDomain(database).AddLiveFeed(redis).AddJobStorage(database).AddScoring().AddDispatcher();
        return builder.Build();
    }

    private static async Task PrepareAsync(IServiceProvider services, string url)
    {
        var box = services.GetRequiredService<ISecretBox>();
        await using var session = services.GetRequiredService<IDocumentStore>().LightweightSession(Tenant);
        session.Store(new RoutingPolicy { CasesPerHour = 10_000 });
        session.Store(((string[])["one", "two"]).Select(name => new Channel
        {
            Id = name, Name = name, Kind = ChannelKind.Webhook, Settings = new Dictionary<string, string> { ["url"] = $"{url}/{name}" },
            SealedSecrets = new Dictionary<string, string> { ["secret"] = box.Protect(Channel.SecretPurpose, "0123456789abcdef0123456789abcdef") },
        }));
        await session.SaveChangesAsync();
    }

    /// <summary>Keeps the same pipeline busy with somebody else's trail.</summary>
    private static async Task<long> LoadAsync(IServiceProvider services, string folder, int perSecond, CancellationToken cancellationToken)
    {
        var records = 0L;
        var trail = Directory.CreateDirectory(Path.Combine(folder, "noise")).FullName;
        var clock = Stopwatch.StartNew();
        for (var seed = 1; !cancellationToken.IsCancellationRequested; seed++)
        {
            new TrailFiles(seed, 0.03).Write(trail, 1);
            while (records > clock.Elapsed.TotalSeconds * perSecond && !cancellationToken.IsCancellationRequested)
            {
                await Task.Delay(10, CancellationToken.None);
            }

            var deliveries = Directory.GetFiles(trail).Select(file => new Delivery($"{seed}/{Path.GetFileName(file)}", DateTimeOffset.UtcNow, () => File.OpenRead(file)));
            records += (await services.GetRequiredService<Intake>().TakeAsync("noise", "noise", [.. deliveries], CancellationToken.None)).Records;
        }

        return records;
    }

    private static async Task<ConcurrentDictionary<string, DateTimeOffset>> SendAsync(IServiceProvider services, int events, double perSecond)
    {
        var sent = new ConcurrentDictionary<string, DateTimeOffset>();
        var intake = services.GetRequiredService<Intake>();
        var (clock, takes) = (Stopwatch.StartNew(), new List<Task>());
        for (var i = 0; i < events; i++)
        {
            var wait = TimeSpan.FromSeconds(i / perSecond) - clock.Elapsed;
            await Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero);
            var account = (300_000_000_000 + i).ToString(CultureInfo.InvariantCulture);
            var bytes = Incident(account);
            sent[account] = DateTimeOffset.UtcNow;
            takes.Add(intake.TakeAsync(Tenant, "bench", [new Delivery(account, DateTimeOffset.UtcNow, () => new MemoryStream(bytes))], CancellationToken.None));
        }

        await Task.WhenAll(takes);
        return sent;
    }

    private static async Task PrintAsync(IServiceProvider services, Receiver receiver, ConcurrentDictionary<string, DateTimeOffset> sent, long records)
    {
        await using var connection = await services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync();
        var rows = await connection.QueryAsync(
            """
            select f.account_id, f.seen_at, f.scored_at, f.written_at, f.routed_at, m.claimed_at, m.id from notify.messages m join notify.facts f on f.seq = m.fact_seq
            where m.tenant_id = $1 and m.kind = 'case-opened'
            """,
            row => (Account: row.GetString(0), Times: (DateTimeOffset[])[.. Enumerable.Range(1, 5).Select(row.GetFieldValue<DateTimeOffset>)], Id: row.GetGuid(6)),
            CancellationToken.None, Tenant);
        var told = rows.Where(row => receiver.At.ContainsKey(row.Id)).Select(row => (DateTimeOffset[])[sent[row.Account], .. row.Times, receiver.At[row.Id]]).ToList();
        Console.WriteLine($"{sent.Count} incidents, {told.Count} messages taken by two channels ({receiver.Repeated} arrived twice); beside it {records:N0} records of another tenant were taken in");
        Console.WriteLine();
        Console.WriteLine("| hop | p50 ms | p95 ms | p99 ms | max ms |");
        Console.WriteLine("| --- | -----: | -----: | -----: | -----: |");
        string[] hops = ["arrives → durable at the intake", "→ priced and scored", "→ stored with case and notice", "→ routed", "→ claimed", "→ taken by the channel"];
        for (var hop = 0; hop < hops.Length; hop++)
        {
            Console.WriteLine(Row(hops[hop], told.Select(times => times[hop + 1] - times[hop])));
        }

        Console.WriteLine(Row("**arrives → taken by the channel**", told.Select(times => times[^1] - times[0])));
    }

    private static string Row(string name, IEnumerable<TimeSpan> spans)
    {
        double[] sorted = [.. spans.Select(span => span.TotalMilliseconds).Order()];
        double At(double share) => sorted[(int)Math.Min(sorted.Length - 1, Math.Ceiling(sorted.Length * share) - 1)];
        return string.Create(CultureInfo.InvariantCulture, $"| {name} | {At(0.5):N0} | {At(0.95):N0} | {At(0.99):N0} | {sorted[^1]:N0} |");
    }

    private static byte[] Incident(string account)
    {
        var instances = string.Join(',', Enumerable.Range(1, 16).Select(i => $$"""{"instanceId":"i-{{i:x17}}","instanceType":"p4d.24xlarge"}"""));
        return Encoding.UTF8.GetBytes(
            $$$"""
            {"Records":[{"eventVersion":"1.10","userIdentity":{"type":"IAMUser","arn":"arn:aws:iam::{{{account}}}:user/mallory","accountId":"{{{account}}}","userName":"mallory"},
            "eventTime":"{{{DateTimeOffset.UtcNow.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)}}}","eventSource":"ec2.amazonaws.com","eventName":"RunInstances",
            "awsRegion":"eu-west-1","sourceIPAddress":"198.51.100.7","userAgent":"aws-cli","requestParameters":{"instanceType":"p4d.24xlarge","instancesSet":{"items":[{"minCount":16,"maxCount":16}]}},
            "responseElements":{"instancesSet":{"items":[{{{instances}}}]}},"eventID":"{{{Guid.NewGuid()}}}","eventType":"AwsApiCall","recipientAccountId":"{{{account}}}"}]}
            """);
    }
}
