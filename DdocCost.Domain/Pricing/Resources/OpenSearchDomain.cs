namespace DdocCost.Domain.Pricing.Resources;

/// <summary>Nodes of an OpenSearch (or Elasticsearch) domain and their storage.</summary>
internal static class OpenSearchDomain
{
    public static Bill Price(Bill bill)
    {
        if (bill.Change.Size is not { } size)
            return bill.Unpriced("the record does not tell the node type");
        bill.Add("opensearch", size.Replace(".elasticsearch", ".search", StringComparison.Ordinal), bill.Units, "node-hour");
        if (bill.Traits.StorageGib is not { } gib)
            return bill;
        var type = bill.Traits.StorageType switch
        {
            "gp2" or "gp3" or "io1" => bill.Traits.StorageType,
            "standard" => "magnetic",
            _ => "gp3",
        };
        return bill.Add("opensearch", $"storage {type}", gib * bill.Units);
    }
}
