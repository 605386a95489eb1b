using System.Security.Cryptography;
using DdocCost.Domain.Storage;
using DdocCost.Jobs.Secrets;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DdocCost.Jobs.Observability;

/// <summary>The key ring opens, and is sealed by a master key that is not in the database.</summary>
internal sealed class KeysCheck(ISecretBox secrets, MasterKey master) : IHealthCheck
{
    private const string Purpose = "health";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(Check());

    private HealthCheckResult Check()
    {
        try
        {
            var opens = secrets.Unprotect(Purpose, secrets.Protect(Purpose, Purpose)) == Purpose;
            return (opens, master.Exists) switch
            {
                (false, _) => Findings.Bad("the key ring does not open what it sealed", "restore the database and the master key from the same backup"),
                (_, false) => Findings.Odd("there is no master key: whoever reads the database can read its secrets", "set Secrets:MasterKeyFile; keys are sealed at the next start"),
                _ => HealthCheckResult.Healthy("the ring opens, sealed by a master key"),
            };
        }
        catch (Exception error) when (error is CryptographicException or SecretUnreadableException)
        {
            return Findings.Bad("the key ring does not open", "set Secrets:MasterKeyFile to the key this installation was made with (ops/restore.sh brings it back from a backup)");
        }
    }
}
