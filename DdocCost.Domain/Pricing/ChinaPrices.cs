using System.Collections.Frozen;
using System.Globalization;

namespace DdocCost.Domain.Pricing;

/// <summary>
/// AWS China sells by a price list of its own, in yuan: no price of another region says anything of it. Known are EC2 instances in Beijing; they are
/// shown in dollars at a rate that is stated with each figure. What is not listed has no price.
/// </summary>
internal sealed class ChinaPrices
{
    private const string Beijing = "cn-north-1";

    private readonly FrozenDictionary<string, ListPrice> beijing;

    /// <summary>Reads the list.</summary>
    /// <param name="lines">Instance type, CNY an hour and the month it was seen, separated by tabulators.</param>
    /// <param name="cnyPerUsd">CNY for one USD.</param>
    public ChinaPrices(IEnumerable<string> lines, decimal cnyPerUsd)
    {
        beijing = lines.Select(line => line.Split('\t')).ToFrozenDictionary(cells => cells[0], cells => Row(cells[0], decimal.Parse(cells[1], CultureInfo.InvariantCulture), cells[2]));

        ListPrice Row(string type, decimal cny, string observed) => new(
            "ec2", type, Beijing, "hour", Math.Round(cny / cnyPerUsd, 12), "aws china, converted", observed, PriceConfidence.Medium,
            string.Create(CultureInfo.InvariantCulture, $"{cny:0.######} CNY an hour, at {cnyPerUsd:0.####} CNY a dollar"));
    }

    /// <summary>Whether a region is one of AWS China's.</summary>
    public static bool Has(string region) => region.StartsWith("cn-", StringComparison.Ordinal);

    /// <summary>The price that is listed for exactly this region, in USD; null where none is.</summary>
    public ListPrice? Listed(string service, string product, string region) =>
        region == Beijing && service == "ec2" ? beijing.GetValueOrDefault(product) : null;

    /// <summary>The price of another of its regions; null where none is listed.</summary>
    public ListPrice? Elsewhere(string service, string product, string region) =>
        region == Beijing || Listed(service, product, Beijing) is not { } price ? null
            : price.Estimate(1, PriceConfidence.Low, $"the price of {Beijing}: that of {region} is not known") with { Region = region, Observed = "" };
}
