using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace DdocCost.App.Ingest.Webhook;

/// <summary>
/// The signature of a request: HMAC-SHA256, with the secret as key, over the time in seconds since 1970, a dot, and the body as sent.
/// </summary>
/// <param name="SourceId">Header <c>X-Ddoc-Source</c>.</param>
/// <param name="At">Header <c>X-Ddoc-Timestamp</c>, UTC.</param>
/// <param name="Mac">Header <c>X-Ddoc-Signature</c>: <c>v1=</c> and 64 hexadecimal digits.</param>
internal sealed record RequestSignature(string SourceId, DateTimeOffset At, byte[] Mac)
{
    public const string SourceHeader = "X-Ddoc-Source";
    public const string TimeHeader = "X-Ddoc-Timestamp";
    public const string MacHeader = "X-Ddoc-Signature";
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>What names this one use.</summary>
    public string Id => $"{SourceId}/{Convert.ToHexStringLower(Mac)}";

    /// <summary>From a request's headers; null where they are missing or not of this form.</summary>
    public static RequestSignature? Of(IHeaderDictionary headers)
    {
        var (source, mac) = (headers[SourceHeader].ToString(), headers[MacHeader].ToString());
        return mac.Length == 67 && mac.StartsWith("v1=", StringComparison.Ordinal) && mac.AsSpan(3).IndexOfAnyExcept(Digits) < 0
            && long.TryParse(headers[TimeHeader], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds < 100_000_000_000
                ? new RequestSignature(source, DateTimeOffset.FromUnixTimeSeconds(seconds), Convert.FromHexString(mac.AsSpan(3)))
                : null;
    }

    /// <summary>Whether a secret made it for this body; takes as long whatever differs.</summary>
    public bool Fits(string secret, ReadOnlySpan<byte> body) => CryptographicOperations.FixedTimeEquals(Mac, MacOf(secret, At, body));

    /// <summary>The code for a secret, a time and a body.</summary>
    public static byte[] MacOf(string secret, DateTimeOffset at, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hmac.AppendData(Encoding.ASCII.GetBytes(at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) + "."));
        hmac.AppendData(body);
        return hmac.GetHashAndReset();
    }
}
