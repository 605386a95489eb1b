using System.Collections.Concurrent;

namespace DdocCost.Domain.Ingestion;

/// <summary>
/// Makes deliveries durable: bytes to the archive first, then one transaction that registers them, gives each its number in its
/// account's order, puts pointers into the queue and moves the source's position. Killed anywhere, a delivery is either in or may be
/// delivered again.
/// </summary>
public sealed class Intake(IntakeStore store, IRawArchive archive, TimeProvider clock)
{
    /// <summary>Takes deliveries in, in the order given.</summary>
    /// <param name="tenantId">Whose they are.</param>
    /// <param name="source">Which source delivers; its read position moves with them.</param>
    /// <param name="deliveries">Deliveries; some hundred at a time make good use of a transaction.</param>
    /// <param name="cancellationToken">Stops it; what is not in then may be delivered again.</param>
    public async Task<IntakeOutcome> TakeAsync(
        string tenantId, string source, IReadOnlyList<Delivery> deliveries, CancellationToken cancellationToken)
    {
        var failed = new ConcurrentQueue<(string Name, string Reason)>();
        var scans = await ScanAsync(deliveries, failed, cancellationToken);
        var parts = new List<DeliveryPart>();
        try
        {
            var fresh = await NewOnesAsync(tenantId, scans, cancellationToken);
            var registrations = fresh.Select(scan => Register(tenantId, source, scan, parts)).ToList();
            await archive.StoreAsync([.. registrations.SelectMany(registration => registration.Objects)], cancellationToken);
            var taken = await store.RegisterAsync(
                tenantId, source, registrations, [.. scans.Select(scan => scan.Delivery.File).OfType<SourceFile>()], cancellationToken);
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
                Failed = [.. failed],
            };
            IngestionMeter.Count(outcome);
            return outcome;
        }
        finally
        {
            parts.ForEach(part => part.Draft.Dispose());
            scans.ForEach(scan => scan.Dispose());
        }
    }

    private async Task<List<DeliveryScan>> ScanAsync(
        IReadOnlyList<Delivery> deliveries, ConcurrentQueue<(string Name, string Reason)> failed, CancellationToken cancellationToken)
    {
        var scans = new DeliveryScan?[deliveries.Count];
        var now = clock.GetUtcNow();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken };
        try
        {
            await Task.Run(() => Parallel.For(0, deliveries.Count, parallel, i =>
            {
                try
                {
                    scans[i] = DeliveryScan.Of(deliveries[i], archive, now);
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

        return [.. scans.OfType<DeliveryScan>()];
    }

    /// <summary>Those whose content is neither known nor earlier in the same batch.</summary>
    private async Task<List<DeliveryScan>> NewOnesAsync(string tenantId, List<DeliveryScan> scans, CancellationToken cancellationToken)
    {
        var seen = await store.KnownAsync(tenantId, [.. scans.Select(scan => scan.ContentHash)], cancellationToken);
        return [.. scans.Where(scan => seen.Add(Convert.ToHexString(scan.ContentHash)))];
    }

    private DeliveryRegistration Register(string tenantId, string source, DeliveryScan scan, List<DeliveryPart> parts)
    {
        var own = DeliverySplitter.Split(scan, archive);
        parts.AddRange(own);
        return DeliveryRegistration.Of(tenantId, source, scan, own);
    }
}
