using DdocCost.Jobs.Notify;
using DdocCost.Jobs.Notify.Watching;
using DdocCost.Jobs.Anomalies;
using DdocCost.Jobs.Archive;
using DdocCost.Jobs.Lookup;
using DdocCost.Jobs.Prices;
using DdocCost.Jobs.Reconcile;
using DdocCost.Jobs.Scoring;
using DdocCost.Jobs.Upkeep;
using DdocCost.Jobs.Zombies;
using Hangfire;

namespace DdocCost.Jobs;

/// <summary>Every recurring job on one page. Times are UTC; a leading sixth field counts seconds.</summary>
internal sealed class Schedule(IRecurringJobManager jobs) : IHostedService
{
    // CancellationToken.None stands for the token that the server hands over when it runs the job.
    private void Set()
    {
        // Sources are read all the time (SourceCrew); what earlier versions scheduled for it is taken away.
        jobs.RemoveIfExists("poll-folders");

        // Lane consumers run all the time; this starts any that ended.
        jobs.AddOrUpdate<ScoringSweepJob>("scoring-sweep", JobQueue.Score, job => job.RunAsync(CancellationToken.None), "*/15 * * * * *");

        // Messages leave at once; this starts their dispatcher should it have ended.
        jobs.AddOrUpdate<OutboxSweepJob>("outbox-sweep", JobQueue.Notify, job => job.RunAsync(CancellationToken.None), "*/15 * * * * *");

        // Zombies: each account once a day, at a time of its own.
        jobs.AddOrUpdate<HuntSweepJob>("hunt-sweep", JobQueue.Hunt, job => job.RunAsync(CancellationToken.None), "*/15 * * * *");

        // Silent trails, stopped servers, unanswered cases, heartbeats, digests.
        jobs.AddOrUpdate<WatchJob>("watch", JobQueue.Notify, job => job.RunAsync(CancellationToken.None), "*/20 * * * * *");

        // Snoozes that are over: what still runs is told again.
        jobs.AddOrUpdate<SnoozeJob>("snooze", JobQueue.Notify, job => job.RunAsync(CancellationToken.None), "*/20 * * * * *");

        // Abandoned drafts, old dead messages.
        jobs.AddOrUpdate<UpkeepJob>("upkeep", JobQueue.Upkeep, job => job.RunAsync(CancellationToken.None), "17 3 * * *");

        // A sample of the archive against its names.
        jobs.AddOrUpdate<ArchiveCheckJob>("archive-check", JobQueue.Upkeep, job => job.RunAsync(CancellationToken.None), "47 3 * * *");

        // Days of the archive that are old enough, where Archive:KeepDays says so.
        jobs.AddOrUpdate<RetentionJob>("archive-retention", JobQueue.Upkeep, job => job.RunAsync(CancellationToken.None), "27 2 * * *");

        // Log files against the trail's own signed digests, where there are any.
        jobs.AddOrUpdate<DigestCheckJob>("archive-digests", JobQueue.Upkeep, job => job.RunAsync(CancellationToken.None), "57 3 * * *");

        // Cost events beyond their days, where they have a number of days.
        jobs.AddOrUpdate<CostEventRetentionJob>("cost-event-retention", JobQueue.Upkeep, job => job.RunAsync(CancellationToken.None), "37 2 * * *");

        // What runs without a price because the trail does not tell its size.
        jobs.AddOrUpdate<LookUpJob>("look-up", JobQueue.Upkeep, job => job.RunAsync(CancellationToken.None), "*/3 * * * *");

        // What AWS's own watcher told, where asking for it is on.
        jobs.AddOrUpdate<AwsAnomaliesJob>("aws-anomalies", JobQueue.Upkeep, job => job.RunAsync(CancellationToken.None), "23 */6 * * *");

        // Newer list prices, where fetching them is on.
        jobs.AddOrUpdate<RefreshPricesJob>("refresh-prices", JobQueue.Upkeep, job => job.RunAsync(CancellationToken.None), "7 4 * * 0");

        // Prices of instance types that the book does not list, where asking for them is on.
        jobs.AddOrUpdate<QueryPricesJob>("query-prices", JobQueue.Upkeep, job => job.RunAsync(CancellationToken.None), "37 * * * *");

        // What runs, by the prices in use since.
        jobs.AddOrUpdate<RepriceJob>("reprice", JobQueue.Upkeep, job => job.RunAsync(CancellationToken.None), "*/5 * * * *");
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        Set();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
