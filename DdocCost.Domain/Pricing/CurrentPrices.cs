namespace DdocCost.Domain.Pricing;

/// <summary>The price book a process works with now: the embedded one, until a refresh takes its place. One an application; safe for any thread.</summary>
public sealed class CurrentPrices
{
    private volatile PriceBook? book;

    /// <summary>The book. Take it once where several prices must fit each other.</summary>
    public PriceBook Book => book ?? PriceBook.Embedded;

    /// <summary>Takes another book from the next question on; what was priced before keeps its price.</summary>
    public void Use(PriceBook newer) => book = newer;
}
