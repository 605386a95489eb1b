using System.Threading.Channels;
using DdocCost.Domain.Ingestion;
using Microsoft.Extensions.Options;

namespace DdocCost.App.Ingest;

/// <summary>
/// Takes many small deliveries in together: the first of them waits a few milliseconds for others, and all share a transaction. Each
/// caller is answered only after the commit of its own delivery.
/// </summary>
internal sealed class GroupIntake(Intake intake, IOptions<IngestOptions> options) : BackgroundService
{
    private const int MostTogether = 256;
    private const int GroupsAtOnce = 3; // while one waits for the disk the next is read

    private readonly Channel<Waiting> _waiting = Channel.CreateBounded<Waiting>(4096);

    /// <summary>Takes one in.</summary>
    /// <returns>What became of it, once it is durable.</returns>
    /// <exception cref="IOException">It could not be stored; nothing of it is kept.</exception>
    public async Task<DeliveryResult> TakeAsync(string tenantId, string source, Delivery delivery, CancellationToken cancellationToken)
    {
        var waiting = new Waiting(tenantId, source, delivery);
        await _waiting.Writer.WriteAsync(waiting, cancellationToken);
        return await waiting.Done.Task.WaitAsync(cancellationToken);
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var free = new SemaphoreSlim(GroupsAtOnce);
        var running = new List<Task>();
        try
        {
            while (await _waiting.Reader.WaitToReadAsync(stoppingToken))
            {
                await free.WaitAsync(stoppingToken);
                await Task.Delay(options.Value.Gather, stoppingToken);
                running.RemoveAll(task => task.IsCompleted);
                running.Add(TakeGroupsAsync(Gathered(), free, stoppingToken));
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await Task.WhenAll(running);
        }
        finally
        {
            while (_waiting.Reader.TryRead(out var left))
            {
                left.Done.TrySetException(new IOException("The server is stopping; send it again."));
            }
        }
    }

    private List<Waiting> Gathered()
    {
        var gathered = new List<Waiting>();
        while (gathered.Count < MostTogether && _waiting.Reader.TryRead(out var waiting))
        {
            gathered.Add(waiting);
        }

        return gathered;
    }

    private async Task TakeGroupsAsync(List<Waiting> gathered, SemaphoreSlim free, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var group in gathered.GroupBy(waiting => (waiting.TenantId, waiting.Source)))
            {
                await TakeGroupAsync(group.Key.TenantId, group.Key.Source, [.. group], cancellationToken);
            }
        }
        finally
        {
            free.Release();
        }
    }

    private async Task TakeGroupAsync(string tenantId, string source, List<Waiting> group, CancellationToken cancellationToken)
    {
        try
        {
            var outcome = await intake.TakeAsync(tenantId, source, [.. group.Select(waiting => waiting.Delivery)], cancellationToken);
            var results = new Queue<DeliveryResult>(outcome.Deliveries);
            foreach (var waiting in group)
            {
                // Results stand in the order given; those that failed are missing among them.
                if (results.TryPeek(out var result) && result.Name == waiting.Delivery.Name)
                {
                    waiting.Done.TrySetResult(results.Dequeue());
                }
                else
                {
                    var reason = outcome.Failed.FirstOrDefault(failed => failed.Name == waiting.Delivery.Name).Reason;
                    waiting.Done.TrySetException(new IOException(reason ?? "It could not be stored."));
                }
            }
        }
        catch (Exception error)
        {
            // Database or disk: each caller is told, and sends it again.
            group.ForEach(waiting => waiting.Done.TrySetException(error));
        }
    }

    private sealed record Waiting(string TenantId, string Source, Delivery Delivery)
    {
        public TaskCompletionSource<DeliveryResult> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
