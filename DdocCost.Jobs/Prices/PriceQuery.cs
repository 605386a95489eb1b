using System.Text.Json;
using DdocCost.Domain.Pricing;
using DdocCost.Domain.Pricing.Offers;
using DdocCost.Jobs.Aws;

namespace DdocCost.Jobs.Prices;

/// <summary>The AWS Price List by its query API, for a few products where a whole offer file is too much. Needs credentials.</summary>
/// <remarks>Source: AWS Price List API reference, "GetProducts".</remarks>
internal sealed class PriceQuery(ILogger log)
{
    /// <summary>Where the query API is; it answers for all regions of the ordinary partition.</summary>
    public const string Region = "us-east-1";

    private static readonly AwsOperation GetProducts = AwsServices.Pricing.Operation("GetProducts") with { Paging = AwsPaging.NextToken };

    private readonly Dictionary<(string Service, string Product), ListPrice> prices = [];

    /// <summary>What was found, one price a product.</summary>
    public IReadOnlyCollection<ListPrice> Prices => prices.Values;

    /// <summary>When AWS published the latest of it, UTC, or null.</summary>
    public DateTimeOffset? Published { get; private set; }

    /// <summary>Products that could not be read.</summary>
    public int Skipped { get; private set; }

    /// <summary>Asks for all that is sold of an instance type in a region. Broken products are skipped; an answer that breaks off adds nothing.</summary>
    /// <exception cref="AwsException">AWS refuses, or cannot be reached.</exception>
    public async Task AskAsync(AwsClient client, PriceOffer offer, string region, string instanceType, CancellationToken cancellationToken)
    {
        var input = new Dictionary<string, object>
        {
            ["ServiceCode"] = offer.Code,
            ["FormatVersion"] = "aws_v1",
            ["MaxResults"] = 100,
            ["Filters"] = new[] { Filter("instanceType", instanceType), Filter("regionCode", region) },
        };
        var texts = new List<JsonElement>();
        await foreach (var page in client.JsonPagesAsync(GetProducts, input, cancellationToken))
            texts.AddRange(page.Items("PriceList"));
        foreach (var text in texts)
            await TakeAsync(text, offer, region, cancellationToken);
    }

    private async Task TakeAsync(JsonElement text, PriceOffer offer, string region, CancellationToken cancellationToken)
    {
        try
        {
            var json = text.ValueKind == JsonValueKind.String ? text.GetString()! : text.GetRawText();
            var product = await ProductText.ReadAsync(json, offer, region, cancellationToken);
            foreach (var price in product.Prices)
                prices.TryAdd((price.Service, price.Product), price);
            Published = Published > product.Published ? Published : product.Published ?? Published;
        }
        catch (InvalidDataException e)
        {
            Skipped++;
            PricesLog.Skipped(log, offer.Code, region, e.Message);
        }
    }

    private static Dictionary<string, string> Filter(string field, string value) => new() { ["Type"] = "TERM_MATCH", ["Field"] = field, ["Value"] = value };
}
