using DdocCost.Domain;
using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Scoring;
using DdocCost.Domain.Storage;
using DdocCost.Jobs.Archive;
using DdocCost.Jobs.Live;
using DdocCost.Jobs.Scoring;
using Marten;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace DdocCost.Tests.Support;

/// <summary>The durable pipeline in the test's own process: intake, and lane consumers once they are started.</summary>
public sealed class Pipeline : IAsyncDisposable
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private readonly IHost _host;

    /// <summary>Builds it on a database and an archive folder, which several may share.</summary>
    public Pipeline(string database, string archive, Action<IServiceCollection>? configure = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Archive:Folder"] = archive,
            ["Scoring:IdlePoll"] = "00:00:00.050",
            ["Scoring:TakeOverPoll"] = "00:00:00.050",
            ["Scoring:FirstPause"] = "00:00:00.001",
        });
        builder.Logging.ClearProviders();
        builder.Services.AddDomain(database).AddRawArchive().AddScoring().AddSingleton(Live).AddSingleton<ILivePublisher>(Live);
        configure?.Invoke(builder.Services);
        _host = builder.Build();
    }

    /// <summary>For a pipeline whose scorer reads the archive, as one that starts after the intake does.</summary>
    public static void WithoutHandOver(IServiceCollection services) =>
        services.AddSingleton(new RecordHandOver((_, _) => false, TimeProvider.System, capacity: 0));

    /// <summary>What the consumers told.</summary>
    public RecordedLive Live { get; } = new();

    /// <summary>The intake.</summary>
    public Domain.Ingestion.Intake Intake => Get<Domain.Ingestion.Intake>();

    /// <summary>A part of it.</summary>
    public T Get<T>() where T : notnull => _host.Services.GetRequiredService<T>();

    /// <summary>Starts the lane consumers.</summary>
    public Task StartAsync() => _host.StartAsync(Stop);

    /// <summary>Takes deliveries in.</summary>
    public Task<IntakeOutcome> TakeAsync(string tenant, params Delivery[] deliveries) => Intake.TakeAsync(tenant, "test", deliveries, Stop);

    /// <summary>Waits until everything that was taken in for a tenant is scored.</summary>
    public Task DrainedAsync(string tenant) =>
        Eventually.TrueAsync(async () => (await Get<IntakeStore>().ProgressAsync(tenant, Stop)).Backlog == 0, "an empty queue");

    /// <summary>The tenant's cost events in order of time.</summary>
    public async Task<IReadOnlyList<CostEvent>> CostEventsAsync(string tenant)
    {
        await using var session = Get<IDocumentStore>().QuerySession(tenant);
        return await session.Query<CostEvent>().OrderBy(e => e.Time).ToListAsync(Stop);
    }

    /// <summary>All documents of a kind.</summary>
    public async Task<IReadOnlyList<T>> DocumentsAsync<T>(string tenant) where T : notnull
    {
        await using var session = Get<IDocumentStore>().QuerySession(tenant);
        return await session.Query<T>().ToListAsync(Stop);
    }

    /// <summary>One value from the database.</summary>
    public async Task<T?> ScalarAsync<T>(string sql)
    {
        await using var connection = await Get<NpgsqlDataSource>().OpenConnectionAsync(Stop);
        return await connection.ScalarAsync<T>(sql, Stop);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        await ((IAsyncDisposable)_host).DisposeAsync();
    }
}
