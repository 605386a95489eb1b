using DdocCost.Domain.Governance;
using DdocCost.Domain.Sources;
using DdocCost.Jobs.Aws.Credentials;

namespace DdocCost.Jobs.Aws;

/// <summary>Gives out clients; they are cheap, and share sessions, connections and pace.</summary>
public sealed class AwsClients
{
    private readonly AwsCaller _caller;
    private readonly AccountCredentials _credentials;
    private readonly ICircuitBreakers? _breakers;

    internal AwsClients(AwsCaller caller, AccountCredentials credentials, ICircuitBreakers? breakers) => (_caller, _credentials, _breakers) = (caller, credentials, breakers);

    /// <summary>A client for a connected account in a region.</summary>
    public AwsClient For(string tenantId, ConnectedAccount account, string region) =>
        new(_caller, new AwsScope(account.AccountId, region, _credentials.Of(tenantId, account, region)),
            _breakers is null ? null : new AccountBreaker(_breakers, AccountBreaker.NameOf(tenantId, account.AccountId)));

    /// <summary>The name of an account's circuit breaker.</summary>
    public static string BreakerOf(string tenantId, ConnectedAccount account) => AccountBreaker.NameOf(tenantId, account.AccountId);

    /// <summary>A client with what this machine has, for what belongs to no connected account.</summary>
    public AwsClient ForMachine(string region) => new(_caller, new AwsScope("machine", region, _credentials.Machine), breaker: null);
}
