using System.Collections.Frozen;
using System.Globalization;

namespace DdocCost.Domain.Pricing;

/// <summary>
/// On-demand list prices in USD. What is not listed is derived from its nearest relative, with lower confidence and a note; what has no
/// relative has no price (null), never a price of zero. Immutable.
/// </summary>
public sealed class PriceBook
{
    private const string Home = "us-east-1";

    private static readonly Lazy<PriceBook> embedded = new(LoadEmbedded);

    private readonly Dictionary<(string Service, string Product), ListPrice[]> products;
    private readonly FrozenDictionary<string, InstanceType> types;
    private readonly RegionMultipliers multipliers;

    private PriceBook(Dictionary<(string, string), ListPrice[]> products, FrozenDictionary<string, InstanceType> types, RegionMultipliers multipliers) =>
        (this.products, this.types, this.multipliers) = (products, types, multipliers);

    /// <summary>The book that comes with the product (made by <c>ops/prices/make-price-book.cs</c>); works without any network. Loaded on first use.</summary>
    public static PriceBook Embedded => embedded.Value;

    /// <summary>How many listed prices it holds.</summary>
    public int Count => products.Values.Sum(rows => rows.Length);

    /// <summary>The price of a product in a region, listed or derived; null where not even a relative is known.</summary>
    /// <param name="service">Service in the price book.</param>
    /// <param name="product">Product of that service.</param>
    /// <param name="region">AWS region; an unknown one is priced after us-east-1, with low confidence.</param>
    public ListPrice? Find(string service, string product, string region) =>
        Listed(service, product, region) ?? FromRelative(service, product, region);

    /// <summary>The price of exactly this product, in the region or moved there from another; null where it is listed nowhere.</summary>
    internal ListPrice? Listed(string service, string product, string region)
    {
        if (!products.TryGetValue((service, product), out var rows))
            return null;
        ListPrice? home = null;
        foreach (var row in rows)
        {
            if (row.Region == region || row.Region == "global")
                return row;
            if (row.Region == Home)
                home = row;
        }

        return Moved(home ?? rows.FirstOrDefault(row => multipliers.Knows(row.Region)), region);
    }

    /// <summary>vCPU, memory and GPUs of an EC2 instance type, or null.</summary>
    public InstanceType? TypeOf(string instanceType) => types.GetValueOrDefault(instanceType);

    /// <summary>vCPUs of an EC2 instance type, after its size where the type is not known; null where that tells nothing.</summary>
    internal decimal? VCpusOf(string instanceType) =>
        TypeOf(instanceType)?.VCpu ?? (InstanceSize.Parse(instanceType) is { } size ? Math.Max(1, size.Weight / 2) : null);

    /// <summary>Price of the largest listed size of an EC2 family, or null.</summary>
    internal ListPrice? Largest(string family, string region) => (
        from size in new InstanceSize("", family, "", "").Siblings()
        orderby size.Weight descending
        select Listed("ec2", size.ToString(), region)).FirstOrDefault(price => price is not null);

    /// <summary>A price of another region, times what the region is dearer.</summary>
    private ListPrice? Moved(ListPrice? price, string region)
    {
        if (price is null)
            return null;
        var kind = RegionMultipliers.KindOf(price);
        var known = multipliers.Knows(region);
        var factor = (known ? multipliers.Of(region, kind) : region.Length == 0 ? 1 : RegionMultipliers.UnknownRegion) / multipliers.Of(price.Region, kind);
        var note = known ? $"{price.Region} price times {factor:0.####}"
            : region.Length == 0 ? $"no region told, {price.Region} price"
            : $"region {region} is not in the price book, {price.Region} price times {factor:0.####}";
        return Derived(price, price.Product, region, factor, known ? PriceConfidence.Medium : PriceConfidence.Low, note);
    }

    /// <summary>The price of another size of the family, in proportion; else of the nearest generation of the family that is known.</summary>
    private ListPrice? FromRelative(string service, string product, string region)
    {
        if (InstanceSize.Parse(product) is not { } wanted)
            return null;
        if (FromSibling(service, wanted, region) is { } sibling)
            return sibling;
        foreach (var other in wanted.OtherGenerations())
        {
            if ((Listed(service, other.ToString(), region) ?? FromSibling(service, other, region)) is { } price)
                return Derived(price, product, region, 1, PriceConfidence.Low, $"price of {other.Family}, {wanted.Family} is not in the price book");
        }

        return null;
    }

    private ListPrice? FromSibling(string service, InstanceSize wanted, string region)
    {
        // Small sizes of a GPU family share one GPU, so they are dearer than in proportion.
        var trust = wanted.MultiplierKind == "ec2_gpu" ? PriceConfidence.Low : PriceConfidence.Medium;
        foreach (var other in wanted.Siblings())
        {
            if (Listed(service, other.ToString(), region) is { } price)
                return Derived(price, wanted.ToString(), region, wanted.Weight / other.Weight, trust, $"in proportion to {other.Family}.{other.Size}");
        }

        return null;
    }

    private static ListPrice Derived(ListPrice price, string product, string region, decimal factor, PriceConfidence atMost, string note) =>
        price.Estimate(factor, atMost, note) with { Product = product, Region = region, Observed = "" };

    private static PriceBook LoadEmbedded()
    {
        using var prices = Open("prices.tsv.gz");
        return new PriceBook(
            PriceTable.Read(prices),
            Lines("instance-types.tsv").Select(InstanceType.Parse).ToFrozenDictionary(type => type.Name),
            new RegionMultipliers(Lines("region-multipliers.csv")));
    }

    private static IEnumerable<string> Lines(string name)
    {
        using var reader = new StreamReader(Open(name));
        while (reader.ReadLine() is { } line)
            yield return line;
    }

    private static Stream Open(string name) => typeof(PriceBook).Assembly.GetManifestResourceStream($"prices/{name}")!;
}

/// <summary>Hardware of an EC2 instance type.</summary>
/// <param name="Name">Such as <c>m5.large</c>.</param>
/// <param name="VCpu">Virtual processors.</param>
/// <param name="MemoryGib">Memory in GiB.</param>
/// <param name="Gpus">GPUs or AWS accelerators.</param>
public sealed record InstanceType(string Name, decimal VCpu, decimal MemoryGib, int Gpus)
{
    internal static InstanceType Parse(string line)
    {
        var cells = line.Split('\t');
        return new InstanceType(cells[0], Number(cells[1]), Number(cells[2]), (int)Number(cells[3]));
    }

    private static decimal Number(string cell) => cell.Length == 0 ? 0 : decimal.Parse(cell, CultureInfo.InvariantCulture);
}
