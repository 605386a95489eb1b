using DdocCost.Domain.Normalise;
using DdocCost.Domain.Pricing;
using DdocCost.Domain.Pricing.Refresh;

namespace DdocCost.App.Coverage;

/// <summary>What is priced here, and what is not.</summary>
/// <param name="Services">The catalogue, service by service.</param>
/// <param name="Book">The price book in use.</param>
/// <param name="Refresh">How it is renewed.</param>
/// <param name="Unpriced">Events of the last days that have no price, the most frequent first.</param>
/// <param name="Shares">What became of the cost-bearing events of those days.</param>
public sealed record CoverageView(
    IReadOnlyList<ServiceCoverage> Services, BookFacts Book, RefreshFacts Refresh, IReadOnlyList<UnpricedGroup> Unpriced, EventShares Shares);

/// <summary>A service of the catalogue.</summary>
/// <param name="Service">eventSource without <c>.amazonaws.com</c>.</param>
/// <param name="Calls">Its calls, by what their resource's price rests on.</param>
public sealed record ServiceCoverage(string Service, IReadOnlyList<(PriceBasis Basis, IReadOnlyList<CataloguedCall> Calls)> Calls)
{
    /// <summary>How many calls rest on this.</summary>
    public int Count(params ReadOnlySpan<PriceBasis> bases)
    {
        var count = 0;
        foreach (var (basis, calls) in Calls)
        {
            count += bases.Contains(basis) ? calls.Count : 0;
        }

        return count;
    }
}

/// <summary>Facts of a price book.</summary>
/// <param name="Version">Number of the refresh in it; 0 for the embedded one as it is.</param>
/// <param name="Rows">Listed prices.</param>
/// <param name="ByConfidence">How many of each confidence.</param>
/// <param name="BySource">Per service: listed prices, regions, and the months they were seen in.</param>
public sealed record BookFacts(
    long Version, int Rows, IReadOnlyList<(PriceConfidence Confidence, int Rows)> ByConfidence, IReadOnlyList<BookService> BySource)
{
    /// <summary>The newest month that a price was seen in.</summary>
    public string Newest => BySource.Max(service => service.Newest) ?? "";

    /// <summary>The oldest month.</summary>
    public string Oldest => BySource.Where(service => service.Oldest.Length > 0).Min(service => service.Oldest) ?? "";
}

/// <summary>A service in the price book.</summary>
/// <param name="Service">Its name there.</param>
/// <param name="Rows">Listed prices.</param>
/// <param name="Regions">In how many regions.</param>
/// <param name="Oldest">Month its oldest price was seen, such as <c>2024-07</c>; empty where none says.</param>
/// <param name="Newest">Month its newest price was seen.</param>
/// <param name="Refreshed">How many came with a refresh.</param>
public sealed record BookService(string Service, int Rows, int Regions, string Oldest, string Newest, int Refreshed);

/// <summary>How the price book is renewed.</summary>
/// <param name="IsOn">Whether prices are fetched from AWS.</param>
/// <param name="From">From where.</param>
/// <param name="InUse">The version in use in the database; processes follow within seconds.</param>
/// <param name="Latest">The latest refreshes, the newest first.</param>
/// <param name="Covers">What a refresh renews.</param>
public sealed record RefreshFacts(bool IsOn, Uri From, long InUse, IReadOnlyList<PriceRefresh> Latest, IReadOnlyList<string> Covers)
{
    /// <summary>The refresh that runs, or null.</summary>
    public PriceRefresh? Running => Latest.FirstOrDefault(refresh => refresh.State == RefreshState.Running);
}

/// <summary>Like events without a price.</summary>
/// <param name="Service">Service.</param>
/// <param name="EventName">Call.</param>
/// <param name="Reason">Why there is no price.</param>
/// <param name="Count">How many.</param>
/// <param name="LatestAt">When the latest was, UTC.</param>
/// <param name="Latest">Key of the latest.</param>
/// <param name="Location">Where its raw record lies, or null.</param>
public sealed record UnpricedGroup(string Service, string EventName, string Reason, long Count, DateTimeOffset LatestAt, Guid Latest, RecordLocation? Location);

/// <summary>Cost-bearing events by what came of them.</summary>
/// <param name="Priced">With a price, by confidence.</param>
/// <param name="Unpriced">Without.</param>
public sealed record EventShares(IReadOnlyList<(PriceConfidence Confidence, long Events)> Priced, long Unpriced)
{
    /// <summary>All of them.</summary>
    public long Total => Priced.Sum(share => share.Events) + Unpriced;
}
