using DdocCost.Domain.Pricing.Offers;

namespace DdocCost.Domain.Pricing.Refresh;

/// <summary>
/// A refresh in the making: takes one offer of one region after another, checks each against the book in use, and keeps of the refresh before
/// what was not refreshed this time or did not pass. A pure function of the book and the offers.
/// </summary>
public sealed class RefreshDraft(PriceBook before)
{
    /// <summary>Of what the book lists in a region, an offer must hold this share, else it is cut off or not what it says.</summary>
    private const double LeastKnown = 0.5;

    /// <summary>AWS cuts the prices of a family now and then; it never moves this share of a region's prices by more than <see cref="BigMove"/>.</summary>
    private const double MostBigMoves = 0.25;

    private const decimal BigMove = 1.25m, Absurd = 5m, MostUsd = 20_000;
    private const int MovesTold = 25;

    private readonly Dictionary<(string Service, string Product, string Region), ListPrice> rows = before.Rows
        .Where(row => row.Source == ListPrice.FromAws).ToDictionary(row => (row.Service, row.Product, row.Region));

    private readonly List<PartReport> parts = [];
    private readonly List<PriceMove> moves = [];

    /// <summary>Whether any offer was taken over.</summary>
    public bool HasNews => parts.Exists(part => part.Problem is null);

    /// <summary>An offer that could not be read; the prices of the refresh before stay.</summary>
    public void Fail(PriceOffer offer, string region, string problem) => parts.Add(new PartReport(offer.Code, region) { Problem = problem });

    /// <summary>Takes the prices of an offer in a region, or says in the report why not.</summary>
    public void Take(PriceOffer offer, string region, DateTimeOffset? published, IReadOnlyCollection<ListPrice> listed)
    {
        var known = Compared(region, listed);
        if ((Problem(known) ?? Lacking(offer, region, known)) is { } problem)
            parts.Add(new PartReport(offer.Code, region) { Published = published, Problem = problem });
        else
            Keep(new PartReport(offer.Code, region) { Published = published, Gone = Forget(offer, region, listed) }, known);
    }

    /// <summary>Takes the prices of some products of an offer in a region beside those that are known, or says in the report why not.</summary>
    /// <param name="offer">Whose products.</param>
    /// <param name="region">AWS region.</param>
    /// <param name="published">When AWS published them, UTC.</param>
    /// <param name="listed">Their prices, one a product.</param>
    /// <param name="skipped">How many products could not be read.</param>
    public void TakeSome(PriceOffer offer, string region, DateTimeOffset? published, IReadOnlyCollection<ListPrice> listed, int skipped)
    {
        var known = Compared(region, listed);
        var part = new PartReport(offer.Code, region) { Published = published, Skipped = skipped };
        if (Problem(known) is { } problem)
            parts.Add(part with { Problem = problem });
        else
            Keep(part, known);
    }

    private List<(ListPrice Row, ListPrice? Was)> Compared(string region, IReadOnlyCollection<ListPrice> listed) =>
        [.. listed.Select(row => (row, before.ListedThere(row.Service, row.Product, region)))];

    private void Keep(PartReport part, List<(ListPrice Row, ListPrice? Was)> known)
    {
        var sane = known.Where(pair => pair.Was is null || Factor(pair.Row, pair.Was) <= Absurd).ToList();
        var moved = sane.Where(pair => pair.Was is not null && pair.Was.Usd != pair.Row.Usd).ToList();
        moves.AddRange(moved.Select(pair => new PriceMove(pair.Row.Sku, pair.Was!.Usd, pair.Row.Usd, pair.Row.Unit)));
        parts.Add(part with
        {
            Rows = sane.Count,
            Added = sane.Count(pair => pair.Was is null),
            Moved = moved.Count,
            Absurd = known.Count - sane.Count,
        });
        foreach (var (row, _) in sane)
            rows[(row.Service, row.Product, part.Region)] = row;
    }

    /// <summary>All prices of the refresh, and what it brought.</summary>
    public (IReadOnlyCollection<ListPrice> Rows, RefreshReport Report) Finish() => (rows.Values, new RefreshReport
    {
        Parts = parts,
        Rows = rows.Count,
        BiggestMoves = [.. moves.OrderByDescending(move => move.Factor).ThenBy(move => move.Sku, StringComparer.Ordinal).Take(MovesTold)],
    });

    private static string? Problem(List<(ListPrice Row, ListPrice? Was)> known)
    {
        if (known.Count == 0)
            return "lists nothing that the price book knows";
        if (known.Find(pair => pair.Row.Usd is <= 0 or > MostUsd).Row is { } wrong)
            return FormattableString.Invariant($"lists {wrong.Sku} at {wrong.Usd} USD");
        var compared = known.FindAll(pair => pair.Was is { Source: not "derived" });
        var far = compared.Count(pair => Factor(pair.Row, pair.Was!) > BigMove);
        return compared.Count >= 4 && far > MostBigMoves * compared.Count
            ? $"moves {far} of {compared.Count} known prices by more than {BigMove - 1:P0}: not believed" : null;
    }

    /// <summary>What a whole offer must hold.</summary>
    private string? Lacking(PriceOffer offer, string region, List<(ListPrice Row, ListPrice? Was)> known)
    {
        var expected = before.Rows.Where(row => row.Region == region && offer.Services.Contains(row.Service) && row.Source != "derived").ToList();
        var listed = known.Select(pair => (pair.Row.Service, pair.Row.Product)).ToHashSet();
        var found = expected.Count(row => listed.Contains((row.Service, row.Product)));
        return found < LeastKnown * expected.Count
            ? $"holds {found} of the {expected.Count} prices that are known there: cut off, or not what it says" : null;
    }

    /// <summary>What the refresh before had of this offer and this one lacks.</summary>
    private int Forget(PriceOffer offer, string region, IReadOnlyCollection<ListPrice> listed)
    {
        var kept = listed.Select(row => (row.Service, row.Product, region)).ToHashSet();
        var services = listed.Select(row => row.Service).Where(offer.Services.Contains).ToHashSet();
        var gone = rows.Keys.Where(key => key.Region == region && services.Contains(key.Service) && !kept.Contains(key)).ToList();
        gone.ForEach(key => rows.Remove(key));
        return gone.Count;
    }

    private static decimal Factor(ListPrice row, ListPrice was) => Math.Max(row.Usd / was.Usd, was.Usd / row.Usd);
}
