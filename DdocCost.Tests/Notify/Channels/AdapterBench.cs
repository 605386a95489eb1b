using DdocCost.Domain;
using DdocCost.Domain.Notify;
using DdocCost.Domain.Storage;
using DdocCost.Jobs.Aws;
using DdocCost.Jobs.Notify;
using DdocCost.Jobs.Notify.Channels;
using DdocCost.Tests.Support;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DdocCost.Tests.Notify.Channels;

/// <summary>The adapters as the product wires them; keys live in memory.</summary>
internal sealed class AdapterBench : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public AdapterBench(params (string Key, string Value)[] settings)
        : this("Host=127.0.0.1;Port=1", settings)
    {
    }

    private AdapterBench(string database, (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
            [
                new("Notify:PublicUrl", "https://cost.example.com"), new("Notify:AllowedInternal:0", "127.0.0.1"), new("Notify:AllowedInternal:1", "localhost"),
                new("Notify:AttemptTimeout", "00:00:45"),
            ])
            .AddInMemoryCollection(settings.Select(setting => new KeyValuePair<string, string?>(setting.Key, setting.Value)))
            .Build();
        var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(configuration)
            .AddSingleton(TimeProvider.System)
            .AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider())
            .AddSingleton<ISecretBox, DdocCost.Jobs.Secrets.SecretBox>()
            .AddLogging()
            .AddDomain(database)
            .AddAws()
            .AddChannelAdapters();
        services.AddOptions<NotifyOptions>().BindConfiguration("Notify");
        _services = services.BuildServiceProvider();
    }

    /// <summary>With a database of its own, for channels that keep something.</summary>
    public static async Task<AdapterBench> WithDatabaseAsync(PostgresServer postgres, params (string Key, string Value)[] settings)
    {
        var bench = new AdapterBench(await postgres.NewDatabaseAsync(), settings);
        await bench.Services.GetRequiredService<Migrations>().ApplyAsync((_, _) => { }, TestContext.Current.CancellationToken);
        return bench;
    }

    public IServiceProvider Services => _services;

    /// <summary>A channel with its secrets sealed.</summary>
    public Channel Channel(ChannelKind kind, (string Key, string Value)[] secrets, params (string Key, string Value)[] settings) => new()
    {
        Id = "ch-1",
        Name = "costs",
        Kind = kind,
        Settings = settings.ToDictionary(setting => setting.Key, setting => setting.Value),
        SealedSecrets = secrets.ToDictionary(secret => secret.Key, secret => _services.GetRequiredService<ISecretBox>().Protect(DdocCost.Domain.Notify.Channel.SecretPurpose, secret.Value)),
    };

    public INotificationChannel Adapter(ChannelKind kind) => _services.GetServices<INotificationChannel>().Single(adapter => adapter.Kind == kind);

    public Task<SendOutcome> SendAsync(Channel channel, OutboundMessage message) => Adapter(channel.Kind).SendAsync(channel, message, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
