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

    /// <summary>So many times a product for each unit.</summary>
    public static Func<Bill, Bill> Each(string service, string product, decimal times, string unit) => bill =>
        bill.Add(service, product, times * bill.Units, unit);

    /// <summary>So many units of one product, or fewer.</summary>
    public static Func<Bill, Bill> AtMost(string service, string product, string unit, string why) => bill =>
        bill.Add(service, product, bill.Units, unit).Assume($"at most: {why}");

    /// <summary>So many units of one product, which is the cheapest it may be.</summary>
    public static Func<Bill, Bill> AtLeast(string service, string product, string unit, string why) => bill =>
        bill.Add(service, product, bill.Units, unit).Assume($"at least: {why}", PriceConfidence.Low);
}
