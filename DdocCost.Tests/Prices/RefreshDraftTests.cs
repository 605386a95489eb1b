using DdocCost.Domain.Pricing;
using DdocCost.Domain.Pricing.Offers;
using DdocCost.Domain.Pricing.Refresh;

namespace DdocCost.Tests.Prices;

public sealed class RefreshDraftTests
{
    private const string Region = "eu-central-1";
    private static readonly PriceOffer Ec2 = PriceOffer.All.Single(offer => offer.Code == "AmazonEC2");
    private static readonly List<ListPrice> Instances =
        [.. PriceBook.Embedded.Rows.Where(row => row.Service == "ec2" && row.Region == Region && row.Source != "derived" && !row.Product.Contains(' ')).Select(row => row with { Source = "aws price list", Observed = "2026-11" })];

    private static RefreshReport Take(PriceBook before, IEnumerable<ListPrice> listed, out PriceBook after)
    {
        var draft = new RefreshDraft(before);
        draft.Take(Ec2, Region, DateTimeOffset.UnixEpoch, [.. listed]);
        var (rows, report) = draft.Finish();
        after = PriceBook.Refreshed(rows, before.Version + 1);
        return report;
    }

    [Fact]
    public void Says_what_moved_and_by_how_much()
    {
        var report = Take(PriceBook.Embedded, Instances.Select(row => row.Product is "m5.large" ? row with { Usd = row.Usd * 1.2m } : row).Append(Instances[0] with { Product = "m99.large" }), out var after);

        var part = Assert.Single(report.Parts);
        Assert.Null(part.Problem);
        Assert.Equal((Instances.Count + 1, 1, 1), (part.Rows, part.Added, part.Moved));
        var move = Assert.Single(report.BiggestMoves);
        Assert.Equal(("ec2:m5.large:eu-central-1", 1.2m), (move.Sku, move.Factor));
        Assert.Equal(move.AfterUsd, after.Find("ec2", "m5.large", Region)!.Usd);
        Assert.Equal(Instances[0].Usd, after.Find("ec2", "m99.large", Region)!.Usd);
        Assert.Equal("2026-11", after.Find("ec2", "m5.large", Region)!.Observed);
    }

    [Fact]
    public void Leaves_other_regions_and_services_as_they_were()
    {
        Take(PriceBook.Embedded, Instances.Select(row => row with { Usd = row.Usd * 1.1m }), out var after);

        Assert.Equal(PriceBook.Embedded.Find("ec2", "m5.large", "us-east-1"), after.Find("ec2", "m5.large", "us-east-1"));
        Assert.Equal(PriceBook.Embedded.Find("ebs", "gp3", Region), after.Find("ebs", "gp3", Region));
    }

    [Fact]
    public void Does_not_believe_a_file_that_is_cut_off() => Refuses(Instances.Take(Instances.Count / 3), "cut off");

    [Fact]
    public void Does_not_believe_that_everything_costs_half_as_much_again() => Refuses(Instances.Select(row => row with { Usd = row.Usd * 1.5m }), "not believed");

    [Fact]
    public void Does_not_believe_prices_in_another_currency() => Refuses(Instances.Select(row => row with { Usd = row.Usd * 7.1m }), "not believed");

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1_000_000)]
    public void Does_not_believe_a_file_with_a_price_that_is_none(int usd) => Refuses(Instances.Skip(1).Append(Instances[0] with { Usd = usd }), "lists ec2:");

    [Fact]
    public void Does_not_believe_a_file_without_anything_known() => Refuses([], "lists nothing");

    [Fact]
    public void Believes_that_AWS_cuts_the_prices_of_some_families()
    {
        var report = Take(PriceBook.Embedded, Instances.Select(row => row.Product.StartsWith('p') ? row with { Usd = row.Usd * 0.55m } : row), out _);

        Assert.Null(report.Parts[0].Problem);
        Assert.True(report.Moved > 0);
    }

    [Fact]
    public void Keeps_the_old_price_of_what_moved_beyond_reason()
    {
        var report = Take(PriceBook.Embedded, Instances.Select(row => row.Product == "m5.large" ? row with { Usd = row.Usd * 100 } : row), out var after);

        Assert.Equal(1, report.Parts[0].Absurd);
        Assert.Equal(PriceBook.Embedded.Find("ec2", "m5.large", Region)!.Usd, after.Find("ec2", "m5.large", Region)!.Usd);
    }

    [Fact]
    public void Keeps_the_refresh_before_where_this_one_is_refused_and_forgets_what_AWS_lists_no_more()
    {
        Take(PriceBook.Embedded, Instances.Select(row => row with { Usd = row.Usd * 1.1m }).Append(Instances[0] with { Product = "m99.large" }), out var first);

        Take(first, Instances.Take(10), out var refused);
        var report = Take(first, Instances.Select(row => row with { Usd = row.Usd * 1.1m }), out var second);

        Assert.Equal(first.Find("ec2", "m5.large", Region)!.Usd, refused.Find("ec2", "m5.large", Region)!.Usd);
        Assert.Equal((1, 0), (report.Gone, report.Moved));
        Assert.Null(second.ListedThere("ec2", "m99.large", Region));
    }

    [Fact]
    public void A_book_with_newer_prices_says_what_the_operating_system_costs_with_the_instance()
    {
        Take(PriceBook.Embedded, Instances.Append(Instances[0] with { Product = "m5.large windows", Usd = 0.2m }).Append(Instances[0] with { Product = "m5.large dedicated", Usd = 0.13m }), out var after);

        Assert.Equal(0.2m, Price(new() { OperatingSystem = "windows" }).UsdPerHour);
        Assert.Equal(0.13m, Price(new() { Tenancy = "dedicated" }).UsdPerHour);
        Assert.Equal(PriceConfidence.High, Price(new() { OperatingSystem = "windows" }).Confidence);

        Cost Price(DdocCost.Domain.Normalise.ResourceTraits traits) => PricedResources.Price(
            new() { Action = DdocCost.Domain.Normalise.ResourceAction.Start, ResourceType = "ec2:instance", Size = "m5.large", Traits = traits }, Region, after);
    }

    private static void Refuses(IEnumerable<ListPrice> listed, string why)
    {
        var report = Take(PriceBook.Embedded, listed, out var after);

        Assert.Contains(why, report.Parts[0].Problem, StringComparison.Ordinal);
        Assert.Equal(0, report.Rows);
        Assert.Equal(PriceBook.Embedded.Find("ec2", "m5.large", Region), after.Find("ec2", "m5.large", Region));
    }
}
