namespace DdocCost.Domain.Pricing;

/// <summary>At what rates prices in other currencies are shown in dollars. All sums are in USD.</summary>
/// <param name="CnyPerUsd">Yuan for one dollar.</param>
public sealed record ExchangeRates(decimal CnyPerUsd)
{
    /// <summary>The rates where none are configured.</summary>
    /// <remarks>7.2 yuan a dollar, about that of November 2024, when the prices of AWS China were seen.</remarks>
    public static readonly ExchangeRates Default = new(7.2m);
}
