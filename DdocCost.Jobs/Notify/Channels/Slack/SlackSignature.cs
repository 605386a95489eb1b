using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace DdocCost.Jobs.Notify.Channels.Slack;

/// <summary>Whether a request comes from Slack, and now.</summary>
/// <remarks>docs.slack.dev/authentication/verifying-requests-from-slack: HMAC-SHA256 of <c>v0:timestamp:body</c> with the signing secret.</remarks>
public static class SlackSignature
{
    /// <summary>Older requests are taken for replays.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    /// <summary>Whether the time in a request's header is near enough to now; asked before anything costly is done.</summary>
    public static bool IsFresh(string? timestamp, DateTimeOffset now) =>
        long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && Math.Abs(now.ToUnixTimeSeconds() - seconds) <= Window.TotalSeconds;

    /// <summary>Whether the signature fits.</summary>
    /// <param name="secret">The app's signing secret.</param>
    /// <param name="timestamp">Header X-Slack-Request-Timestamp.</param>
    /// <param name="body">The body as it came.</param>
    /// <param name="signature">Header X-Slack-Signature.</param>
    public static bool Fits(string secret, string timestamp, ReadOnlySpan<byte> body, string? signature) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Of(secret, timestamp, body)), Encoding.ASCII.GetBytes(signature ?? ""));

    /// <summary>The signature of a request.</summary>
    public static string Of(string secret, string timestamp, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hmac.AppendData(Encoding.UTF8.GetBytes($"v0:{timestamp}:"));
        hmac.AppendData(body);
        return "v0=" + Convert.ToHexStringLower(hmac.GetHashAndReset());
    }
}
