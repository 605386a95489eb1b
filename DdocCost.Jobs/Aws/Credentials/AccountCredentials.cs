using System.Collections.Concurrent;
using System.Text.Json;
using DdocCost.Domain.Sources;
using DdocCost.Domain.Storage;
using Microsoft.Extensions.Options;

namespace DdocCost.Jobs.Aws.Credentials;

/// <summary>The credentials of connected accounts. Sessions are shared by all who work on an account, and begin anew when its access is changed.</summary>
public sealed class AccountCredentials
{
    private readonly ConcurrentDictionary<(string Tenant, string Account, string Region), (string Access, IAwsCredentials Credentials)> _known = [];
    private readonly MachineCredentials _machine = new();
    private readonly AwsCaller _caller;
    private readonly ISecretBox _secrets;
    private readonly AwsOptions _options;
    private readonly TimeProvider _clock;

    internal AccountCredentials(AwsCaller caller, ISecretBox secrets, IOptions<AwsOptions> options, TimeProvider clock) =>
        (_caller, _secrets, _options, _clock) = (caller, secrets, options.Value, clock);

    /// <summary>What this machine has.</summary>
    public IAwsCredentials Machine => _machine;

    /// <summary>Those of an account for a region.</summary>
    /// <remarks>The region's own STS is asked, so that its sessions also work in regions that an account has to opt in to.</remarks>
    public IAwsCredentials Of(string tenantId, ConnectedAccount account, string region)
    {
        var access = JsonSerializer.Serialize(account.Access);
        var known = _known.AddOrUpdate(
            (tenantId, account.Id, region),
            _ => (access, Make(account.Access, region)),
            (_, before) => before.Access == access ? before : (access, Make(account.Access, region)));
        return known.Credentials;
    }

    private IAwsCredentials Make(AwsAccess access, string region)
    {
        IAwsCredentials credentials = access.AccessKeys.Count > 0 ? new AccessKeyCredentials(access.AccessKeys, _secrets) : _machine;
        foreach (var role in access.Roles)
        {
            credentials = new AssumedRoleCredentials(_caller, credentials, role, region, _options, _clock);
        }

        return credentials;
    }
}
