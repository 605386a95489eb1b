using System.Diagnostics.Metrics;

namespace DdocCost.Domain.Ingestion;

/// <summary>What the intake counts.</summary>
internal static class IngestionMeter
{
    private static readonly Meter Meter = new("ddoc.ingestion");
    private static readonly Counter<long> Deliveries = Meter.CreateCounter<long>("ddoc.ingestion.deliveries", "{delivery}", "Deliveries by outcome: taken, redelivered, failed.");
    private static readonly Counter<long> Records = Meter.CreateCounter<long>("ddoc.ingestion.records", "{record}", "Records of what was taken by outcome: taken, rejected.");
    private static readonly Counter<long> Bytes = Meter.CreateCounter<long>("ddoc.ingestion.bytes", "By", "Size of what was taken, uncompressed.");

    /// <summary>Counts a batch of deliveries.</summary>
    public static void Count(IntakeOutcome outcome)
    {
        Count(Deliveries, outcome.Taken, "taken");
        Count(Deliveries, outcome.Redelivered, "redelivered");
        Count(Deliveries, outcome.Failed.Count, "failed");
        Count(Records, outcome.Records, "taken");
        Count(Records, outcome.Rejected, "rejected");
        Bytes.Add(outcome.PlainBytes);
    }

    private static void Count(Counter<long> counter, long number, string outcome) => counter.Add(number, new KeyValuePair<string, object?>("outcome", outcome));
}
