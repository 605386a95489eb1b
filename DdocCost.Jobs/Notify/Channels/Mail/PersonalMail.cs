using DdocCost.Domain.Governance;
using DdocCost.Domain.Notify;
using DdocCost.Domain.Wording;
using Marten;
using MimeKit;

namespace DdocCost.Jobs.Notify.Channels.Mail;

/// <summary>Mails one person, with the server of a mail channel: invitations and the like, which are no notices and go around the outbox.</summary>
public sealed class PersonalMail
{
    private const int LongestSubject = 200;
    private readonly MailServer _server;
    private readonly IDocumentStore _store;
    private readonly IPanicSwitch _panic;

    internal PersonalMail(MailServer server, IDocumentStore store, IPanicSwitch panic) => (_server, _store, _panic) = (server, store, panic);

    /// <summary>Sends a letter at once.</summary>
    /// <param name="tenantId">Whose mail channel: its first one that is switched on.</param>
    /// <param name="to">To whom.</param>
    /// <param name="subject">One line.</param>
    /// <param name="text">Plain text.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The server's answer; null where there is no mail channel or the recipient is no mail address.</returns>
    public async Task<SendOutcome?> SendAsync(string tenantId, string to, string subject, string text, CancellationToken cancellationToken)
    {
        if (MailSettings.Address(to) is not { } recipient)
        {
            return null;
        }

        await using var session = _store.QuerySession(tenantId);
        var channels = await session.Query<Channel>().Where(channel => channel.Kind == ChannelKind.Email).ToListAsync(cancellationToken);
        if (channels.Where(channel => channel.Enabled).OrderBy(channel => channel.Id, StringComparer.Ordinal).FirstOrDefault() is not { } channel
            || new MailSettings(channel) is not { From: { } from } settings)
        {
            return null;
        }

        if (await _panic.ReadAsync(cancellationToken) is { IsOn: true })
        {
            return new SendOutcome.Refused("Panic mode is on: nothing is sent.");
        }

        var letter = new MimeMessage([from], [recipient], SafeText.Line(subject, LongestSubject), new TextPart("plain") { Text = text });
        letter.Headers.Add("Auto-Submitted", "auto-generated");
        return await ChannelSecrets.TryAsync(() => _server.WithConnectionAsync(
            channel, settings, async client => new SendOutcome.Accepted(await client.SendAsync(letter, from, [recipient], cancellationToken)), cancellationToken));
    }
}
