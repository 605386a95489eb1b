namespace DdocCost.Jobs.Notify;

/// <summary>Makes sure that this process's dispatcher is at work. It looks after itself; this is the second pair of eyes.</summary>
public sealed class OutboxSweepJob(IServiceProvider services, ILogger<OutboxSweepJob> log)
{
    /// <summary>Runs.</summary>
    public Task RunAsync(CancellationToken cancellationToken)
    {
        if (services.GetService<Dispatcher>()?.EnsureRunning() == true)
        {
            NotifyLog.DispatcherRestarted(log);
        }

        return Task.CompletedTask;
    }
}
