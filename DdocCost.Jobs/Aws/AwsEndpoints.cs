using DdocCost.Domain.Sources;
using Microsoft.Extensions.Options;

namespace DdocCost.Jobs.Aws;

/// <summary>Where a service is reached.</summary>
/// <param name="Address">Scheme, host and perhaps a path before all others.</param>
/// <param name="SigningRegion">The region that requests are signed for.</param>
/// <param name="IsOverridden">Not AWS's own address: an emulator, a proxy, a private endpoint.</param>
public sealed record AwsEndpoint(Uri Address, string SigningRegion, bool IsOverridden);

/// <summary>
/// Finds addresses: the <c>Aws:Endpoints</c> of configuration, then <c>AWS_ENDPOINT_URL_&lt;SERVICE&gt;</c>, then <c>AWS_ENDPOINT_URL</c>
/// (both of no account where <c>AWS_IGNORE_CONFIGURED_ENDPOINT_URLS</c> is true), then AWS's own.
/// https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
/// </summary>
public sealed class AwsEndpoints(IOptions<AwsOptions> options, IConfiguration configuration)
{
    /// <summary>The endpoint of a service for a region.</summary>
    public AwsEndpoint Of(AwsService service, string region)
    {
        var partition = AwsPartition.OfRegion(region);
        var signingRegion = service.IsGlobal ? partition.GlobalRegion : service.OnlyIn ?? region;
        return Overridden(service) is { } address
            ? new AwsEndpoint(new Uri(address.TrimEnd('/') + "/"), signingRegion, IsOverridden: true)
            : new AwsEndpoint(new Uri($"https://{Host(service, partition, signingRegion)}/"), signingRegion, IsOverridden: false);
    }

    private string? Overridden(AwsService service)
    {
        var own = options.Value.Endpoints.GetValueOrDefault(service.Id) ?? options.Value.Endpoints.GetValueOrDefault("Default");
        if (own is { Length: > 0 } || string.Equals(configuration["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"], "true", StringComparison.OrdinalIgnoreCase))
        {
            return own;
        }

        var configured = configuration[$"AWS_ENDPOINT_URL_{service.Id}"] is { Length: > 0 } specific ? specific : configuration["AWS_ENDPOINT_URL"];
        return configured is { Length: > 0 } ? configured : null;
    }

    /// <summary>Global services have a host without a region, but for the exceptions of each partition.</summary>
    private static string Host(AwsService service, AwsPartition partition, string region) => (service.IsGlobal, partition.Id, service.Host) switch
    {
        (true, "aws", "organizations") => $"organizations.{region}.{partition.DnsSuffix}",
        (true, "aws", _) => $"{service.Host}.{partition.DnsSuffix}",
        (true, "aws-us-gov", "iam") => $"iam.us-gov.{partition.DnsSuffix}",
        (true, "aws-us-gov", "route53") => $"route53.us-gov.{partition.DnsSuffix}",
        (true, "aws-cn", "route53") => $"route53.{partition.DnsSuffix}",
        _ => $"{service.Host}.{region}.{partition.DnsSuffix}",
    };
}
