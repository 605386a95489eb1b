using System.Collections.Frozen;

namespace DdocCost.Domain.Zombies;

/// <summary>A read-only operation of an AWS API, and the permission it takes.</summary>
/// <param name="Service">As the service model calls it: <c>ec2</c>, <c>elbv2</c>, <c>opensearch</c>.</param>
/// <param name="Operation">Such as <c>DescribeVolumes</c>.</param>
public readonly record struct ApiCall(string Service, string Operation)
{
    private static readonly FrozenDictionary<string, string> prefixes = new Dictionary<string, string>
    {
        ["cloudhsmv2"] = "cloudhsm",
        ["docdb"] = "rds",
        ["efs"] = "elasticfilesystem",
        ["elb"] = "elasticloadbalancing",
        ["elbv2"] = "elasticloadbalancing",
        ["emr"] = "elasticmapreduce",
        ["kinesisanalyticsv2"] = "kinesisanalytics",
        ["mwaa"] = "airflow",
        ["neptune"] = "rds",
        ["opensearch"] = "es",
        ["opensearchserverless"] = "aoss",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, string> renamed = new Dictionary<string, string>
    {
        ["s3:ListBuckets"] = "s3:ListAllMyBuckets",
        ["s3:ListMultipartUploads"] = "s3:ListBucketMultipartUploads",
        ["s3:GetBucketLifecycleConfiguration"] = "s3:GetLifecycleConfiguration",
        ["apigateway:GetRestApis"] = "apigateway:GET",
        ["apigateway:GetStages"] = "apigateway:GET",
    }.ToFrozenDictionary();

    /// <summary>The IAM action, such as <c>elasticloadbalancing:DescribeLoadBalancers</c>.</summary>
    /// <remarks>Source: AWS service authorization reference.</remarks>
    public string IamAction =>
        renamed.TryGetValue(ToString(), out var action) ? action : $"{prefixes.GetValueOrDefault(Service, Service)}:{Operation}";

    /// <summary>From <c>service:Operation</c>.</summary>
    public static ApiCall Parse(string text) => text.Split(':') is [var service, var operation]
        ? new ApiCall(service, operation)
        : throw new ArgumentException($"An API call is service:Operation, not '{text}'.", nameof(text));

    /// <inheritdoc/>
    public override string ToString() => $"{Service}:{Operation}";
}
