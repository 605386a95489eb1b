using System.Text.Json;

namespace DdocCost.Domain.Pricing.Offers;

/// <summary>
/// A product with its terms, as the AWS Price List query API (<c>GetProducts</c>) gives it: what an offer file has of one SKU, in one JSON text.
/// <code>
/// {"product":{"productFamily":"Compute Instance","attributes":{"instanceType":"m5.large",…},"sku":"SKU"},"serviceCode":"AmazonEC2",
///  "terms":{"OnDemand":{"SKU.JRTCKXETXF":{"priceDimensions":{…}}}},"version":"…","publicationDate":"2026-11-02T21:03:13Z"}
/// </code>
/// </summary>
public static class ProductText
{
    /// <summary>Reads it as an offer file of one product, so that both ways come to the same prices.</summary>
    /// <exception cref="InvalidDataException">It is no product with terms.</exception>
    public static async Task<OfferReader> ReadAsync(string text, PriceOffer offer, string region, CancellationToken cancellationToken)
    {
        var reader = new OfferReader(offer.Map, region);
        try
        {
            using var json = JsonDocument.Parse(text);
            await reader.ReadAsync(new MemoryStream(OfferFile(json.RootElement, offer)), cancellationToken);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException) // the latter: text that is no Unicode
        {
            throw new InvalidDataException($"no product: {e.Message}", e);
        }

        return reader;
    }

    private static byte[] OfferFile(JsonElement root, PriceOffer offer)
    {
        if (Object(root, "product") is not { } product || Object(root, "terms") is not { } terms || Text(product, "sku") is not { } sku)
            throw new InvalidDataException("no product: it lacks its SKU or its terms");
        var (bytes, published) = (new MemoryStream(), Text(root, "publicationDate"));
        using (var file = new Utf8JsonWriter(bytes))
        {
            file.WriteStartObject();
            file.WriteString("offerCode", offer.Code);
            if (published is not null)
                file.WriteString("publicationDate", published);
            file.WriteStartObject("products");
            file.WritePropertyName(sku);
            product.WriteTo(file);
            file.WriteEndObject();
            file.WriteStartObject("terms");
            file.WriteStartObject("OnDemand");
            if (Object(terms, "OnDemand") is { } onDemand)
            {
                file.WritePropertyName(sku);
                onDemand.WriteTo(file);
            }

            file.WriteEndObject();
            file.WriteEndObject();
            file.WriteEndObject();
        }

        return bytes.ToArray();
    }

    private static JsonElement? Object(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.Object ? member : null;

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;
}
