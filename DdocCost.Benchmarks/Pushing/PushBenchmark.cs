using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using DdocCost.App;
using DdocCost.App.Ingest.Agents;
using DdocCost.App.Ingest.Push;
using DdocCost.App.Live;
using DdocCost.Benchmarks.Durable;
using DdocCost.Domain.Ingestion;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DdocCost.Benchmarks.Pushing;

/// <summary>
/// <c>push [AGENT PROGRAM]</c>: how much the webhook and an agent take in, beside the same files given to the intake directly, and how soon an
/// event is on the live feed at 2,000 records a second. The whole application with scoring inside, on a PostgreSQL that waits for the disk.
/// </summary>
internal static class PushBenchmark
{
    private const string Tenant = "default";
    private const int BatchSize = 50;
    private const int PerSecond = 2_000;
    private static readonly TimeSpan LiveFor = TimeSpan.FromSeconds(20);

    /// <summary>Runs and prints.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var folder = Directory.CreateTempSubdirectory("ddoc-bench-push-");
        using var servers = await PrivateServers.StartAsync();
        try
        {
            await using var app = Server.Build(
                ["--urls=http://127.0.0.1:0", "--environment=Production", "--Ingest:AgentUrl=http://127.0.0.1:0", "--Ingest:FilterAtAgents=false",
                    $"--ConnectionStrings:Postgres={await servers.NewDatabaseAsync("push")}", $"--ConnectionStrings:Redis={servers.Redis}", $"--Data:Folder={folder.FullName}/data"],
                builder => builder.Logging.ClearProviders());
            await app.StartAsync();
            await MeasureAsync(app, folder.FullName, args.FirstOrDefault());
            await app.StopAsync();
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        return 0;
    }

