namespace DdocCost.Domain.Ledger;

/// <summary>Rates in USD per hour.</summary>
internal static class Rate
{
    private const decimal One = 1.0000000000000000000000000000m;

    /// <summary>The same value without trailing zeros: a decimal remembers how it was computed, and a stored text must not depend on that.</summary>
    public static decimal Plain(decimal value) => value / One;
}
