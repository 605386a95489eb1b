using System.Security.Cryptography;
using DdocCost.Domain.Storage;
using Marten;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;

namespace DdocCost.Jobs.Secrets;

/// <summary>The key ring that all processes share, and the secrets sealed with it.</summary>
public static class SecretsSetup
{
    /// <summary>Adds both, and a check at start that the ring opens.</summary>
    public static IServiceCollection AddSecrets(this IServiceCollection services)
    {
        services.AddOptions<SecretsOptions>().BindConfiguration("Secrets");
        services.AddDataProtection().SetApplicationName("ddoc-cost");
        // Warns that the keys are not encrypted by a framework's encryptor: the ring seals them itself (docs/decisions/secrets.md).
        services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error));
        services.AddOptions<KeyManagementOptions>().Configure<IDocumentStore, MasterKey>((keys, store, master) => keys.XmlRepository = new MartenKeyRing(store, master));
        return services
            .AddSingleton<MasterKey>()
            .AddSingleton<ISecretBox, SecretBox>()
            .AddHostedService<KeyRingCheck>();
    }

    /// <summary>Without its keys a process could serve nobody and open nothing: better not to start, and to say why.</summary>
    private sealed class KeyRingCheck(ISecretBox secrets) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            try
            {
                secrets.Protect("start", "");
                return Task.CompletedTask;
            }
            catch (CryptographicException error) when (error.InnerException is { } cause)
            {
                throw new InvalidOperationException(cause.Message, cause);
            }
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
