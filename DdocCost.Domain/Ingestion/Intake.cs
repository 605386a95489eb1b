using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace DdocCost.Domain.Ingestion;

/// <summary>
/// Makes deliveries durable: bytes to the archive first, then one transaction that registers them, gives each its number in its
/// account's order, puts pointers into the queue and moves the source's position. Killed anywhere, a delivery is either in or may be
/// delivered again.
/// </summary>
public sealed class Intake(IntakeStore store, IRawArchive archive, TimeProvider clock, RecordHandOver? handOver = null)
{
    /// <summary>Takes deliveries in, in the order given.</summary>
    /// <param name="tenantId">Whose they are.</param>
    /// <param name="source">Which source delivers; its read position moves with them.</param>
    /// <param name="deliveries">Deliveries; some hundred at a time make good use of a transaction.</param>
    /// <param name="cancellationToken">Stops it; what is not in then may be delivered again.</param>
    public async Task<IntakeOutcome> TakeAsync(
        string tenantId, string source, IReadOnlyList<Delivery> deliveries, CancellationToken cancellationToken)
    {
        using var scanned = await ScanAsync(deliveries, cancellationToken);
        return await TakeAsync(tenantId, source, scanned, cancellationToken);
    }

    /// <summary>Reads batches of deliveries in their order, each while the one before it is being taken in.</summary>
    /// <param name="batches">Deliveries, some hundred together.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>To be taken in and disposed of, one after another.</returns>
    public async IAsyncEnumerable<ScannedDeliveries> ScanAheadAsync(
        IEnumerable<IReadOnlyList<Delivery>> batches, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Task<ScannedDeliveries>? ahead = null;
        try
        {
            foreach (var batch in batches)
            {
                var scanned = ahead is null ? null : await ahead;
                ahead = ScanAsync(batch, cancellationToken);
                if (scanned is not null)
                {
                    yield return scanned;
                }
            }

            if (ahead is not null)
            {
                var last = await ahead;
                ahead = null;
                yield return last;
            }
        }
        finally
        {
            await ForgetAsync(ahead);
        }
    }

    /// <summary>Takes in what has been read.</summary>
    /// <param name="tenantId">Whose it is.</param>
    /// <param name="source">Which source delivers; its read position moves with it.</param>
    /// <param name="scanned">What was read; stays the caller's to dispose of.</param>
    /// <param name="cancellationToken">Stops it; what is not in then may be delivered again.</param>
    public async Task<IntakeOutcome> TakeAsync(string tenantId, string source, ScannedDeliveries scanned, CancellationToken cancellationToken)
    {
        var scans = scanned.Scans;
        var parts = new List<DeliveryPart>();
        try
        {
            var fresh = await NewOnesAsync(tenantId, scans, cancellationToken);
            var registrations = await RegisterAsync(tenantId, source, fresh, parts, cancellationToken);
            await archive.StoreAsync([.. registrations.SelectMany(registration => registration.Objects)], cancellationToken);
            var taken = await HandingOverAsync(fresh, registrations, () => store.RegisterAsync(
                tenantId, source, registrations, [.. scans.Select(scan => scan.Delivery.File).OfType<SourceFile>()], cancellationToken));
            var isNew = taken.Select(delivery => Convert.ToHexString(delivery.ContentHash)).ToHashSet();
            var outcome = new IntakeOutcome
            {
                Taken = taken.Count,
                Redelivered = scans.Count - taken.Count,
                Records = taken.Sum(delivery => delivery.Records),
                Rejected = taken.Sum(delivery => delivery.RejectedCount),
                PlainBytes = taken.Sum(delivery => delivery.PlainBytes),
                Delays = taken.Aggregate(DelayHistogram.None, (sum, delivery) => sum.And(delivery.Delays)),
                Deliveries = [.. scans.Select(scan => DeliveryResult.Of(scan, redelivered: !isNew.Remove(Convert.ToHexString(scan.ContentHash))))],
                Failed = scanned.Failed,
            };
            IngestionMeter.Count(outcome);
            return outcome;
        }
        finally
        {
            parts.ForEach(part => part.Draft.Dispose());
        }
    }

