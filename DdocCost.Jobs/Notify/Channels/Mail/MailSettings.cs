using System.Globalization;
using DdocCost.Domain.Notify;
using DdocCost.Domain.Wording;
using DdocCost.Jobs.Notify.Channels.Http;
using MailKit.Security;
using MimeKit;

namespace DdocCost.Jobs.Notify.Channels.Mail;

/// <summary>A mail channel as filled in, read.</summary>
internal sealed class MailSettings
{
    /// <summary>Most recipients of a channel: each is a mail of its own.</summary>
    public const int MostRecipients = 50;

    private static readonly ParserOptions Strict = new() { AddressParserComplianceMode = RfcComplianceMode.Strict, AllowAddressesWithoutDomain = false };

    private readonly Channel _channel;

    /// <summary>Reads a channel.</summary>
    public MailSettings(Channel channel)
    {
        _channel = channel;
        Addresses = [.. (channel.Setting(MailFields.Recipients) ?? "").Split([',', ';', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
    }

    /// <summary>Mail server.</summary>
    public string Host => _channel.Setting(MailFields.Host) ?? "";

    /// <summary>Its port; 0 where none can be read.</summary>
    public int Port => int.TryParse(_channel.Setting(MailFields.Port) ?? "587", NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65_536 ? port : 0;

    /// <summary>How the connection is encrypted. Never "when available": that would let anybody in between turn it off.</summary>
    public SecureSocketOptions Security => _channel.Setting(MailFields.Security) switch
    {
        MailFields.Tls => SecureSocketOptions.SslOnConnect,
        MailFields.Unencrypted => SecureSocketOptions.None,
        _ => SecureSocketOptions.StartTls,
    };

    /// <summary>How we sign in, one of the field's choices.</summary>
    public string Authentication => _channel.Setting(MailFields.Authentication) ?? MailFields.WithPassword;

    /// <summary>Whether a token is needed to sign in.</summary>
    public bool NeedsToken => Authentication is MailFields.WithRefreshToken or MailFields.WithClientCredentials;

    /// <summary>Who signs in.</summary>
    public string User => _channel.Setting(MailFields.User) ?? "";

    /// <summary>The sender; null where it is no address.</summary>
    public MailboxAddress? From => Address(_channel.Setting(MailFields.From));

    /// <summary>Recipients as entered.</summary>
    public IReadOnlyList<string> Addresses { get; }

    /// <summary>A setting by its key.</summary>
    public string this[string key] => _channel.Setting(key) ?? "";

    /// <summary>An address; null where the text is none. Nothing that could become a second header survives.</summary>
    public static MailboxAddress? Address(string? text) =>
        text is not null && !text.Any(char.IsControl) && MailboxAddress.TryParse(Strict, text, out var address) && address.Address.Contains('@', StringComparison.Ordinal) ? address : null;

    /// <summary>What is wrong with it, for a person.</summary>
    public IEnumerable<string> Problems()
    {
        if (Addresses.Count is 0 or > MostRecipients)
        {
            yield return $"Enter 1 to {MostRecipients} recipients.";
        }

        foreach (var wrong in Addresses.Take(MostRecipients).Where(address => Address(address) is null))
        {
            yield return $"{SafeText.Line(wrong, 100)} is not a mail address.";
        }

        if (From is null)
        {
            yield return "Enter the sender as a mail address.";
        }

        if (Uri.CheckHostName(Host) == UriHostNameType.Unknown)
        {
            yield return "Enter the name of the mail server.";
        }

        if (Port == 0)
        {
            yield return "The port is a number from 1 to 65535.";
        }

        foreach (var problem in SignIn())
        {
            yield return problem;
        }
    }

    private IEnumerable<string> SignIn()
    {
        if (Authentication == MailFields.None)
        {
            yield break;
        }

        if (Security == SecureSocketOptions.None)
        {
            yield return "Nothing secret is sent unencrypted: choose an encryption, or no sign-in.";
        }

        if (User.Length == 0)
        {
            yield return "Enter the user to sign in with.";
        }

        if (Authentication == MailFields.WithPassword && _channel.SealedSecret(MailFields.Password) is null)
        {
            yield return "Enter the password.";
        }

        if (NeedsToken && WebAddress.Problem(this[MailFields.TokenUrl], "token endpoint") is { } problem)
        {
            yield return problem;
        }

        if (NeedsToken && this[MailFields.ClientId].Length == 0)
        {
            yield return "Enter the client id.";
        }

        if (Authentication == MailFields.WithRefreshToken && _channel.SealedSecret(MailFields.RefreshToken) is null)
        {
            yield return "Enter the refresh token.";
        }
    }
}
