using System.Diagnostics;
using System.Globalization;
using DdocCost.Domain.Pricing;
using DdocCost.Domain.Pricing.Offers;

namespace DdocCost.Benchmarks.Files;

/// <summary>Reads an offer file of AWS's size (EC2 of one region), written while it is read: how long, and in how much memory.</summary>
internal static class OfferBenchmark
{
    private const string Region = "eu-west-1";

    /// <summary>Runs.</summary>
    /// <param name="args">Megabytes; 300 where empty.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        var megabytes = args is [var told, ..] ? int.Parse(told, CultureInfo.InvariantCulture) : 300;
        var known = PriceBook.Embedded.Rows.Where(row => row.Service == "ec2" && row.Region == Region && !row.Product.Contains(' ', StringComparison.Ordinal) && row.Product.Contains('.', StringComparison.Ordinal))
            .DistinctBy(row => row.Product).ToList();
        var file = new GeneratedFile(Pieces(known, megabytes * 1_000_000L), 20_000_000);
        var reader = new OfferReader(PriceOffer.All.Single(offer => offer.Code == "AmazonEC2").Map, Region);
        var (clock, used) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        await reader.ReadAsync(file, CancellationToken.None);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"""
            | MB | products | prices kept | clock, s | processor, s | MB/s | live heap at 20 MB, MB | most live heap after, MB | peak memory of the process, MB |
            |---:|---:|---:|---:|---:|---:|---:|---:|---:|
            | {file.Sent / 1e6:0} | {reader.Products} | {reader.Prices.Count} | {(clock.Elapsed - file.Looking).TotalSeconds:0.0} | {(Environment.CpuUsage.TotalTime - used).TotalSeconds:0.0} | {file.Sent / 1e6 / (clock.Elapsed - file.Looking).TotalSeconds:0} | {file.FirstAlive / 1e6:0.0} | {file.MostAlive / 1e6:0.0} | {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:0} |
            """));
        return reader.Prices.Count == known.Count ? 0 : 1;
    }

    // Half of it products, half of it terms, as in AWS's own: of each hundred products one is a plain machine, the others are reservations and resold software.
    private static IEnumerable<string> Pieces(List<ListPrice> known, long bytes)
    {
        yield return """{"formatVersion":"v1.0","offerCode":"AmazonEC2","version":"20261102","publicationDate":"2026-11-02T21:03:13Z","products":{""";
        var (written, count) = (0L, 0);
        for (; written < bytes / 2 || count < known.Count; count++)
        {
            var piece = $"{(count == 0 ? "" : ",")}{Product(count, count < known.Count ? known[count].Product : null)}";
            written += piece.Length;
            yield return piece;
        }

        yield return """},"terms":{"OnDemand":{""";
        for (var i = 0; i < count; i++)
            yield return $"{(i == 0 ? "" : ",")}{Term(i, i < known.Count ? known[i].Usd : 1.234m)}";
        yield return "}}}";
    }

    private static string Product(int number, string? type) => string.Create(CultureInfo.InvariantCulture, $$"""
        "SKU{{number:D12}}":{"sku":"SKU{{number:D12}}","productFamily":"Compute Instance","attributes":{"servicecode":"AmazonEC2","location":"EU (Ireland)","locationType":"AWS Region",
        "instanceType":"{{type ?? "r5b.24xlarge"}}","currentGeneration":"Yes","instanceFamily":"Memory optimized","vcpu":"96","physicalProcessor":"Intel Xeon Platinum 8259","clockSpeed":"3.1 GHz","memory":"768 GiB",
        "storage":"EBS only","networkPerformance":"25 Gigabit","processorArchitecture":"64-bit","tenancy":"Shared","operatingSystem":"Linux","licenseModel":"No License required","usagetype":"EU-BoxUsage:{{type ?? "r5b.24xlarge"}}",
        "operation":"RunInstances","capacitystatus":"{{(type is null ? "AllocatedCapacityReservation" : "Used")}}","preInstalledSw":"NA","marketoption":"OnDemand","processorFeatures":"Intel AVX; Intel AVX2; Intel AVX512; Intel Turbo","regionCode":"{{Region}}"
        }
        }
        """);

    private static string Term(int number, decimal usd) => string.Create(CultureInfo.InvariantCulture, $$$"""
        "SKU{{{number:D12}}}":{"SKU{{{number:D12}}}.JRTCKXETXF":{"offerTermCode":"JRTCKXETXF","sku":"SKU{{{number:D12}}}","effectiveDate":"2026-11-01T00:00:00Z","priceDimensions":{"SKU{{{number:D12}}}.JRTCKXETXF.6YS6EN2CT7":
        {"rateCode":"SKU{{{number:D12}}}.JRTCKXETXF.6YS6EN2CT7","description":"${{{usd}}} per On Demand Linux Instance Hour","beginRange":"0","endRange":"Inf","unit":"Hrs","pricePerUnit":{"USD":"{{{usd}}}" },"appliesTo":[] }
        },"termAttributes":{ }
        }
        }
        """);
}
