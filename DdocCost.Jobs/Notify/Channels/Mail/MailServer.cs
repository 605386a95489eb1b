using System.Net.Sockets;
using DdocCost.Domain.Notify;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;

namespace DdocCost.Jobs.Notify.Channels.Mail;

/// <summary>Speaks SMTP: connects through the guard, encrypts, signs in, hands letters over. What goes wrong is an outcome.</summary>
internal sealed class MailServer(IOptions<NotifyOptions> options, ChannelSecrets secrets, MailTokens tokens, MailTrust trust)
{
    private readonly OutgoingGuard _guard = new(options.Value.AllowedInternal);

    /// <summary>Connects, signs in, and lets letters be sent.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="settings">Its settings, without problems.</param>
    /// <param name="send">Sends letters over the connection.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<SendOutcome> WithConnectionAsync(Channel channel, MailSettings settings, Func<SmtpClient, Task<SendOutcome>> send, CancellationToken cancellationToken)
    {
        // Bounds each command; the whole attempt is bounded by the token.
        using var client = new SmtpClient
        {
            Timeout = (int)options.Value.AttemptTimeout.TotalMilliseconds,
            ServerCertificateValidationCallback = (_, certificate, chain, errors) => trust.Accepts(certificate, chain, errors),
        };
        try
        {
            var socket = await _guard.ConnectAsync(settings.Host, settings.Port, cancellationToken);
            await client.ConnectAsync(socket, settings.Host, settings.Port, settings.Security, cancellationToken);
            if (await SignInAsync(client, channel, settings, cancellationToken) is { } failure)
            {
                return failure;
            }

            var outcome = await send(client);
            await QuitAsync(client, cancellationToken);
            return outcome;
        }
        catch (Exception e) when (Outcome(e, channel) is { } outcome)
        {
            return outcome;
        }
    }

    private async Task<SendOutcome?> SignInAsync(SmtpClient client, Channel channel, MailSettings settings, CancellationToken cancellationToken)
    {
        if (settings.NeedsToken)
        {
            var (token, failure) = await tokens.GetAsync(channel, settings, cancellationToken);
            if (token is null)
            {
                return failure;
            }

            await client.AuthenticateAsync(new SaslMechanismOAuth2(settings.User, token), cancellationToken);
        }
        else if (settings.Authentication == MailFields.WithPassword)
        {
            await client.AuthenticateAsync(settings.User, secrets.Open(channel, MailFields.Password) ?? "", cancellationToken);
        }

        return null;
    }

    /// <summary>The letters are taken; a server that hangs up now changes nothing.</summary>
    private static async Task QuitAsync(SmtpClient client, CancellationToken cancellationToken)
    {
        try
        {
            await client.DisconnectAsync(quit: true, cancellationToken);
        }
        catch (Exception e) when (e is IOException or ProtocolException or OperationCanceledException or SocketException)
        {
        }
    }

    /// <summary>What an error means for the message; null for what is no matter of mail.</summary>
    internal SendOutcome? Outcome(Exception error, Channel channel)
    {
        switch (error)
        {
            case InternalAddressException or NotSupportedException:
                return new SendOutcome.Refused(error.Message);
            case AuthenticationException { InnerException: SmtpCommandException refusal } when (int)refusal.StatusCode < 500:
                return new SendOutcome.Busy(error.Message);
            case AuthenticationException:
                tokens.Forget(channel);
                return new SendOutcome.Refused($"The mail server does not take our sign-in: {error.Message}");
            case SmtpCommandException command:
                return OfStatus(command);
            case ServiceNotAuthenticatedException:
                return new SendOutcome.Refused($"The mail server wants a sign-in: {error.Message}");
            case SslHandshakeException:
                return new SendOutcome.Busy($"No encrypted connection: {error.Message.Split('\n')[0]} {error.InnerException?.Message}");
            case OperationCanceledException or TimeoutException or IOException { InnerException: TimeoutException or SocketException { SocketErrorCode: SocketError.TimedOut or SocketError.WouldBlock } }:
                return new SendOutcome.Busy("No answer from the mail server in time.");
            case ProtocolException or IOException or SocketException or ServiceNotConnectedException:
                return new SendOutcome.Busy(error.InnerException is { } inner ? $"{error.Message} {inner.Message}" : error.Message);
            default:
                return null;
        }
    }

    /// <summary>4yz may pass, 5yz is for good. RFC 5321, 4.2.1.</summary>
    private static SendOutcome OfStatus(SmtpCommandException command)
    {
        var text = $"{(int)command.StatusCode} {command.Message}";
        return (int)command.StatusCode is >= 400 and < 500 ? new SendOutcome.Busy(text) : new SendOutcome.Refused(text);
    }
}
