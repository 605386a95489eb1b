namespace DdocCost.Domain.Pricing.Resources;

/// <summary>Firehose streams: by what they take in, and by zone and hour where they deliver into a VPC.</summary>
internal static class FirehoseStream
{
    public static Bill Price(Bill bill) => bill.Size == "vpc"
        ? bill.Add("firehose", "vpc az delivery", bill.Units, "zone-hour").Remark("at least: what it takes in is billed by use")
        : bill.Unpriced("billed by use: what it takes in");
}
