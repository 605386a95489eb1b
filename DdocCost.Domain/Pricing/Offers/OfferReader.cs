using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace DdocCost.Domain.Pricing.Offers;

/// <summary>
/// Reads an offer file of the AWS Price List (bulk API, JSON, some hundred MB a region) token by token as it arrives; what is kept grows with
/// the products that are wanted, not with the file. Products come before terms, which name them by SKU.
/// </summary>
/// <remarks>
/// Source of the format: AWS Billing user guide, "Reading the service price list files", formatVersion v1.0.
/// <code>
/// {"offerCode":"AmazonEC2","version":"…","publicationDate":"2026-11-02T21:03:13Z",
///  "products":{"SKU":{"sku":"SKU","productFamily":"Compute Instance","attributes":{"instanceType":"m5.large",…}}},
///  "terms":{"OnDemand":{"SKU":{"SKU.JRTCKXETXF":{"priceDimensions":{"SKU.JRTCKXETXF.6YS6EN2CT7":{"unit":"Hrs","beginRange":"0","pricePerUnit":{"USD":"0.096"}}}}}}}}
/// </code>
/// </remarks>
public sealed class OfferReader(Func<OfferProduct, PriceKey?> map, string region)
{
    private const int FirstBuffer = 64 << 10, LongestToken = 4 << 20;

