using DdocCost.Domain.Sources;
using DdocCost.Domain.Storage;
using DdocCost.Jobs.Aws;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DdocCost.Tests.Aws;

/// <summary>The product's AWS clients, without the rest of it.</summary>
internal sealed class AwsHost : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    /// <summary>Builds it.</summary>
    /// <param name="settings">Configuration, such as <c>AWS_ENDPOINT_URL</c>.</param>
    public AwsHost(params (string Name, string Value)[] settings)
        : this(_ => { }, settings)
    {
    }

    /// <summary>Builds it, with more services.</summary>
    public AwsHost(Action<IServiceCollection> more, params (string Name, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            [new("Aws:FirstPause", "00:00:00.002"), .. settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value))]).Build();
        var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddSingleton<ISecretBox, PlainBox>().AddAws();
        more(services);
        _services = services.BuildServiceProvider();
    }

    /// <summary>Gives out clients.</summary>
    public AwsClients Clients => _services.GetRequiredService<AwsClients>();

    /// <summary>Finds addresses.</summary>
    public AwsEndpoints Endpoints => _services.GetRequiredService<AwsEndpoints>();

    /// <summary>An account that is reached with access keys, by way of roles where any are named.</summary>
    public static ConnectedAccount Account(string[]? keys = null, params RoleStep[] roles) => new()
    {
        Id = "one", AccountId = "111122223333", Name = "One", Regions = ["eu-west-1"], ConnectedAt = DateTimeOffset.UnixEpoch,
        Access = new AwsAccess { AccessKeys = [.. (keys ?? ["AKIASTANDIN000000001"]).Select(id => new SealedAccessKey(id, "stand-in-secret", DateTimeOffset.UnixEpoch))], Roles = roles },
    };

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
