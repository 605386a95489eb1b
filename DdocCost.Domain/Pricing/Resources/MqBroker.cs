namespace DdocCost.Domain.Pricing.Resources;

/// <summary>Amazon MQ brokers: a pair costs two and a cluster three single ones.</summary>
internal static class MqBroker
{
    public static Bill Price(Bill bill)
    {
        if (bill.Change.Size is not { } size)
            return bill.Unpriced("the record does not tell the broker's instance type");
        if (bill.Traits.Engine is null)
            bill.Assume("engine not told, priced as ActiveMQ");
        return bill.Add("mq", $"{size} {bill.Traits.Engine ?? "activemq"} single-instance", bill.Units, "broker-hour").Remark("without storage");
    }
}
