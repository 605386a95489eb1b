using DdocCost.Jobs.Aws.Credentials;

namespace DdocCost.Jobs.Aws;

/// <summary>Where a call goes and who makes it.</summary>
/// <param name="AccountId">The account, whose limits count the call.</param>
/// <param name="Region">The region.</param>
/// <param name="Credentials">What it is signed with.</param>
internal sealed record AwsScope(string AccountId, string Region, IAwsCredentials Credentials)
{
    /// <summary>An address of its own, for a store that is not Amazon's; null for the service's.</summary>
    public AwsEndpoint? Endpoint { get; init; }
}