    private static async Task MeasureAsync(WebApplication app, string folder, string? agentProgram)
    {
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.ToList();
        var (_, token) = await app.Services.GetRequiredService<PushDesk>().CreateAsync(Tenant, "benchmark", new PushDraft("webhook", PushKind.Token, [], [], null), CancellationToken.None);
        using var http = new HttpClient { BaseAddress = new Uri(addresses[0]) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var files = new TrailFiles(1).Write($"{folder}/files", 60);

        var direct = await DirectAsync(app, files);
        await DrainedAsync(app);
        var batches = new TrailFiles(2).Write($"{folder}/posted", 40).SelectMany(RecordsOf).Chunk(BatchSize).ToList();
        await PostAsync(http, batches.Take(20), 1); // warm
        var webhook = await PostAsync(http, batches.Skip(20), 16);
        await DrainedAsync(app);
        Print($"intake directly, files of 1,000: {direct:N0} records/s");
        Print($"webhook, batches of {BatchSize}, 16 senders: {webhook:N0} records/s, {webhook / direct:N2} of direct (wanted: 5,000 records/s)");
        var throughWebhook = await LiveAsync(app, new TrailFiles(3).Write($"{folder}/live", 40).SelectMany(RecordsOf), (records, _) => PostOneAsync(http, records));
        Print($"event to live feed through the webhook at {PerSecond:N0} records/s: {throughWebhook} (wanted: p99 under 1 s)");

        if (agentProgram is not null)
        {
            await MeasureAgentAsync(app, addresses[^1], folder, agentProgram);
        }
    }

    private static async Task MeasureAgentAsync(WebApplication app, string address, string folder, string program)
    {
        var (agent, token) = await app.Services.GetRequiredService<AgentDesk>().CreateAsync(Tenant, "benchmark", "agent", [], CancellationToken.None);
        var files = new TrailFiles(4).Write($"{folder}/forwarded", 100);
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(new ProcessStartInfo(
            program, [$"--address={address}", $"--token={token}", $"--data={folder}/agent", $"--source=folder:{folder}/forwarded", "--poll=0.05"]) { RedirectStandardError = true })!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        try
        {
            await TalliedAsync(app, agent, files.Length * (long)TrailFiles.RecordsPerFile);
            var rate = files.Length * TrailFiles.RecordsPerFile / watch.Elapsed.TotalSeconds;
            Print($"agent, files of 1,000, nothing filtered, its start included: {rate:N0} records/s durable (wanted: 20,000 records/s); its memory at most {PeakOf(process)}");
            await DrainedAsync(app);
            var number = 0;
            var through = await LiveAsync(app, new TrailFiles(5).Write($"{folder}/live-agent", 40).SelectMany(RecordsOf), (records, _) =>
            {
                // Written beside and moved into place, as the AWS CLI does.
                var path = $"{folder}/forwarded/live-{++number:D6}.json.gz";
                File.WriteAllBytes($"{folder}/draft", Gzipped(LogOf(records)));
                File.Move($"{folder}/draft", path);
                return Task.CompletedTask;
            });
            Print($"event to live feed through the agent at {PerSecond:N0} records/s: {through} (wanted: p99 under 1 s); its memory at most {PeakOf(process)}");
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    private static async Task<double> DirectAsync(WebApplication app, string[] files)
    {
        var watch = Stopwatch.StartNew();
        await app.Services.GetRequiredService<Intake>().TakeAsync(
            Tenant, "benchmark", [.. files.Select(file => new Delivery(file, DateTimeOffset.UtcNow, () => File.OpenRead(file)))], CancellationToken.None);
        return files.Length * TrailFiles.RecordsPerFile / watch.Elapsed.TotalSeconds;
    }

    private static async Task<double> PostAsync(HttpClient http, IEnumerable<string[]> batches, int senders)
    {
        var left = new ConcurrentQueue<string[]>(batches);
        var records = left.Sum(batch => batch.Length);
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, senders).Select(async _ =>
        {
            while (left.TryDequeue(out var batch))
            {
                await PostOneAsync(http, batch);
            }
        }));
        return records / watch.Elapsed.TotalSeconds;
    }

    private static async Task PostOneAsync(HttpClient http, string[] records)
    {
        using var content = new ByteArrayContent(LogOf(records));
        using var answer = await http.PostAsync("/ingest/v1/cloudtrail", content);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Sends at a steady rate; every batch has a launch in an account of its own, whose arrival on the feed is waited for.</summary>
    private static async Task<string> LiveAsync(WebApplication app, IEnumerable<string> background, Func<string[], int, Task> send)
    {
        var (sent, delays) = (new ConcurrentDictionary<string, long>(), new ConcurrentQueue<double>());
        using var feed = app.Services.GetRequiredService<LiveFeed>().Subscribe(Tenant, update =>
        {
            if (update is not null && sent.TryRemove(update.AccountId, out var at))
            {
                delays.Enqueue(Stopwatch.GetElapsedTime(at).TotalMilliseconds);
            }
        });
        using var noise = background.GetEnumerator();
        var sending = new List<Task>();
        var watch = Stopwatch.StartNew();
        for (var n = 0; watch.Elapsed < LiveFor; n++)
        {
            var account = string.Create(CultureInfo.InvariantCulture, $"9{Random.Shared.NextInt64(100_000_000_000):D11}");
            var records = Enumerable.Range(0, BatchSize - 1).Select(_ => noise.MoveNext() ? noise.Current : Launch("444455556666")).Append(Launch(account)).ToArray();
            sent[account] = Stopwatch.GetTimestamp();
            sending.Add(send(records, n));
            var next = TimeSpan.FromSeconds((n + 1.0) * BatchSize / PerSecond) - watch.Elapsed;
            if (next > TimeSpan.Zero)
            {
                await Task.Delay(next);
            }
        }

        await Task.WhenAll(sending);
        for (var waited = Stopwatch.StartNew(); !sent.IsEmpty && waited.Elapsed < TimeSpan.FromSeconds(60);)
        {
            await Task.Delay(50);
        }

        var sorted = delays.Order().ToArray();
        return sorted.Length == 0 ? "nothing arrived" : string.Create(
            CultureInfo.InvariantCulture, $"p50 {sorted[sorted.Length / 2]:N0} ms, p99 {sorted[(int)(sorted.Length * 0.99)]:N0} ms, longest {sorted[^1]:N0} ms, {sorted.Length} events, {sent.Count} missing");
    }

    private static async Task DrainedAsync(WebApplication app)
    {
        while ((await app.Services.GetRequiredService<IntakeStore>().ProgressAsync(Tenant, CancellationToken.None)).Backlog > 0)
        {
            await Task.Delay(50);
        }
    }

    private static async Task TalliedAsync(WebApplication app, EnrolledAgent agent, long records)
    {
        while ((await app.Services.GetRequiredService<IntakeStore>().TalliesAsync(Tenant, CancellationToken.None)).GetValueOrDefault(agent.IntakeName) is not { } tally || tally.Records < records)
        {
            await Task.Delay(20);
        }
    }

    private static string[] RecordsOf(string file)
    {
        using var gzip = new GZipStream(File.OpenRead(file), CompressionMode.Decompress);
        using var json = JsonDocument.Parse(gzip);
        return [.. json.RootElement.GetProperty("Records").EnumerateArray().Select(record => record.GetRawText())];
    }

    private static string Launch(string account)
    {
        var id = Guid.NewGuid();
        return $$"""
            {"eventVersion":"1.10","userIdentity":{"type":"IAMUser","arn":"arn:aws:iam::{{account}}:user/alice","accountId":"{{account}}","userName":"alice"},"eventTime":"{{DateTime.UtcNow:yyyy-MM-ddTHH:mm:ssZ}}","eventSource":"ec2.amazonaws.com","eventName":"RunInstances","awsRegion":"eu-west-1","sourceIPAddress":"198.51.100.7","userAgent":"aws-cli","requestParameters":{"instanceType":"m5.large","instancesSet":{"items":[{"minCount":1,"maxCount":1}] } },"responseElements":{"instancesSet":{"items":[{"instanceId":"i-{{id.ToString("N")[..17]}}","instanceType":"m5.large"}] } },"eventID":"{{id}}","eventType":"AwsApiCall","recipientAccountId":"{{account}}"}
            """;
    }

    private static byte[] LogOf(string[] records) => Encoding.UTF8.GetBytes($$"""{"Records":[{{string.Join(',', records)}}]}""");

    private static byte[] Gzipped(byte[] content)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return compressed.ToArray();
    }

    private static string PeakOf(Process process) =>
        File.ReadLines($"/proc/{process.Id}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))?["VmHWM:".Length..].Trim() ?? "unknown";

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
