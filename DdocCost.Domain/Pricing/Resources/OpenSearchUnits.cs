namespace DdocCost.Domain.Pricing.Resources;

/// <summary>Compute units (OCU) of OpenSearch Serverless and of ingestion pipelines, which are sold at one price.</summary>
internal static class OpenSearchUnits
{
    /// <summary>The least that the first collection keeps running: one for indexing and one for search, twice where it is redundant.</summary>
    private const decimal Single = 2, Redundant = 4;

    public static Bill Collection(Bill bill) => bill
        .Add("opensearch", "serverless ocu", (bill.Size == "single" ? Single : Redundant) * bill.Units)
        .Assume("the least of the first collection: further ones share its units, load adds more; without storage", PriceConfidence.Low);

    public static Bill Pipeline(Bill bill) => bill
        .Add("opensearch", "serverless ocu", bill.Units)
        .Assume("at least: the minimum of units, priced as units of OpenSearch Serverless", PriceConfidence.Low);
}
