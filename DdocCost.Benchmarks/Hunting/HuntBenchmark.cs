using System.Diagnostics;
using System.Globalization;
using DdocCost.Benchmarks.Durable;
using DdocCost.Domain;
using DdocCost.Domain.Governance;
using DdocCost.Domain.Sources;
using DdocCost.Domain.Storage;
using DdocCost.Domain.Zombies;
using DdocCost.Jobs.Archive;
using DdocCost.Jobs.Aws;
using DdocCost.Jobs.Live;
using DdocCost.Jobs.Zombies;
using Marten;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DdocCost.Benchmarks.Hunting;

/// <summary>
/// <c>hunt [RESOURCES]</c>: two scans of one account, all of it in one region, over AWS's wire protocols, into a PostgreSQL of its own: time, peak memory of this
/// process, calls, metrics and what they would cost. The claim is 10,000 resources under 512 MB.
/// </summary>
internal static class HuntBenchmark
{
    private const string Tenant = "bench", Account = "111122223333";

    /// <summary>Runs.</summary>
    /// <returns>0 where the claim holds.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var resources = args is [var count, ..] ? int.Parse(count, CultureInfo.InvariantCulture) : 10_000;
        var (wire, url) = HuntWire.Start(resources);
        using var _ = wire;
        using var servers = await PrivateServers.StartAsync();
        var folder = Directory.CreateTempSubdirectory("ddoc-bench-hunt-").FullName;
        var clock = new MovedClock();
        await using var services = Services(await servers.NewDatabaseAsync("hunt"), url, folder, clock);
        await services.GetRequiredService<Migrations>().ApplyAsync((_, _) => { }, CancellationToken.None);
        Console.WriteLine($"before: {Peak():N0} MB at its peak");
        var run = await ScanAsync(services, clock);
        clock.Ahead = TimeSpan.FromDays(1);
        run = await ScanAsync(services, clock);
        var peak = Peak();
        wire.Kill();
        Directory.Delete(folder, recursive: true);
        Console.WriteLine(peak < 512 && run.Gaps.Count == 0 ? $"{run.Resources:N0} resources stay under 512 MB: {peak:N0} MB" : $"the claim does not hold: {peak:N0} MB, {run.Gaps.Count} gaps");
        return peak < 512 && run.Gaps.Count == 0 ? 0 : 1;
    }

    private static async Task<HuntRun> ScanAsync(ServiceProvider services, TimeProvider clock)
    {
        var run = new HuntRun { Id = $"{Account}-{Guid.NewGuid():N}", AccountId = Account, ConnectionId = Account, StartedAt = clock.GetUtcNow(), AskedBy = "bench" };
        var store = services.GetRequiredService<IDocumentStore>();
        await using (var session = store.LightweightSession(Tenant))
        {
            session.Store(run);
            session.Store(new ConnectedAccount
            {
                Id = Account, AccountId = Account, Name = "Bench", Regions = ["eu-west-1"], ConnectedAt = DateTimeOffset.UnixEpoch,
                Access = new AwsAccess { AccessKeys = [new SealedAccessKey("AKIABENCH00000000001", "secret", DateTimeOffset.UnixEpoch)] },
            });
            session.Store(new HuntSettings { MostUsdPerScan = 100, MostUsdPerMonth = 1_000, SkipsRegionsWithoutSpend = false });
            await session.SaveChangesAsync();
        }

        var watch = Stopwatch.StartNew();
        await services.GetRequiredService<HuntJob>().RunAsync(Tenant, run.Id, CancellationToken.None);
        await using var query = store.QuerySession(Tenant);
        var ended = (await query.LoadAsync<HuntRun>(run.Id))!;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{ended.State}: {ended.Resources:N0} resources, {ended.Findings:N0} findings, {ended.Calls:N0} calls, {ended.Metrics:N0} metrics, {ended.Usd:0.00} USD, {watch.Elapsed.TotalSeconds:0.0} s, {Peak():N0} MB at its peak"));
        foreach (var gap in ended.Gaps.Take(5))
            Console.WriteLine($"  not scanned: {gap.Region} {gap.Kind} {gap.Why}");
        return ended;
    }

    /// <summary>VmHWM of proc(5): the most memory that this process ever had, MB of 2^20 bytes.</summary>
    private static double Peak() =>
        double.Parse(File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM", StringComparison.Ordinal)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;

    private static ServiceProvider Services(string database, string url, string folder, TimeProvider clock) => new ServiceCollection()
        .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection([new("AWS_ENDPOINT_URL", url), new("Archive:Folder", folder)]).Build())
        .AddSingleton(clock).AddSingleton<ISecretBox, OpenBox>().AddSingleton<IPanicSwitch, Calm>().AddSingleton<ILivePublisher, Nobody>().AddLogging(logging => logging.ClearProviders())
        .AddDomain(database).AddRawArchive().AddAws().AddHunt().BuildServiceProvider();

    private sealed class MovedClock : TimeProvider
    {
        public TimeSpan Ahead { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
    }

    private sealed class OpenBox : ISecretBox
    {
        public string Protect(string purpose, string secret) => secret;

        public string Unprotect(string purpose, string sealedSecret) => sealedSecret;
    }

    private sealed class Calm : IPanicSwitch
    {
        public ValueTask<PanicState> ReadAsync(CancellationToken cancellationToken) => new(PanicState.Off);

        public Task EngageAsync(string reason, string by, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task ReleaseAsync(string by, CancellationToken cancellationToken) => throw new NotSupportedException();
    }

    private sealed class Nobody : ILivePublisher
    {
        public ValueTask PublishAsync(LiveUpdate update) => ValueTask.CompletedTask;
    }
}
