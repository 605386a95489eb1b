namespace DdocCost.Domain.Pricing.Resources;

/// <summary>Provisioned throughput of Bedrock, by model unit, without commitment.</summary>
internal static class BedrockThroughput
{
    /// <summary>Names in the price book, as they stand in the id of a model (<c>anthropic.claude-3-sonnet-…</c>).</summary>
    private static readonly string[] models = ["claude-3-sonnet", "claude-instant", "claude-2", "titan-text-express", "titan-text-lite"];

    /// <summary>In an id the version of Claude 2 follows another form: <c>anthropic.claude-v2</c>.</summary>
    public static Bill Price(Bill bill)
    {
        var id = bill.Size.Replace("claude-v2", "claude-2", StringComparison.Ordinal);
        return Array.Find(models, model => id.Contains(model, StringComparison.Ordinal)) is { } known
            ? bill.Add("bedrock", $"provisioned-throughput {known} no-commitment", bill.Units, "model-unit-hour").Assume("at most: without commitment")
            : bill.Unpriced($"no price known for provisioned throughput of model {bill.Change.Size ?? "unknown"}");
    }
}
