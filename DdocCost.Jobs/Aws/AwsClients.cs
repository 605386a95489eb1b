using DdocCost.Domain.Sources;
using DdocCost.Jobs.Aws.Credentials;

namespace DdocCost.Jobs.Aws;

/// <summary>Gives out clients; they are cheap, and share sessions, connections and pace.</summary>
public sealed class AwsClients
{
    private readonly AwsCaller _caller;
    private readonly AccountCredentials _credentials;

    internal AwsClients(AwsCaller caller, AccountCredentials credentials) => (_caller, _credentials) = (caller, credentials);

    /// <summary>A client for a connected account in a region.</summary>
    public AwsClient For(string tenantId, ConnectedAccount account, string region) =>
        new(_caller, new AwsScope(account.AccountId, region, _credentials.Of(tenantId, account, region)));

    /// <summary>A client with what this machine has, for what belongs to no connected account.</summary>
    public AwsClient ForMachine(string region) => new(_caller, new AwsScope("machine", region, _credentials.Machine));
}
