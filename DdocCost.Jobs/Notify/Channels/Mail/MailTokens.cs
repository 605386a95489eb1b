using System.Collections.Concurrent;
using System.Text.Json;
using DdocCost.Domain.Notify;
using DdocCost.Jobs.Notify.Channels.Http;

namespace DdocCost.Jobs.Notify.Channels.Mail;

/// <summary>Fetches OAuth2 access tokens for mail servers and keeps them until shortly before they run out.</summary>
/// <remarks>RFC 6749, 4.4 (client credentials) and 6 (refresh token).</remarks>
internal sealed class MailTokens(Post post, ChannelSecrets secrets, TimeProvider time)
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Unstated = TimeSpan.FromMinutes(10);

    // One per channel and setting; bounded by the channels there are.
    private readonly ConcurrentDictionary<string, (string Token, DateTimeOffset Until)> _known = new();

    /// <summary>A token, or how its refusal counts for the message.</summary>
    public async Task<(string? Token, SendOutcome? Failure)> GetAsync(Channel channel, MailSettings settings, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(KeyOf(channel), out var known) && known.Until > time.GetUtcNow())
        {
            return (known.Token, null);
        }

        var answer = await post.SendAsync(settings[MailFields.TokenUrl], new FormUrlEncodedContent(Request(channel, settings)), null, cancellationToken);
        if (!answer.IsSuccess)
        {
            // An identity provider says why in its body; it holds no secret.
            return (null, answer.ToOutcome());
        }

        if (Read(answer.Body) is not { Token.Length: > 0 } read)
        {
            return (null, new SendOutcome.Refused("The token endpoint answered without an access token."));
        }

        _known[KeyOf(channel)] = (read.Token, time.GetUtcNow() + read.Lifetime - Margin);
        return (read.Token, null);
    }

    /// <summary>The mail server did not take the token: the next attempt fetches another.</summary>
    public void Forget(Channel channel) => _known.TryRemove(KeyOf(channel), out _);

    private static string KeyOf(Channel channel) => $"{channel.Id}\n{channel.SealedSecret(MailFields.ClientSecret)}\n{channel.SealedSecret(MailFields.RefreshToken)}\n{channel.Setting(MailFields.User)}";

    private Dictionary<string, string> Request(Channel channel, MailSettings settings)
    {
        var request = new Dictionary<string, string> { ["client_id"] = settings[MailFields.ClientId] };
        if (secrets.Open(channel, MailFields.ClientSecret) is { } secret)
        {
            request["client_secret"] = secret;
        }

        if (settings[MailFields.Scope] is { Length: > 0 } scope)
        {
            request["scope"] = scope;
        }

        if (settings.Authentication == MailFields.WithRefreshToken)
        {
            request["grant_type"] = "refresh_token";
            request["refresh_token"] = secrets.Open(channel, MailFields.RefreshToken) ?? "";
        }
        else
        {
            request["grant_type"] = "client_credentials";
        }

        return request;
    }

    private static (string Token, TimeSpan Lifetime)? Read(string body)
    {
        try
        {
            var json = JsonElement.Parse(body);
            var lifetime = json.TryGetProperty("expires_in", out var seconds) && seconds.TryGetInt32(out var known) ? TimeSpan.FromSeconds(known) : Unstated;
            return json.TryGetProperty("access_token", out var token) ? (token.GetString() ?? "", lifetime) : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
