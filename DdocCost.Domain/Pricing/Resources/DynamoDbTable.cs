namespace DdocCost.Domain.Pricing.Resources;

/// <summary>Provisioned capacity of a DynamoDB table and its indexes; on demand nothing runs by the hour.</summary>
internal static class DynamoDbTable
{
    public static Bill Price(Bill bill)
    {
        if (bill.Change.Size == "on-demand")
            return bill.Remark("billed by request");
        if (bill.Traits is { ReadCapacity: null, WriteCapacity: null })
            return bill.Unpriced("the record does not tell the capacity");
        return bill
            .Add("dynamodb", "provisioned rcu", (bill.Traits.ReadCapacity ?? 0) * bill.Units)
            .Add("dynamodb", "provisioned wcu", (bill.Traits.WriteCapacity ?? 0) * bill.Units)
            .Remark("without storage");
    }
}
