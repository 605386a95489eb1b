using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Globalization;

namespace DdocCost.Domain.Pricing;

/// <summary>
/// On-demand list prices in USD; those of AWS China, which are in yuan, at a stated rate. What is not listed is derived from its nearest relative, with lower confidence and a note; what has no
/// relative has no price (null), never a price of zero. Immutable.
/// </summary>
public sealed class PriceBook
{
    private const string Home = "us-east-1";

    /// <summary>How many derived prices are remembered; what records name is not bounded.</summary>
    private const int MostDerived = 10_000;

    private static readonly Lazy<PriceBook> embedded = new(LoadEmbedded);

    private readonly PriceTable table;
    private readonly FrozenDictionary<(string Service, string Product), ListPrice[]> refreshed;
    private readonly FrozenDictionary<string, InstanceType> types;
    private readonly RegionMultipliers multipliers;
    private readonly Lazy<ChinaPrices> china;
    private readonly ConcurrentDictionary<(string Service, string Product, string Region, bool Listed), ListPrice?> derived = new();

    private PriceBook(
        PriceTable table, FrozenDictionary<(string, string), ListPrice[]> refreshed, FrozenDictionary<string, InstanceType> types, RegionMultipliers multipliers, long version,
        ExchangeRates rates)
    {
        (this.table, this.refreshed, this.types, this.multipliers, Version, Rates) = (table, refreshed, types, multipliers, version, rates);
        china = new(() => new ChinaPrices(Lines("china-ec2.tsv"), rates.CnyPerUsd));
    }

    /// <summary>The book that comes with the product (made by <c>ops/prices/make-price-book.cs</c>); works without any network. Loaded on first use.</summary>
    public static PriceBook Embedded => embedded.Value;

    /// <summary>Number of the refresh it holds; 0 for the embedded book as it is.</summary>
    public long Version { get; }

    /// <summary>At what rates it shows prices in other currencies.</summary>
    public ExchangeRates Rates { get; }

    /// <summary>How many listed prices it holds.</summary>
    public int Count => refreshed.Count == 0 ? table.Count : Rows.Count();

    /// <summary>All listed prices, in no order.</summary>
    public IEnumerable<ListPrice> Rows =>
        table.Products.Where(key => !refreshed.ContainsKey(key)).SelectMany(key => table.Find(key.Service, key.Product)!).Concat(refreshed.Values.SelectMany(rows => rows));

    /// <summary>The embedded book with newer prices in place of its own, and with those it lacks.</summary>
    /// <param name="rows">At most one a service, product and region.</param>
    /// <param name="version">Number of the refresh they are of, above 0.</param>
    public static PriceBook Refreshed(IEnumerable<ListPrice> rows, long version)
    {
        var old = Embedded;
        var newer = rows.GroupBy(row => (row.Service, row.Product)).ToFrozenDictionary(
            product => product.Key,
            product => product.Concat(old.table.Find(product.Key.Service, product.Key.Product) ?? []).DistinctBy(row => row.Region).ToArray());
        return new PriceBook(old.table, newer, old.types, old.multipliers, version, old.Rates);
    }

    /// <summary>The same book with prices in other currencies at other rates.</summary>
    public PriceBook At(ExchangeRates other) => other == Rates ? this : new PriceBook(table, refreshed, types, multipliers, Version, other);

    /// <summary>The price of a product in a region, listed or derived; null where not even a relative is known.</summary>
    /// <param name="service">Service in the price book.</param>
    /// <param name="product">Product of that service.</param>
    /// <param name="region">AWS region; an unknown one is priced after us-east-1, with low confidence, one of AWS China's never.</param>
    public ListPrice? Find(string service, string product, string region) =>
        ListedThere(service, product, region) ?? Remembered((service, product, region, Listed: false));

    /// <summary>The price of exactly this product, in the region or moved there from another; null where it is listed nowhere.</summary>
    internal ListPrice? Listed(string service, string product, string region) =>
        ListedThere(service, product, region) ?? Remembered((service, product, region, Listed: true));

    private ListPrice[]? RowsOf(string service, string product) =>
        refreshed.TryGetValue((service, product), out var rows) ? rows : table.Find(service, product);

    /// <summary>The price of exactly this product in exactly this region; null where it is not listed there.</summary>
    internal ListPrice? ListedThere(string service, string product, string region)
    {
        if (ChinaPrices.Has(region))
            return china.Value.Listed(service, product, region);
        foreach (var row in RowsOf(service, product) ?? [])
        {
            if (row.Region == region || row.Region == "global")
                return row;
        }

        return null;
    }

    private ListPrice? Remembered((string Service, string Product, string Region, bool Listed) wanted)
    {
        if (derived.TryGetValue(wanted, out var price))
            return price;
        if (derived.Count >= MostDerived)
            derived.Clear();
        price = Elsewhere(wanted.Service, wanted.Product, wanted.Region) ?? (wanted.Listed ? null : FromRelative(wanted.Service, wanted.Product, wanted.Region));
        derived[wanted] = price;
        return price;
    }

    /// <summary>The price of exactly this product in another region, moved.</summary>
    private ListPrice? Elsewhere(string service, string product, string region) =>
        ChinaPrices.Has(region) ? china.Value.Elsewhere(service, product, region) : RowsOf(service, product) is { } rows
            ? Moved(Array.Find(rows, row => row.Region == Home) ?? Array.Find(rows, row => multipliers.Knows(row.Region)), region) : null;

    private ListPrice? ListedOrMoved(string service, string product, string region) =>
        ListedThere(service, product, region) ?? Elsewhere(service, product, region);

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
            if ((ListedOrMoved(service, other.ToString(), region) ?? FromSibling(service, other, region)) is { } price)
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
            if (ListedOrMoved(service, other.ToString(), region) is { } price)
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
            FrozenDictionary<(string, string), ListPrice[]>.Empty,
            Lines("instance-types.tsv").Select(InstanceType.Parse).ToFrozenDictionary(type => type.Name),
            new RegionMultipliers(Lines("region-multipliers.csv")),
            version: 0,
            ExchangeRates.Default);
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
