using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Sources;
using DdocCost.Jobs.Aws;

namespace DdocCost.Jobs.Polling;

/// <summary>
/// A source that is an SQS queue: waits for messages, keeps them hidden while it works, and deletes them when what they tell is durable. A
/// message that cannot be dealt with now is left alone, so it comes again and, as often as the queue's own policy says, goes to its
/// dead-letter queue.
/// </summary>
internal abstract class QueueSource(SqsQueue queue, string id, PollingOptions options, TimeProvider clock) : ITrailSource
{
    private const int MostMessages = 500;
    private const int ReceiversAtATime = 5;
    private static readonly TimeSpan WaitingEvery = TimeSpan.FromMinutes(1);

    private long? _waiting;
    private DateTimeOffset _waitingAt;

    /// <inheritdoc/>
    public string Id => id;

    /// <inheritdoc/>
    public async Task<SourceReading> ReadAsync(CancellationToken cancellationToken)
    {
        var messages = await ReceiveAsync(cancellationToken);
        if (messages.Count == 0)
        {
            return new SourceReading(IntakeOutcome.None) { HasMore = true, Waiting = await WaitingAsync(cancellationToken) }; // waiting was done in the call
        }

        var (outcome, done, problem) = await WorkAsync(messages, cancellationToken);
        if (done.Count > 0)
        {
            await queue.DeleteAsync(done, cancellationToken);
        }

        return new SourceReading(outcome) { HasMore = true, Waiting = await WaitingAsync(cancellationToken), Problem = problem };
    }

    /// <summary>Takes in what messages tell.</summary>
    /// <returns>What was taken in, which messages are done with, and what went wrong with the others.</returns>
    protected abstract Task<(IntakeOutcome Outcome, IReadOnlyList<SqsMessage> Done, string? Problem)> TakeAsync(
        IReadOnlyList<SqsMessage> messages, CancellationToken cancellationToken);

    private async Task<IReadOnlyList<SqsMessage>> ReceiveAsync(CancellationToken cancellationToken)
    {
        var first = await queue.ReceiveAsync(options.QueueWait, options.QueueHide, cancellationToken);
        var all = new List<SqsMessage>(first);
        // A full answer means that more are waiting: together they make one transaction.
        for (var full = first.Count == SqsQueue.MostAtOnce; full && all.Count < MostMessages;)
        {
            var more = await Task.WhenAll(
                Enumerable.Range(0, ReceiversAtATime).Select(_ => queue.ReceiveAsync(TimeSpan.Zero, options.QueueHide, cancellationToken)));
            all.AddRange(more.SelectMany(some => some));
            full = more.All(some => some.Count == SqsQueue.MostAtOnce);
        }

        return all;
    }

    private async Task<(IntakeOutcome Outcome, IReadOnlyList<SqsMessage> Done, string? Problem)> WorkAsync(
        IReadOnlyList<SqsMessage> messages, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var hiding = KeepHiddenAsync(messages, stop.Token);
        try
        {
            return await TakeAsync(messages, cancellationToken);
        }
        finally
        {
            await stop.CancelAsync();
            await hiding;
        }
    }

    private async Task KeepHiddenAsync(IReadOnlyList<SqsMessage> messages, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(options.QueueHide / 3, clock, cancellationToken);
                await queue.ExtendAsync(messages, options.QueueHide, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // done
        }
        catch (AwsException)
        {
            // They may come again while we are at it; nothing counts twice.
        }
    }

    private async Task<long?> WaitingAsync(CancellationToken cancellationToken)
    {
        if (clock.GetUtcNow() - _waitingAt < WaitingEvery)
        {
            return _waiting;
        }

        _waitingAt = clock.GetUtcNow();
        try
        {
            return _waiting = await queue.WaitingAsync(cancellationToken);
        }
        catch (AwsException error) when (error.IsDenied)
        {
            return _waiting = null; // a figure on a page; not worth a permission
        }
    }
}
