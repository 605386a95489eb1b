namespace DdocCost.Domain.Pricing.Resources;

/// <summary>What has one price for being there, whatever its size.</summary>
internal static class Flat
{
    /// <summary>So many units of one product.</summary>
    /// <param name="service">Service in the price book.</param>
    /// <param name="product">Product in the price book.</param>
    /// <param name="unit">What a person calls the unit.</param>
    /// <param name="without">What comes on top and is not in CloudTrail, or null.</param>
    public static Func<Bill, Bill> Of(string service, string product, string unit, string? without = null) => bill =>
    {
        bill.Add(service, product, bill.Units, unit);
        return without is null ? bill : bill.Remark($"without {without}");
    };
}
