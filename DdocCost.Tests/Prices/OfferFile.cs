using System.Globalization;
using System.Text;
using System.Text.Json;
using DdocCost.Domain.Pricing;

namespace DdocCost.Tests.Prices;

/// <summary>Writes offer files of the AWS Price List as its user guide describes them, with the prices of the embedded book or changed ones.</summary>
internal static class OfferFile
{
    public const string Published = "2026-11-02T21:03:13Z";

    /// <summary>Products that are in the files and not wanted, for each that is.</summary>
    private const int Noise = 2;

    /// <summary>What the book lists of a service in a region, as products.</summary>
    public static IEnumerable<Product> Listed(string offer, string region, Func<ListPrice, decimal>? price = null) =>
        from row in PriceBook.Embedded.Rows
        where row.Region == region && row.Source != "derived"
        let family = Attributes(offer, row)
        where family is not null
        select new Product(family.Value.Family, family.Value.Attributes, Unit(row), price?.Invoke(row) ?? row.Usd);

    /// <summary>A product of our own.</summary>
    public static Product Of(string family, string unit, decimal usd, params (string Name, string Value)[] attributes) => new(family, attributes, unit, usd);

    /// <summary>The file as bytes.</summary>
    public static byte[] Bytes(string offer, string region, IEnumerable<Product> products)
    {
        using var bytes = new MemoryStream();
        Write(bytes, offer, region, [.. products]);
        return bytes.ToArray();
    }

    /// <summary>Writes the file, products first, then their terms, the Reserved ones last.</summary>
    public static void Write(Stream stream, string offer, string region, IReadOnlyList<Product> products)
    {
        using var text = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true);
        text.Write($$"""
            {
              "formatVersion" : "v1.0",
              "disclaimer" : "This pricing list is for informational purposes only.",
              "offerCode" : "{{offer}}",
              "version" : "20261102210313",
              "publicationDate" : "{{Published}}",
              "products" : {
            """);
        for (var i = 0; i < products.Count; i++)
            text.Write($"{(i == 0 ? "" : ",")}\n\"{Sku(i)}\" : {JsonOf(i, region, offer, products[i])}{NoiseProducts(i, region, offer)}");
        text.Write("\n  },\n  \"terms\" : {\n    \"OnDemand\" : {");
        for (var i = 0; i < products.Count; i++)
            text.Write($"{(i == 0 ? "" : ",")}\n{Term(Sku(i), products[i].Unit, products[i].Usd)}{string.Concat(Enumerable.Range(0, Noise).Select(n => $",\n{Term($"{Sku(i)}N{n}", "Hrs", 0.5m)}"))}");
        text.Write("\n    },\n    \"Reserved\" : {");
        for (var i = 0; i < products.Count; i++)
            text.Write($"{(i == 0 ? "" : ",")}\n{Term(Sku(i), products[i].Unit, products[i].Usd / 2)}");
        text.Write("\n    }\n  },\n  \"attributesList\" : { }\n}\n");
    }

    private static string JsonOf(int i, string region, string offer, Product product)
    {
        var attributes = new Dictionary<string, string>
        {
            ["servicecode"] = offer,
            ["location"] = "Somewhere (in AWS)",
            ["locationType"] = "AWS Region",
            ["servicename"] = $"The \"{offer}\" service",
        };
        foreach (var (name, value) in product.Attributes.Append(("regionCode", region)))
            attributes[name] = value;
        return JsonSerializer.Serialize(new { sku = Sku(i), productFamily = product.Family, attributes });
    }

    private static string NoiseProducts(int i, string region, string offer) => string.Concat(Enumerable.Range(0, Noise).Select(n =>
        $",\n\"{Sku(i)}N{n}\" : {JsonSerializer.Serialize(new { sku = $"{Sku(i)}N{n}", productFamily = "Data Transfer", attributes = new { servicecode = offer, transferType = "InterRegion Outbound", fromLocation = "Here", usagetype = "EUC1-AWS-Out-Bytes", regionCode = region, note = "nothing that the price book has, of which there is much in every file" } })}"));

    private static string Term(string sku, string unit, decimal usd) => string.Create(CultureInfo.InvariantCulture,
        $$"""
        "{{sku}}" : { "{{sku}}.JRTCKXETXF" : { "offerTermCode" : "JRTCKXETXF", "sku" : "{{sku}}", "effectiveDate" : "2026-11-01T00:00:00Z",
          "priceDimensions" : { "{{sku}}.JRTCKXETXF.6YS6EN2CT7" : { "rateCode" : "{{sku}}.JRTCKXETXF.6YS6EN2CT7", "description" : "${{usd}} per {{unit}}",
            "beginRange" : "0", "endRange" : "Inf", "unit" : "{{unit}}", "pricePerUnit" : { "USD" : "{{usd:0.0000000000}}" }, "appliesTo" : [ ] } }, "termAttributes" : { } } }
        """);

    private static string Sku(int i) => $"SKU{i:D9}";

    private static string Unit(ListPrice row) => row.Unit switch { "gb-month" => "GB-Mo", "iops-month" => "IOPS-Mo", "mibps-month" => "MiBps-Mo", _ => "Hrs" };

    private static (string Family, (string, string)[] Attributes)? Attributes(string offer, ListPrice row) => (offer, row.Service, row.Product.Split(' ')) switch
    {
        ("AmazonEC2", "ec2", [var type]) => ("Compute Instance",
        [
            ("instanceType", type), ("operatingSystem", "Linux"), ("tenancy", "Shared"), ("capacitystatus", "Used"), ("preInstalledSw", "NA"),
            ("licenseModel", "No License required"), ("usagetype", $"EUC1-BoxUsage:{type}"), ("operation", "RunInstances"), ("vcpu", "2"), ("memory", "8 GiB"),
        ]),
        ("AmazonEC2", "ebs", [var type]) when type != "snapshot" => ("Storage", [("volumeApiName", type), ("usagetype", $"EUC1-EBS:VolumeUsage.{type}")]),
        ("AmazonEC2", "vpc", ["nat-gateway"]) => ("NAT Gateway", [("usagetype", "EUC1-NatGateway-Hours"), ("operation", "NatGateway")]),
        ("AmazonRDS", "rds", [var type, ("postgres" or "mysql") and var engine, "single-az"]) => ("Database Instance",
        [
            ("instanceType", type), ("databaseEngine", engine == "mysql" ? "MySQL" : "PostgreSQL"), ("deploymentOption", "Single-AZ"), ("licenseModel", "No license required"),
            ("usagetype", $"EUC1-InstanceUsage:{type}"),
        ]),
        ("AmazonElastiCache", "elasticache", [var type, ("redis" or "memcached" or "valkey") and var engine]) => ("Cache Instance",
            [("instanceType", type), ("cacheEngine", char.ToUpperInvariant(engine[0]) + engine[1..]), ("usagetype", $"EUC1-NodeUsage:{type}")]),
        ("AWSELB", "elb", ["alb"]) => ("Load Balancer-Application", [("usagetype", "EUC1-LoadBalancerUsage")]),
        ("AmazonVPC", "vpc", ["public-ipv4", "in-use"]) => ("VpcPublicIPv4Address", [("usagetype", "EUC1-PublicIPv4:InUseAddress")]),
        _ => null,
    };

    internal sealed record Product(string Family, (string Name, string Value)[] Attributes, string Unit, decimal Usd);
}