    private async Task<ScannedDeliveries> ScanAsync(IReadOnlyList<Delivery> deliveries, CancellationToken cancellationToken)
    {
        var failed = new ConcurrentQueue<(string Name, string Reason)>();
        var scans = new DeliveryScan?[deliveries.Count];
        var now = clock.GetUtcNow();
        try
        {
            await Task.Run(() => Parallel.For(0, deliveries.Count, Parallelism(cancellationToken), i =>
            {
                try
                {
                    scans[i] = DeliveryScan.Of(deliveries[i], archive, handOver?.Listen(), now);
                }
                catch (Exception error) when (error is IOException or UnauthorizedAccessException)
                {
                    failed.Enqueue((deliveries[i].Name, error.Message));
                }
            }), cancellationToken);
        }
        catch
        {
            Array.ForEach(scans, scan => scan?.Dispose());
            throw;
        }

        return new ScannedDeliveries([.. scans.OfType<DeliveryScan>()], [.. failed]);
    }

    /// <summary>Those whose content is neither known nor earlier in the same batch.</summary>
    private async Task<List<DeliveryScan>> NewOnesAsync(string tenantId, IReadOnlyList<DeliveryScan> scans, CancellationToken cancellationToken)
    {
        var seen = await store.KnownAsync(tenantId, [.. scans.Select(scan => scan.ContentHash)], cancellationToken);
        return [.. scans.Where(scan => seen.Add(Convert.ToHexString(scan.ContentHash)))];
    }

    /// <summary>Splits what has to be split, and puts together what to register.</summary>
    private async Task<List<DeliveryRegistration>> RegisterAsync(
        string tenantId, string source, List<DeliveryScan> scans, List<DeliveryPart> parts, CancellationToken cancellationToken)
    {
        var partsOf = new IReadOnlyList<DeliveryPart>[scans.Count];
        try
        {
            await Task.Run(() => Parallel.For(0, scans.Count, Parallelism(cancellationToken), i => partsOf[i] = DeliverySplitter.Split(scans[i], archive)), cancellationToken);
        }
        catch (AggregateException errors)
        {
            ExceptionDispatchInfo.Throw(errors.InnerExceptions[0]); // what went wrong, as if it had been done one by one
        }
        finally
        {
            parts.AddRange(partsOf.Where(own => own is not null).SelectMany(own => own));
        }

        return [.. scans.Zip(partsOf, (scan, own) => DeliveryRegistration.Of(tenantId, source, scan, own))];
    }

    /// <summary>
    /// Registers, and lays what the scans heard out for the scorer before it can see the pointers; takes back what was not registered.
    /// </summary>
    private async Task<IReadOnlyList<DeliveryRegistration>> HandingOverAsync(
        IReadOnlyList<DeliveryScan> scans, List<DeliveryRegistration> registrations, Func<Task<IReadOnlyList<DeliveryRegistration>>> register)
    {
        IReadOnlyList<DeliveryRegistration> taken = [];
        try
        {
            foreach (var (scan, registration) in scans.Zip(registrations))
            {
                // A part that was split off counts its records anew, so only what was stored as it came is the same to read.
                if (scan.Held is { IsWhole: true } held && registration.Pointers is [var pointer] && registration.Objects[0].Draft == scan.Draft)
                {
                    handOver!.Offer(pointer, held);
                }
            }

            return taken = await register();
        }
        finally
        {
            foreach (var pointer in registrations.Except(taken).SelectMany(registration => registration.Pointers))
            {
                handOver?.Take(pointer);
            }
        }
    }

    /// <summary>Nobody wants what is being read any more, nor why it could not be.</summary>
    private static async Task ForgetAsync(Task<ScannedDeliveries>? ahead)
    {
        if (ahead is not null)
        {
            await ((Task)ahead).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (ahead.IsCompletedSuccessfully)
            {
                ahead.Result.Dispose();
            }
        }
    }

    private static ParallelOptions Parallelism(CancellationToken cancellationToken) =>
        new() { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken };
}
