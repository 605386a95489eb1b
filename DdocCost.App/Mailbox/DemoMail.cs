using DdocCost.Domain.Notify;
using DdocCost.Domain.Notify.Digests;
using DdocCost.Domain.Storage;
using DdocCost.Jobs;
using DdocCost.Jobs.Notify.Digests;
using DdocCost.Jobs.Notify.Watching;
using Marten;

namespace DdocCost.App.Mailbox;

/// <summary>Gives the demo a mail server, a mailbox to read in the browser, and a channel that leads there.</summary>
internal static class DemoMail
{
    private const string ChannelId = "demo-mailbox";

    /// <summary>Adds them; call it before the application is built.</summary>
    public static void Add(WebApplicationBuilder builder)
    {
        var data = builder.Configuration["Data:Folder"] ?? new DataOptions().Folder;
        var folder = Path.GetFullPath(Path.Combine(data, "demo", "mail"));
        var certificate = new DemoMailCertificate(folder);
        certificate.Ensure(TimeProvider.System.GetUtcNow());
        var settings = new Dictionary<string, string?>
        {
            ["Notify:Services:MailAuthorities"] = builder.Configuration["Notify:Services:MailAuthorities"] ?? certificate.File,
            ["Notify:PublicUrl"] = builder.Configuration["Notify:PublicUrl"] ?? builder.Configuration["urls"]?.Split(';')[0],
            ["Notify:AllowedInternal:demo"] = "localhost", // a name of its own in the list, beside whatever else is allowed
        };
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Services.AddSingleton(certificate).AddSingleton(_ => new DemoMailbox(folder)).AddSingleton<DemoMailServer>().AddHostedService(services => services.GetRequiredService<DemoMailServer>());
    }

    /// <summary>Enters the channel, with the password of this run.</summary>
    public static async Task ConnectAsync(IServiceProvider services, string tenant, CancellationToken cancellationToken)
    {
        var server = services.GetRequiredService<DemoMailServer>();
        await using var session = services.GetRequiredService<IDocumentStore>().LightweightSession(tenant);
        var channel = await session.LoadAsync<Channel>(ChannelId, cancellationToken) ?? new Channel { Id = ChannelId, Name = "Demo mailbox", Kind = ChannelKind.Email };
        session.Store(channel with
        {
            Settings = new Dictionary<string, string>
            {
                ["recipients"] = "team@example.com", ["from"] = "dd0c/cost <costs@example.com>", ["host"] = "localhost", ["port"] = FormattableString.Invariant($"{server.Port}"),
                ["security"] = "STARTTLS", ["authentication"] = "Password", ["user"] = DemoMailServer.User,
            },
            SealedSecrets = new Dictionary<string, string> { ["password"] = services.GetRequiredService<ISecretBox>().Protect(Channel.SecretPurpose, server.Password) },
        });
        await session.SaveChangesAsync(cancellationToken);
    }

    /// <summary>The first time, sends the heartbeat and the digest that would come in the morning; later ones come by themselves.</summary>
    public static async Task GreetAsync(IServiceProvider services, string tenant, CancellationToken cancellationToken)
    {
        await using var session = services.GetRequiredService<IDocumentStore>().LightweightSession(tenant);
        if (await session.LoadAsync<DigestSubscription>(ChannelId, cancellationToken) is not null)
        {
            return;
        }

        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var daily = new DigestSubscription { Id = ChannelId, ChannelId = ChannelId, CreatedAt = now };
        session.Store(daily);
        await session.SaveChangesAsync(cancellationToken);
        await services.GetRequiredService<Heartbeats>().SendNowAsync(tenant, ChannelId, cancellationToken);
        await services.GetRequiredService<DigestSender>().SendAsync(tenant, daily, now.AddDays(-7), now, cancellationToken);
    }
}
