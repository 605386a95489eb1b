namespace DdocCost.Jobs.Scoring;

/// <summary>Makes sure that this process's lane consumers are at work. They look after themselves; this is the second pair of eyes.</summary>
public sealed class ScoringSweepJob(IServiceProvider services, ILogger<ScoringSweepJob> log)
{
    /// <summary>Runs.</summary>
    public Task RunAsync(CancellationToken cancellationToken)
    {
        if (services.GetService<LaneCrew>()?.EnsureRunning() is > 0 and var lanes)
        {
            ScoringLog.LanesRestarted(log, lanes);
        }

        return Task.CompletedTask;
    }
}
