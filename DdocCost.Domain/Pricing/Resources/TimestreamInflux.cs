namespace DdocCost.Domain.Pricing.Resources;

/// <summary>InfluxDB instances of Timestream.</summary>
internal static class TimestreamInflux
{
    public static Bill Price(Bill bill) => bill.Change.Size is { } size
        ? bill.Add("timestream", $"influxdb {size} {(bill.Traits.MultiAz ? "multi-az" : "single-az")}", bill.Units, "instance-hour").Remark("without storage")
        : bill.Unpriced("the record does not tell the instance type");
}
