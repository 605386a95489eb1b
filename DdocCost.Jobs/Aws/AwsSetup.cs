using System.Net;
using DdocCost.Domain.Governance;
using DdocCost.Domain.Storage;
using DdocCost.Jobs.Aws.Credentials;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace DdocCost.Jobs.Aws;

/// <summary>Access to AWS.</summary>
public static class AwsSetup
{
    /// <summary>Adds <see cref="AwsClients"/>. Needs <see cref="ISecretBox"/>.</summary>
    public static IServiceCollection AddAws(this IServiceCollection services)
    {
        services.AddOptions<AwsOptions>().BindConfiguration("Aws").ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddSingleton<AwsEndpoints>()
            .AddSingleton(provider => new AwsCaller(
                new HttpMessageInvoker(new SocketsHttpHandler
                {
                    AllowAutoRedirect = false,
                    AutomaticDecompression = DecompressionMethods.None, // log files are gzipped, and are to stay so
                    ConnectTimeout = TimeSpan.FromSeconds(10),
                    PooledConnectionLifetime = TimeSpan.FromMinutes(5), // names may come to mean other machines
                    UseCookies = false,
                }),
                provider.GetRequiredService<AwsEndpoints>(), provider.GetRequiredService<IOptions<AwsOptions>>(), provider.GetRequiredService<TimeProvider>(),
                provider.GetService<IPanicSwitch>()))
            .AddSingleton(provider => new AccountCredentials(
                provider.GetRequiredService<AwsCaller>(), provider.GetRequiredService<ISecretBox>(),
                provider.GetRequiredService<IOptions<AwsOptions>>(), provider.GetRequiredService<TimeProvider>()))
            .AddSingleton(provider => new AwsClients(
                provider.GetRequiredService<AwsCaller>(), provider.GetRequiredService<AccountCredentials>(), provider.GetService<ICircuitBreakers>()));
    }
}
