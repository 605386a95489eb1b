using DdocCost.Jobs.Notify.Digests;
using DdocCost.Jobs.Notify.SelfTests;
using DdocCost.Jobs.Notify.Watching;

namespace DdocCost.Jobs.Notify;

/// <summary>Telling people.</summary>
public static class NotifySetup
{
    /// <summary>Adds what every process has that shows or changes how people are told: settings, the way out, test messages.</summary>
    public static IServiceCollection AddNotify(this IServiceCollection services)
    {
        services.AddOptions<NotifyOptions>().BindConfiguration("Notify").ValidateDataAnnotations().ValidateOnStart();
        return services
            .AddSingleton(NotifyFlags.Storms)
            .AddSingleton(NotifyFlags.QuietTrails)
            .AddSingleton<OutgoingHttp>()
            .AddSingleton<MessageDesk>()
            .AddSingleton<ChannelDesk>()
            .AddSingleton<RoutingDesk>()
            .AddSingleton<SelfTest>()
            .AddSingleton<DigestReader>()
            .AddSingleton<DigestSender>();
    }

    /// <summary>Adds the dispatcher, which delivers while the host runs; after <see cref="AddNotify"/>.</summary>
    public static IServiceCollection AddDispatcher(this IServiceCollection services) => services
        .AddSingleton<OutboxSignals>()
        .AddSingleton<Router>()
        .AddSingleton<MessageStore>()
        .AddSingleton<Courier>()
        .AddSingleton<Dispatcher>()
        .AddSingleton<Escalations>()
        .AddSingleton<TrailWatch>()
        .AddSingleton<ServerWatch>()
        .AddSingleton<Heartbeats>()
        .AddSingleton<Watch>()
        .AddHostedService(provider => provider.GetRequiredService<Dispatcher>());
}
