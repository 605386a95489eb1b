using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace DdocCost.Jobs.Notify.Channels.Webhook;

/// <summary>Signs what goes to a webhook by the Standard Webhooks specification, so that receivers find a library in their language.</summary>
/// <remarks>github.com/standard-webhooks/standard-webhooks, spec 1.0.0: HMAC-SHA256 of <c>id.timestamp.body</c>, in base64.</remarks>
internal static class WebhookSignature
{
    private const string Prefix = "whsec_";

    /// <summary>Fewest bytes of a key.</summary>
    public const int LeastKey = 16;

    /// <summary>The key that a secret stands for; null where it is none: too short, or not base64 after its prefix.</summary>
    /// <param name="secret"><c>whsec_</c> and base64, or any text.</param>
    public static byte[]? Key(string secret)
    {
        var key = new byte[secret.Length * 4];
        var length = secret.StartsWith(Prefix, StringComparison.Ordinal)
            ? Convert.TryFromBase64String(secret[Prefix.Length..], key, out var decoded) ? decoded : 0
            : Encoding.UTF8.GetBytes(secret, key);
        return length >= LeastKey ? key[..length] : null;
    }

    /// <summary>The headers of a delivery.</summary>
    public static IReadOnlyDictionary<string, string> Headers(byte[] key, string id, DateTimeOffset at, string body)
    {
        var timestamp = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{id}.{timestamp}.{body}"));
        return new Dictionary<string, string>
        {
            ["webhook-id"] = id,
            ["webhook-timestamp"] = timestamp,
            ["webhook-signature"] = $"v1,{Convert.ToBase64String(signature)}",
        };
    }
}
