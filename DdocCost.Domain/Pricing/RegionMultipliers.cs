using System.Collections.Frozen;
using System.Globalization;

namespace DdocCost.Domain.Pricing;

/// <summary>How much dearer a region is than us-east-1, by kind of resource: medians over the listed prices (<c>Data/region-multipliers.csv</c>).</summary>
internal sealed class RegionMultipliers
{
    /// <summary>
    /// For a region the book does not know: the upper middle of the known regions outside of North America. New regions open several
    /// times a year, and a region nobody uses is where stolen keys are used, so a rough figure is better than none.
    /// </summary>
    public const decimal UnknownRegion = 1.2m;

    private readonly FrozenDictionary<(string Region, string Kind), decimal> byRegionAndKind;
    private readonly FrozenSet<string> regions;

    public RegionMultipliers(IEnumerable<string> lines)
    {
        var rows = lines.Where(line => line.Length > 0).Select(line => line.Split(',')).ToList();
        regions = rows.Skip(1).Select(row => row[0]).ToFrozenSet();
        byRegionAndKind = (
            from row in rows.Skip(1)
            from cell in rows[0].Zip(row).Skip(1)
            where cell.Second.Length > 0
            select ((row[0], cell.First), decimal.Parse(cell.Second, CultureInfo.InvariantCulture)))
            .ToFrozenDictionary(pair => pair.Item1, pair => pair.Item2);
    }

    /// <summary>Whether anything is known of the region.</summary>
    public bool Knows(string region) => regions.Contains(region);

    /// <summary>Price in a known region over the price in us-east-1; where the kind is not known there, as for EC2 x86.</summary>
    public decimal Of(string region, string kind) =>
        byRegionAndKind.TryGetValue((region, kind), out var factor) || byRegionAndKind.TryGetValue((region, "ec2_x86"), out factor) ? factor : UnknownRegion;

    /// <summary>Which of the known kinds a product is most like.</summary>
    public static string KindOf(ListPrice price) => price.Service switch
    {
        _ when price.Unit is "gb-month" or "iops-month" or "mibps-month" => price.Service is "s3" ? "s3_standard" : "ebs_gp3",
        "rds" or "aurora" or "documentdb" or "neptune" => "rds_node",
        "elasticache" or "memorydb" => "elasticache_node",
        "opensearch" => "opensearch_node",
        "fargate" or "ecs" or "eks" or "lambda" => "fargate_vcpu",
        "vpc" => price.Product.StartsWith("nat-", StringComparison.Ordinal) ? "nat_gateway" : "interface_endpoint",
        _ => InstanceSize.Parse(price.Product) is { } size ? size.MultiplierKind : "ec2_x86",
    };
}
