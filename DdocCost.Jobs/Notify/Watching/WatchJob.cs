namespace DdocCost.Jobs.Notify.Watching;

/// <summary>Looks after what nobody would hear of otherwise: silent trails, a detector or job server that stopped, cases nobody answers, heartbeats, digests.</summary>
internal sealed class Watch(
    Escalations escalations, TrailWatch trails, ServerWatch servers, Heartbeats heartbeats, Digests.DigestSender digests, ILogger<Watch> log)
{
    /// <summary>Looks at everything; what fails does not keep the rest from being looked at.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        (string Name, Func<CancellationToken, Task> Look)[] all =
        [
            ("escalations", escalations.RunAsync), ("trails", trails.RunAsync), ("job servers", servers.RunAsync), ("heartbeats", heartbeats.RunAsync), ("digests", digests.RunAsync),
        ];
        foreach (var (name, look) in all)
        {
            try
            {
                await look(cancellationToken);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                NotifyLog.NotWatched(log, name, error);
            }
        }
    }
}

/// <summary>The watch on the job server's schedule.</summary>
public sealed class WatchJob(IServiceProvider services)
{
    /// <summary>Runs.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => services.GetRequiredService<Watch>().RunAsync(cancellationToken);
}

/// <summary>
/// The watch of a process that is no job server: should the last job server stop, its messages leave from here. Where one is at work, this changes
/// nothing, as every alarm is raised once.
/// </summary>
internal sealed class Watchman(ServerWatch servers, TimeProvider clock, ILogger<Watchman> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await servers.RunAsync(stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                NotifyLog.NotWatched(log, "job servers", error);
            }
        }
    }
}
