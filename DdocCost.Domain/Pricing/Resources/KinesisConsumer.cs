namespace DdocCost.Domain.Pricing.Resources;

/// <summary>Stream consumers with throughput of their own: by shard of the stream.</summary>
internal static class KinesisConsumer
{
    public static Bill Price(Bill bill) => bill
        .Add("kinesis", "enhanced fan-out consumer-shard", bill.Units)
        .Assume("at least: one shard, the record does not tell how many; without traffic", PriceConfidence.Low);
}
