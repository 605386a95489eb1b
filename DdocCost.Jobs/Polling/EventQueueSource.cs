using System.Text.Json;
using DdocCost.Domain.Ingestion;
using DdocCost.Jobs.Aws;

namespace DdocCost.Jobs.Polling;

/// <summary>Events themselves in a queue, put there by EventBridge rules of one account or of a whole organisation.</summary>
internal sealed class EventQueueSource(
    SqsQueue queue, string tenantId, string id, IReadOnlySet<string>? accounts, Intake intake, PollingOptions options, TimeProvider clock)
    : QueueSource(queue, id, options, clock)
{
    private readonly SqsQueue _queue = queue;
    private readonly TimeProvider _clock = clock;

    /// <inheritdoc/>
    protected override async Task<(IntakeOutcome Outcome, IReadOnlyList<SqsMessage> Done, string? Problem)> TakeAsync(
        IReadOnlyList<SqsMessage> messages, CancellationToken cancellationToken)
    {
        // As SQS gave it: the reader knows the shape, and what is not an event in it goes into quarantine.
        var bytes = JsonSerializer.SerializeToUtf8Bytes(new { Messages = messages.Select(message => new { MessageId = message.Id, message.Body }) });
        var delivery = new Delivery($"{_queue.Name}/{messages[0].Id}", messages.Min(message => message.SentAt) ?? _clock.GetUtcNow(), () => new MemoryStream(bytes))
        {
            Accounts = accounts,
        };
        var outcome = await intake.TakeAsync(tenantId, Id, [delivery], cancellationToken);
        return outcome.Failed is [var failed, ..] ? (outcome, [], failed.Reason) : (outcome, messages, null);
    }
}
