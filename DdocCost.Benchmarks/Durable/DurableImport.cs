using System.Diagnostics;
using DdocCost.Domain;
using DdocCost.Domain.Storage;
using DdocCost.Jobs;
using DdocCost.Jobs.Live;
using DdocCost.Jobs.Polling;
using DdocCost.Jobs.Scoring;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DdocCost.Benchmarks.Durable;

/// <summary>Our side: archive, queue, scored rows and cases in PostgreSQL, all of it durable when the clock stops.</summary>
internal sealed class DurableImport(PrivateServers servers)
{
    private int _runs;

    /// <summary>Imports a folder for a tenant that has nothing yet, as a server does that has long been running.</summary>
    /// <param name="host">A started <see cref="Host"/>.</param>
    /// <param name="folder">Log files.</param>
    public async Task<DurableRun> RunAsync(IHost host, string folder)
    {
        var tenant = $"tenant{++_runs}";
        var (ours, theirs, clock) = (Environment.CpuUsage.TotalTime, servers.PostgresTime, Stopwatch.StartNew());
        var summary = await host.Services.GetRequiredService<FolderImport>().RunAsync(tenant, folder, progress: null, CancellationToken.None);
        return new DurableRun(summary.Scored.Records, clock.Elapsed, Environment.CpuUsage.TotalTime - ours, servers.PostgresTime - theirs);
    }

    /// <summary>Everything of the import, started on a new database.</summary>
    /// <param name="name">The database.</param>
    /// <param name="archive">Where the archive is kept.</param>
    public async Task<IHost> StartAsync(string name, string archive)
    {
        var host = Host(await servers.NewDatabaseAsync(name), archive);
        await host.Services.GetRequiredService<Migrations>().ApplyAsync((_, _) => { }, CancellationToken.None);
        await host.StartAsync();
        return host;
    }

    /// <summary>Everything of the import, on a database and an archive; not started.</summary>
    public IHost Host(string database, string archive)
    {
        // Not the folder that it was started in, all of which, log files and PostgreSQL's too, would be watched for changed settings.
        var builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection([new("Data:Folder", archive)]);
        builder.Services.AddDomain(database).AddLiveFeed(servers.Redis).AddJobStorage(database).AddScoring();
        return builder.Build();
    }
}

/// <summary>One durable import.</summary>
/// <param name="Records">Records that are in and scored.</param>
/// <param name="Elapsed">On the clock.</param>
/// <param name="Ours">Processor time of this process.</param>
/// <param name="Postgres">Processor time of PostgreSQL.</param>
internal sealed record DurableRun(long Records, TimeSpan Elapsed, TimeSpan Ours, TimeSpan Postgres);