    private readonly Dictionary<string, PriceKey> wanted = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Service, string Product), ListPrice> prices = [];
    private readonly OfferProduct product = new();
    private Section section;
    private string sku = "";
    private int attribute = -1;
    private Member member;
    private PriceKey? priced;
    private string? unit, begins, usd;
    private long bytesRead;

    /// <summary>When AWS published the file, UTC; null where it does not say.</summary>
    public DateTimeOffset? Published { get; private set; }

    /// <summary>Which offer the file is, such as <c>AmazonEC2</c>.</summary>
    public string? OfferCode { get; private set; }

    /// <summary>How many bytes were read so far; may be asked while it reads.</summary>
    public long BytesRead => Volatile.Read(ref bytesRead);

    /// <summary>How many products it has in all.</summary>
    public int Products { get; private set; }

    /// <summary>Products that are wanted and have a price of zero or less, or none in USD.</summary>
    public int WithoutPrice { get; private set; }

    /// <summary>The prices of the wanted products, one each.</summary>
    public IReadOnlyCollection<ListPrice> Prices => prices.Values;

    /// <summary>Reads to the end.</summary>
    /// <exception cref="InvalidDataException">It is no offer file, or ends early.</exception>
    public async Task ReadAsync(Stream file, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
        try
        {
            var (length, state, ended) = (0, new JsonReaderState(), false);
            while (!ended)
            {
                var read = await file.ReadAsync(buffer.AsMemory(length), cancellationToken);
                ended = read == 0;
                length += read;
                Volatile.Write(ref bytesRead, bytesRead + read);
                var consumed = Take(buffer.AsSpan(0, length), ended, ref state);
                buffer.AsSpan(consumed..length).CopyTo(buffer);
                length -= consumed;
                if (length == buffer.Length)
                    buffer = Larger(buffer);
            }
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"not a whole offer file: {e.Message}", e);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        if (OfferCode is null || Products == 0)
            throw new InvalidDataException("not an offer file: it names no offer or has no products");
    }

    private static byte[] Larger(byte[] buffer)
    {
        if (buffer.Length >= LongestToken)
            throw new InvalidDataException($"not an offer file: a value of more than {LongestToken >> 20} MB");
        var larger = ArrayPool<byte>.Shared.Rent(2 * buffer.Length);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }

    private int Take(ReadOnlySpan<byte> bytes, bool ended, ref JsonReaderState state)
    {
        var json = new Utf8JsonReader(bytes, ended, state);
        while (json.Read())
        {
            switch (json.TokenType)
            {
                case JsonTokenType.PropertyName:
                    Name(ref json);
                    break;
                case JsonTokenType.String:
                    Value(ref json);
                    break;
                case JsonTokenType.EndObject when section == Section.Products && json.CurrentDepth == 2:
                    EndProduct();
                    break;
                case JsonTokenType.EndObject when section == Section.OnDemand && json.CurrentDepth == 6:
                    EndPrice();
                    break;
            }
        }

        state = json.CurrentState;
        return (int)json.BytesConsumed;
    }

    private void Name(ref Utf8JsonReader json)
    {
        switch (section, json.CurrentDepth)
        {
            case (_, 1):
                section = json.ValueTextEquals("products"u8) ? Section.Products : json.ValueTextEquals("terms"u8) ? Section.Terms : Section.Other;
                member = json.ValueTextEquals("publicationDate"u8) ? Member.Published : json.ValueTextEquals("offerCode"u8) ? Member.Offer : Member.Other;
                break;
            case (Section.Products, 2):
                sku = json.GetString()!;
                product.Clear();
                break;
            case (Section.Products, 3):
                member = json.ValueTextEquals("productFamily"u8) ? Member.Family : json.ValueTextEquals("attributes"u8) ? Member.Attributes : Member.Other;
                break;
            case (Section.Products, 4):
                attribute = member == Member.Attributes && !json.HasValueSequence ? OfferProduct.IndexOf(json.ValueSpan) : -1;
                break;
            case (Section.Terms or Section.OnDemand or Section.OtherTerms, 2):
                section = json.ValueTextEquals("OnDemand"u8) ? Section.OnDemand : Section.OtherTerms;
                break;
            case (Section.OnDemand, 3):
                priced = wanted.GetValueOrDefault(json.GetString()!);
                break;
            case (Section.OnDemand, 6):
                (unit, begins, usd) = (null, null, null);
                break;
            case (Section.OnDemand, 7):
                member = json.ValueTextEquals("unit"u8) ? Member.Unit : json.ValueTextEquals("beginRange"u8) ? Member.Begins : Member.Other;
                break;
            case (Section.OnDemand, 8):
                member = json.ValueTextEquals("USD"u8) ? Member.Usd : Member.Other;
                break;
        }
    }

    private void Value(ref Utf8JsonReader json)
    {
        switch (section, json.CurrentDepth, member)
        {
            case (Section.Other, 1, Member.Published):
                Published = DateTimeOffset.TryParse(json.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;
                break;
            case (Section.Other, 1, Member.Offer):
                OfferCode = json.GetString();
                break;
            case (Section.Products, 3, Member.Family):
                product.Family = json.GetString()!;
                break;
            case (Section.Products, 4, Member.Attributes) when attribute >= 0:
                product.Set(attribute, json.GetString());
                break;
            case (Section.OnDemand, 7, Member.Unit) when priced is not null:
                unit = json.GetString();
                break;
            case (Section.OnDemand, 7, Member.Begins) when priced is not null:
                begins = json.GetString();
                break;
            case (Section.OnDemand, 8, Member.Usd) when priced is not null:
                usd = json.GetString();
                break;
        }
    }

    private void EndProduct()
    {
        Products++;
        // Zones around a region have prices of their own in its file.
        if (product["regionCode"] is { Length: > 0 } where && where != region)
            return;
        if (map(product) is { } key)
            wanted[sku] = key;
    }

    // A tier above the first is for amounts that one call does not reach.
    private void EndPrice()
    {
        if (priced is not { } key || begins is not (null or "0"))
            return;
        if (!decimal.TryParse(usd, NumberStyles.Float, CultureInfo.InvariantCulture, out var price) || price <= 0)
        {
            WithoutPrice++;
            return;
        }

        // gp3's throughput is listed by GiB/s, the price book has it by MiB/s.
        if (unit?.StartsWith("GiBps", StringComparison.OrdinalIgnoreCase) == true)
            price /= 1024;
        prices.TryAdd((key.Service, key.Product), new ListPrice(
            key.Service, key.Product, region, key.Unit, decimal.Round(price, 12), ListPrice.FromAws, Published?.ToString("yyyy-MM", CultureInfo.InvariantCulture) ?? "", PriceConfidence.High, null));
    }

    private enum Section
    {
        Other,
        Products,
        Terms,
        OnDemand,
        OtherTerms,
    }

    private enum Member
    {
        Other,
        Published,
        Offer,
        Family,
        Attributes,
        Unit,
        Begins,
        Usd,
    }
}
