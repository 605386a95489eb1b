using DdocCost.Domain.Governance;
using DdocCost.Domain.Notify;
using DdocCost.Jobs.Notify.Channels.Http;
using DdocCost.Jobs.Notify.Channels.Mail;
using DdocCost.Jobs.Notify.Channels.PagerDuty;
using DdocCost.Jobs.Notify.Channels.Slack;
using DdocCost.Jobs.Notify.Channels.Slack.Sockets;
using DdocCost.Jobs.Notify.Channels.Sns;
using DdocCost.Jobs.Notify.Channels.Stories;
using DdocCost.Jobs.Notify.Channels.Teams;
using DdocCost.Jobs.Notify.Channels.Webhook;
using DdocCost.Jobs.Notify.Digests;
using Hangfire;
using Marten;
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
        services.TryAddSingleton<DigestReader>(); // what restricted readers of a mail get is written for them
        services.AddSingleton<Post>().AddSingleton<ChannelSecrets>().AddSingleton<StoryBook>();
        services.AddSingleton<IConfigureMarten, SlackStorage>().AddSingleton<SlackApi>().AddSingleton<SlackConversation>();
        services.AddSingleton<SlackApps>().AddSingleton<SlackPeople>().AddSingleton<SlackDesk>().AddSingleton<SlackDirectory>();
        services.AddTransient(provider => new SlackClickJob(provider.GetRequiredService<SlackDesk>()));
        services.AddSingleton(provider => new SlackInbox(provider.GetRequiredService<SlackApps>(), provider.GetRequiredService<IBackgroundJobClient>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IConfigureMarten, MailStorage>().AddSingleton<MailServer>().AddSingleton<MailTrust>().AddSingleton<MailTokens>().AddSingleton<MailBook>().AddSingleton<MailSight>().AddSingleton<MailLinks>();
        services.AddSingleton(provider => new PersonalMail(provider.GetRequiredService<MailServer>(), provider.GetRequiredService<IDocumentStore>(), provider.GetRequiredService<IPanicSwitch>()));
        return services
            .AddSingleton<INotificationChannel, SlackChannel>()
            .AddSingleton<INotificationChannel, MailChannel>()
            .AddSingleton<INotificationChannel, TeamsChannel>()
            .AddSingleton<INotificationChannel, WebhookChannel>()
            .AddSingleton<INotificationChannel, PagerDutyChannel>()
            .AddSingleton<INotificationChannel, SnsChannel>();
    }

    /// <summary>Adds what listens on its own while the host runs; for one that has a job server.</summary>
    public static IServiceCollection AddChannelListeners(this IServiceCollection services) => services.AddHostedService<SocketMode>();
}
