using System.Security.Cryptography;
using System.Text.Json;
using DdocCost.Domain.Notify;
using Microsoft.AspNetCore.DataProtection;

namespace DdocCost.Jobs.Notify.Channels.Mail;

/// <summary>Makes and reads the links in mails: sealed, so that they cannot be altered or guessed, and good for a limited time.</summary>
public sealed class MailLinks(IDataProtectionProvider protection)
{
    /// <summary>A link that decides about a case is good for so long.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(14);

    // Laws ask for a way to unsubscribe that works for at least 30 days after the mail (CAN-SPAM, 16 CFR 316); old mails are read, too.
    private static readonly TimeSpan UnsubscribeLifetime = TimeSpan.FromDays(365);

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("ddoc.mail-links").ToTimeLimitedDataProtector();

    /// <summary>The address of a link.</summary>
    public Uri To(Uri pages, MailPass pass) =>
        new(pages, $"{(pass.Action == MailAction.Unsubscribe ? "/mail/unsubscribe/" : "/mail/act/")}{Seal(pass)}");

    /// <summary>The address for a mail program's own button, which posts there once and asks nobody (RFC 8058).</summary>
    public Uri ToLeave(Uri pages, MailPass pass) => new(pages, $"/mail/leave/{Seal(pass)}");

    /// <summary>The sealed text of a link.</summary>
    public string Seal(MailPass pass) => _protector.Protect(JsonSerializer.Serialize(pass), pass.Action == MailAction.Unsubscribe ? UnsubscribeLifetime : Lifetime);

    /// <summary>What a link allows; null where it was altered, has run out, or is none of ours.</summary>
    public MailPass? Open(string? text)
    {
        try
        {
            return text is { Length: > 0 and < 4_000 } ? JsonSerializer.Deserialize<MailPass>(_protector.Unprotect(text)) : null;
        }
        catch (Exception e) when (e is CryptographicException or JsonException or FormatException)
        {
            return null;
        }
    }
}
