namespace DdocCost.Domain.Sources;

/// <summary>A separate AWS: its accounts, roles and endpoints know nothing of the others'.</summary>
/// <param name="Id">As in ARNs.</param>
/// <param name="Name">For a person.</param>
/// <param name="DnsSuffix">End of its host names.</param>
/// <param name="GlobalRegion">Region whose name global services (IAM, Organizations) sign with.</param>
public sealed record AwsPartition(string Id, string Name, string DnsSuffix, string GlobalRegion)
{
    /// <summary>The ordinary one.</summary>
    public static readonly AwsPartition Commercial = new("aws", "AWS", "amazonaws.com", "us-east-1");

    /// <summary>GovCloud (US).</summary>
    public static readonly AwsPartition GovCloud = new("aws-us-gov", "AWS GovCloud (US)", "amazonaws.com", "us-gov-west-1");

    /// <summary>China.</summary>
    public static readonly AwsPartition China = new("aws-cn", "AWS China", "amazonaws.com.cn", "cn-north-1");

    /// <summary>All that are known.</summary>
    public static readonly IReadOnlyList<AwsPartition> All = [Commercial, GovCloud, China];

    /// <summary>The partition of that id; null where there is none.</summary>
    public static AwsPartition? Find(string id) => All.FirstOrDefault(partition => partition.Id == id);

    /// <summary>The partition that a region belongs to.</summary>
    public static AwsPartition OfRegion(string region) =>
        region.StartsWith("us-gov-", StringComparison.Ordinal) ? GovCloud
        : region.StartsWith("cn-", StringComparison.Ordinal) ? China
        : Commercial;
}
