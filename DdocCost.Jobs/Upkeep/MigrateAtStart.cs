using DdocCost.Domain.Storage;
using Microsoft.Extensions.Options;

namespace DdocCost.Jobs.Upkeep;

/// <summary>Brings the database up to date before anything else of the process starts, or makes sure that somebody has.</summary>
internal sealed class MigrateAtStart(Migrations migrations, IOptions<JobsOptions> options, ILogger<MigrateAtStart> log) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (options.Value.MigrateAtStart)
        {
            await migrations.ApplyAsync((name, result) => UpkeepLog.Migrated(log, name, result), cancellationToken);
        }
        else
        {
            await migrations.CheckDoneAsync(cancellationToken);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
