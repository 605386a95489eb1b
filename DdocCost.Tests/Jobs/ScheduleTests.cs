using DdocCost.Jobs;
using Hangfire;
using Hangfire.Common;

namespace DdocCost.Tests.Jobs;

public sealed class ScheduleTests
{
    [Fact]
    public async Task Is_what_was_approved()
    {
        var jobs = new Recorded();

        await new Schedule(jobs).StartAsync(TestContext.Current.CancellationToken);

        Assert.Equal(
            [
                "archive-check   upkeep   47 3 * * *       ArchiveCheckJob",
                "archive-digests upkeep   57 3 * * *       DigestCheckJob",
                "archive-retention upkeep   27 2 * * *       RetentionJob",
                "aws-anomalies   upkeep   23 */6 * * *     AwsAnomaliesJob",
                "cost-event-retention upkeep   37 2 * * *       CostEventRetentionJob",
                "hunt-sweep      hunt     */15 * * * *     HuntSweepJob",
                "look-up         upkeep   */3 * * * *      LookUpJob",
                "outbox-sweep    notify   */15 * * * * *   OutboxSweepJob",
                "query-prices    upkeep   37 * * * *       QueryPricesJob",
                "refresh-prices  upkeep   7 4 * * 0        RefreshPricesJob",
                "reprice         upkeep   */5 * * * *      RepriceJob",
                "scoring-sweep   score    */15 * * * * *   ScoringSweepJob",
                "snooze          notify   */20 * * * * *   SnoozeJob",
                "upkeep          upkeep   17 3 * * *       UpkeepJob",
                "watch           notify   */20 * * * * *   WatchJob",
            ],
            jobs.Lines.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void An_unknown_queue_is_refused_with_the_names_there_are()
    {
        var problem = Assert.Single(new JobsOptions { Queues = ["score", "scroe"] }.Validate(new(new object())));

        Assert.Contains("'scroe'", problem.ErrorMessage, StringComparison.Ordinal);
        Assert.Contains("ingest, score, hunt, notify, upkeep", problem.ErrorMessage, StringComparison.Ordinal);
    }

    private sealed class Recorded : IRecurringJobManager
    {
        public List<string> Lines { get; } = [];

        public void AddOrUpdate(string recurringJobId, Job job, string cronExpression, RecurringJobOptions options) =>
            Lines.Add($"{recurringJobId,-15} {job.Queue,-8} {cronExpression,-16} {job.Type.Name}");

        public void Trigger(string recurringJobId)
        {
        }

        public void RemoveIfExists(string recurringJobId)
        {
        }
    }
}
