using DdocCost.Domain.Notify;
using DdocCost.Jobs.Notify.Channels.Http;
using DdocCost.Jobs.Notify.Channels.Slack;
using DdocCost.Jobs.Notify.Channels.Stories;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DdocCost.Jobs.Notify.Channels;

/// <summary>All kinds of channels there are: one line each.</summary>
public static class ChannelAdapters
{
    /// <summary>Adds them, after secrets and the store.</summary>
    public static IServiceCollection AddChannelAdapters(this IServiceCollection services)
    {
        services.AddOptions<ChannelOptions>().BindConfiguration("Notify:Services").ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton<OutgoingHttp>();
        services.AddSingleton<Post>().AddSingleton<ChannelSecrets>().AddSingleton<StoryBook>();
        services.AddSingleton<SlackApi>().AddSingleton<SlackConversation>();
        return services
            .AddSingleton<INotificationChannel, SlackChannel>();
    }
}
