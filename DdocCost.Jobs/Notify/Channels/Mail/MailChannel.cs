using DdocCost.Domain.Notify;
using DdocCost.Jobs.Notify.Channels.Stories;
using MailKit.Net.Smtp;

namespace DdocCost.Jobs.Notify.Channels.Mail;

/// <summary>Mails notices over SMTP, each recipient a letter of their own.</summary>
internal sealed class MailChannel(MailServer server, MailBook book, MailSight sights, MailLinks links, StoryBook stories) : INotificationChannel
{
    /// <inheritdoc/>
    public ChannelKind Kind => ChannelKind.Email;

    /// <inheritdoc/>
    public IReadOnlyList<ChannelField> Fields => MailFields.All;

    /// <inheritdoc/>
    public IReadOnlyList<string> Problems(Channel channel) => [.. new MailSettings(channel).Problems()];

    /// <inheritdoc/>
    public Task<SendOutcome> SendAsync(Channel channel, OutboundMessage message, CancellationToken cancellationToken) => ChannelSecrets.TryAsync(async () =>
    {
        var settings = new MailSettings(channel);
        if (settings.Problems().FirstOrDefault() is { } problem)
        {
            return new SendOutcome.Refused(problem);
        }

        if (message.Notice is CaseChanged)
        {
            return new SendOutcome.Accepted("Not sent: a mail cannot be changed, and this is no reason for a new one.");
        }

        var waiting = await book.WaitingAsync(message.TenantId, channel.Id, message.Id, settings.Addresses, cancellationToken);
        return waiting.Count == 0
            ? new SendOutcome.Accepted("Every recipient has it already, or has unsubscribed.", HandleOf(message))
            : await server.WithConnectionAsync(channel, settings, client => ToAllAsync(client, channel, settings, message, waiting, cancellationToken), cancellationToken);
    });

    private async Task<SendOutcome> ToAllAsync(SmtpClient client, Channel channel, MailSettings settings, OutboundMessage message, IReadOnlyList<string> recipients, CancellationToken cancellationToken)
    {
        var story = stories.Tell(message);
        var restricted = await sights.OfAsync(message.TenantId, recipients, cancellationToken);
        var refusals = new List<string>();
        SendOutcome.Busy? busy = null;
        var answer = "Nothing of it is about accounts that its recipients see.";
        foreach (var recipient in recipients)
        {
            var to = MailSettings.Address(recipient)!;
            var (told, ofThem) = (message, story);
            if (restricted.TryGetValue(recipient, out var sight))
            {
                if (await sights.NarrowAsync(message, sight, cancellationToken) is not { } narrowed)
                {
                    continue;
                }

                (told, ofThem) = (narrowed, stories.Tell(narrowed));
            }

            var letter = MailLetter.Write(settings.From!, to, told, ofThem, LinksFor(channel, told, ofThem, recipient));
            try
            {
                answer = await client.SendAsync(letter, settings.From!, [to], cancellationToken);
                await book.TakenAsync(message.TenantId, message.Id, recipient, CancellationToken.None); // taken is taken, even when time is up
            }
            catch (SmtpCommandException e)
            {
                // One recipient's trouble is not the others': they get theirs first.
                var outcome = server.Outcome(e, channel)!;
                busy = outcome as SendOutcome.Busy ?? busy;
                refusals.Add($"{recipient}: {outcome.Answer}");
            }
        }

        return (busy, refusals.Count) switch
        {
            (not null, _) => new SendOutcome.Busy(string.Join('\n', refusals)),
            (_, var refused) when refused == settings.Addresses.Count => new SendOutcome.Refused(string.Join('\n', refusals)),
            (_, 0) => new SendOutcome.Accepted(answer, HandleOf(message)),
            _ => new SendOutcome.Accepted($"{answer}\nNot taken for everybody:\n{string.Join('\n', refusals)}", HandleOf(message)),
        };
    }

    private LetterLinks LinksFor(Channel channel, OutboundMessage message, Story story, string recipient)
    {
        if (stories.Pages is not { } pages)
        {
            return LetterLinks.None;
        }

        Uri? Decide(MailAction action) => story is { IsOpen: true, CaseId: { } anomaly }
            ? links.To(pages, new MailPass(action, message.TenantId, channel.Id, recipient, anomaly))
            : null;
        var leave = new MailPass(MailAction.Unsubscribe, message.TenantId, channel.Id, recipient);
        return new LetterLinks(Decide(MailAction.Acknowledge), Decide(MailAction.Snooze), links.To(pages, leave), links.ToLeave(pages, leave));
    }

    /// <summary>Later letters of the thread refer to the first one.</summary>
    private static string HandleOf(OutboundMessage message) => message.Handle ?? message.Id.ToString("N");
}
