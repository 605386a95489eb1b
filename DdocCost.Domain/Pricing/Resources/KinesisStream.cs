namespace DdocCost.Domain.Pricing.Resources;

/// <summary>Kinesis data streams: by shard, or by stream on demand.</summary>
internal static class KinesisStream
{
    public static Bill Price(Bill bill) =>
        (bill.Size == "on-demand" ? bill.Add("kinesis", "stream on-demand", bill.Units) : bill.Add("kinesis", "shard provisioned", bill.Units)).Remark("without traffic");
}
