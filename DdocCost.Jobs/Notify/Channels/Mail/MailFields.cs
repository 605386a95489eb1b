using DdocCost.Domain.Notify;

namespace DdocCost.Jobs.Notify.Channels.Mail;

/// <summary>What a mail channel needs to be told.</summary>
internal static class MailFields
{
    public const string Host = "host";
    public const string Port = "port";
    public const string Security = "security";
    public const string Authentication = "authentication";
    public const string User = "user";
    public const string Password = "password";
    public const string TokenUrl = "tokenUrl";
    public const string ClientId = "clientId";
    public const string ClientSecret = "clientSecret";
    public const string RefreshToken = "refreshToken";
    public const string Scope = "scope";
    public const string From = "from";
    public const string Recipients = "recipients";

    public const string StartTls = "STARTTLS";
    public const string Tls = "TLS from the start";
    public const string Unencrypted = "Unencrypted";

    public const string None = "None";
    public const string WithPassword = "Password";
    public const string WithRefreshToken = "OAuth2, refresh token";
    public const string WithClientCredentials = "OAuth2, client credentials";

    /// <summary>All of them, in the order of the form.</summary>
    public static readonly IReadOnlyList<ChannelField> All =
    [
        new(Recipients, "Recipients", "Addresses, separated by commas. Each gets a mail of its own, with links of its own.", IsRequired: true),
        new(From, "From", "The sender, such as dd0c/cost <costs@example.com>. Your mail server must let us use it.", IsRequired: true) { MaxLength = 320 },
        new(Host, "Mail server", "Such as smtp.example.com; for Amazon SES email-smtp.eu-central-1.amazonaws.com.", IsRequired: true) { MaxLength = 253 },
        new(Port, "Port", "587 for STARTTLS, 465 for TLS from the start, 25 for a relay.") { Default = "587", MaxLength = 5 },
        new(Security, "Encryption", "Unencrypted only for a relay that you reach without leaving your own network.") { Choices = [StartTls, Tls, Unencrypted], Default = StartTls },
        new(Authentication, "Sign-in", "None for a relay that knows this machine.") { Choices = [WithPassword, WithRefreshToken, WithClientCredentials, None], Default = WithPassword },
        new(User, "User", "Name to sign in with; with OAuth2 the mailbox that sends.") { MaxLength = 320 },
        new(Password, "Password", "For Amazon SES the SMTP password, not the secret access key.", IsSecret: true) { MaxLength = 1_000 },
        new(TokenUrl, "Token address", "OAuth2 only: where tokens are fetched, such as https://oauth2.googleapis.com/token."),
        new(ClientId, "Client id", "OAuth2 only.") { MaxLength = 500 },
        new(ClientSecret, "Client secret", "OAuth2 only.", IsSecret: true),
        new(RefreshToken, "Refresh token", "OAuth2 with a refresh token only.", IsSecret: true) { MaxLength = 4_000 },
        new(Scope, "Scope", "OAuth2 only, such as https://outlook.office365.com/.default.") { MaxLength = 500 },
    ];
}
