using System.Text;
using DdocCost.Domain.Ingestion;
using DdocCost.Jobs.Aws;

namespace DdocCost.Jobs.Polling;

/// <summary>A queue that tells of new objects in a trail's bucket; the log files among them are fetched and taken in.</summary>
internal sealed class BucketNotificationSource(
    SqsQueue queue, Func<string, S3Bucket> bucketOf, string tenantId, string id, IReadOnlySet<string>? accounts, Intake intake, PollingOptions options, TimeProvider clock)
    : QueueSource(queue, id, options, clock)
{
    private readonly Dictionary<string, S3Bucket> _buckets = [];
    private readonly SqsQueue _queue = queue;
    private readonly TimeProvider _clock = clock;

    /// <inheritdoc/>
    protected override async Task<(IntakeOutcome Outcome, IReadOnlyList<SqsMessage> Done, string? Problem)> TakeAsync(
        IReadOnlyList<SqsMessage> messages, CancellationToken cancellationToken)
    {
        var told = messages.Select(message => (Message: message, Notices: ObjectNotices.Read(message.Body))).ToList();
        var logs = told.SelectMany(one => one.Notices ?? []).Where(notice => TrailKey.IsLog(notice.Key)).DistinctBy(notice => notice.Key).ToList();
        using var fetched = await ObjectFetcher.FetchAsync([.. logs.Select(notice => (BucketOf(notice.Bucket), notice.Key))], cancellationToken);
        IEnumerable<Delivery> deliveries =
        [
            .. logs.Where(notice => fetched.Bytes.ContainsKey(notice.Key))
                .Select(notice => fetched.ToDelivery(notice.Key, TrailKey.StampOf(notice.Key) ?? _clock.GetUtcNow(), accounts)),
            .. told.Where(one => one.Notices is null).Select(one => NotUnderstood(one.Message)),
        ];
        var outcome = await intake.TakeAsync(tenantId, Id, [.. deliveries.OrderBy(delivery => delivery.At)], cancellationToken);
        var failed = outcome.Failed.Select(one => one.Name).Concat(fetched.Failed.Keys).ToHashSet();
        var done = told.Where(one => one.Notices is null ? !failed.Contains(NameOf(one.Message)) : !one.Notices.Any(notice => failed.Contains(notice.Key)));
        return (outcome, [.. done.Select(one => one.Message)],
            fetched.Failed.Values.Select(MissingPermission.Describe).Concat(outcome.Failed.Select(one => one.Reason)).FirstOrDefault());
    }

    private S3Bucket BucketOf(string name) => _buckets.TryGetValue(name, out var bucket) ? bucket : _buckets[name] = bucketOf(name);

    /// <summary>Goes the way of everything that is not CloudTrail: into quarantine, with the reason.</summary>
    private Delivery NotUnderstood(SqsMessage message) =>
        new(NameOf(message), message.SentAt ?? _clock.GetUtcNow(), () => new MemoryStream(Encoding.UTF8.GetBytes(message.Body)));

    private string NameOf(SqsMessage message) => $"{_queue.Name}/{message.Id}";
}
