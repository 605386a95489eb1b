using DdocCost.Domain.Storage;
using Npgsql;

namespace DdocCost.Jobs.Starting;

/// <summary>Sets the process's clock by the database before anything else starts, every half minute, and at once when the machine's was put otherwise.</summary>
internal sealed class ClockKeeper(DatabaseClock clock, ILogger<ClockKeeper> log) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(30);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await SetAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look);
        for (var set = clock.GetTimestamp(); await timer.WaitForNextTickAsync(stoppingToken);)
        {
            if (clock.IsInDoubt || clock.GetElapsedTime(set) >= Every)
            {
                await SetAsync(stoppingToken);
                set = clock.GetTimestamp();
            }
        }
    }

    private async Task SetAsync(CancellationToken cancellationToken)
    {
        try
        {
            var forward = await clock.SetAsync(cancellationToken);
            if (forward != TimeSpan.Zero)
            {
                StartLog.ClockSet(log, forward.TotalSeconds);
            }
        }
        catch (Exception away) when (away is NpgsqlException or TimeoutException)
        {
            // Others say that the database is away; the clock goes on as it was.
        }
    }
}
