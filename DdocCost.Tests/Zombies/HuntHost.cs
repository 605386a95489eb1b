using DdocCost.Domain;
using DdocCost.Domain.Governance;
using DdocCost.Domain.Sources;
using DdocCost.Domain.Storage;
using DdocCost.Domain.Zombies;
using DdocCost.Jobs.Archive;
using DdocCost.Jobs.Aws;
using DdocCost.Jobs.Live;
using DdocCost.Jobs.Zombies;
using DdocCost.Tests.Support;
using DdocCost.Tests.Support.AwsEmulator;
using Marten;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging;

namespace DdocCost.Tests.Zombies;

/// <summary>The hunt as it runs in the product, on a database, against the emulator, with a clock that can be moved.</summary>
internal sealed class HuntHost : IAsyncDisposable
{
    public const string Tenant = "default";

    private readonly ServiceProvider _services;
    private readonly AwsEmulator _aws;
    private readonly TempFolder _folder = new();

    public HuntHost(string database, AwsEmulator aws, params (string Name, string Value)[] settings)
    {
        _aws = aws;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
        [
            new("AWS_ENDPOINT_URL", aws.Url), new("Aws:FirstPause", "00:00:00.001"), new("Aws:Attempts", "3"), new("Hunt:RegionsAtATime", "2"), new("Hunt:KindsAtATime", "16"),
            new("Archive:Folder", _folder["archive"]),
        ]).AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value))).Build();
        _services = new ServiceCollection()
            .AddSingleton<IConfiguration>(configuration).AddSingleton<TimeProvider>(Clock).AddSingleton<ISecretBox, PlainBox>().AddSingleton<IPanicSwitch>(Panic)
            .AddSingleton<ILivePublisher>(Live).AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance).AddLogging()
            .AddDomain(database).AddRawArchive().AddAws().AddHunt().BuildServiceProvider();
    }

    public MovedClock Clock { get; } = new();

    public RecordedLive Live { get; } = new();

    public ManualPanic Panic { get; } = new();

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    public IDocumentStore Store => _services.GetRequiredService<IDocumentStore>();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Days pass, for us and for AWS.</summary>
    public void Pass(TimeSpan time)
    {
        Clock.Ahead += time;
        _aws.ClockAhead = Clock.Ahead;
    }

    /// <summary>Connects an account.</summary>
    public async Task ConnectAsync(EmulatedAccount account)
    {
        await using var session = Store.LightweightSession(Tenant);
        session.Store(Connected(account));
        await session.SaveChangesAsync(Stop);
    }

    /// <summary>Scans an account to its end.</summary>
    public async Task<HuntRun> ScanAsync(EmulatedAccount account, HuntScope? scope = null)
    {
        var run = await BeginAsync(account, scope);
        return (await _services.GetRequiredService<AccountHunt>().RunAsync(Tenant, run.Id, Stop))!;
    }

    /// <summary>Asks for a scan, without running it.</summary>
    public async Task<HuntRun> BeginAsync(EmulatedAccount account, HuntScope? scope = null)
    {
        var run = new HuntRun
        {
            Id = $"{account.Id}-{Guid.NewGuid():N}", AccountId = account.Id, ConnectionId = account.Id, StartedAt = Clock.GetUtcNow(), AskedBy = "test", Scope = scope ?? HuntScope.All,
        };
        await StoreAsync(run);
        return run;
    }

    /// <summary>Runs a scan that was asked for.</summary>
    public Task<HuntRun?> RunAsync(string run, CancellationToken cancellationToken) => _services.GetRequiredService<AccountHunt>().RunAsync(Tenant, run, cancellationToken);

    /// <summary>Collects one kind in one region, as a scan would.</summary>
    public async Task<IReadOnlyList<Resource>> CollectAsync(EmulatedAccount account, string region, FactKind kind)
    {
        var client = _services.GetRequiredService<AwsClients>().For(Tenant, Connected(account), region);
        return await CollectorCatalogue.Of(kind).Collect(new RegionReader(client, kind, new HuntMeter(1), Stop)).OfType<Resource>().ToListAsync(Stop);
    }

    public async Task StoreAsync(params object[] documents)
    {
        await using var session = Store.LightweightSession(Tenant);
        session.StoreObjects(documents);
        await session.SaveChangesAsync(Stop);
    }

    public async Task<IReadOnlyList<T>> AllAsync<T>() where T : notnull
    {
        await using var session = Store.QuerySession(Tenant);
        return await session.Query<T>().ToListAsync(Stop);
    }

    /// <summary>Findings of an account as <c>rule resource state</c>, in order.</summary>
    public async Task<IReadOnlyList<string>> FindingsAsync(EmulatedAccount account) =>
        [.. (await AllAsync<ZombieFinding>()).Where(f => f.AccountId == account.Id).Select(f => $"{f.RuleId} {f.ResourceId} {f.State}").Order(StringComparer.Ordinal)];

    private static ConnectedAccount Connected(EmulatedAccount account) => new()
    {
        Id = account.Id, AccountId = account.Id, Name = $"Account {account.Id}", Regions = [account.Regions[0]], ConnectedAt = DateTimeOffset.UnixEpoch,
        Access = new AwsAccess { AccessKeys = [new SealedAccessKey(account.AccessKeyId, "stand-in-secret", DateTimeOffset.UnixEpoch)] },
    };

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _folder.Dispose();
    }

    private sealed class PlainBox : ISecretBox
    {
        public string Protect(string purpose, string secret) => secret;

        public string Unprotect(string purpose, string sealedSecret) => sealedSecret;
    }
}

/// <summary>The true time, moved; waiting takes as long as ever.</summary>
internal sealed class MovedClock : TimeProvider
{
    public TimeSpan Ahead { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
}

/// <summary>A panic switch that a test turns.</summary>
internal sealed class ManualPanic : IPanicSwitch
{
    public bool IsOn { get; set; }

    public ValueTask<PanicState> ReadAsync(CancellationToken cancellationToken) => new(PanicState.Off with { IsOn = IsOn });

    public Task EngageAsync(string reason, string by, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task ReleaseAsync(string by, CancellationToken cancellationToken) => Task.CompletedTask;
}
