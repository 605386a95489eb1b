namespace DdocCost.Domain.Pricing;

/// <summary>The price book a process works with now: the embedded one, until a refresh takes its place. One an application; safe for any thread.</summary>
/// <param name="rates">At what rates it shows prices in other currencies; the defaults where null.</param>
public sealed class CurrentPrices(ExchangeRates? rates = null)
{
    private volatile PriceBook book = PriceBook.Embedded.At(rates ?? ExchangeRates.Default);

    /// <summary>The book. Take it once where several prices must fit each other.</summary>
    public PriceBook Book => book;

    /// <summary>Takes another book from the next question on; what was priced before keeps its price.</summary>
    public void Use(PriceBook newer) => book = newer;

    /// <summary>At what rates books show prices in other currencies here.</summary>
    public ExchangeRates Rates { get; } = rates ?? ExchangeRates.Default;
}
