using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace DdocCost.Agent.Aws;

/// <summary>AWS credentials as they are used.</summary>
/// <param name="KeyId">Access key id.</param>
/// <param name="Secret">Secret access key.</param>
/// <param name="Token">Session token of a role; null for a user's key.</param>
/// <param name="ExpiresAt">When they end, UTC; null for never.</param>
internal sealed record AwsKeys(string KeyId, string Secret, string? Token, DateTimeOffset? ExpiresAt);

/// <summary>
/// Signature Version 4, as far as our requests need it: over HttpClient, with everything known when it is signed. The SDK's signer would
/// bring more megabytes than the agent has.
/// </summary>
/// <remarks>AWS: "AWS Signature Version 4 for API requests". Tried with AWS's published test suite.</remarks>
internal static class SigV4
{
    private const string Algorithm = "AWS4-HMAC-SHA256";

    /// <summary>Adds time, token and signature to a request.</summary>
    /// <param name="request">With an absolute address and all other headers that are to be signed.</param>
    /// <param name="body">Its body.</param>
    /// <param name="keys">Whose.</param>
    /// <param name="region">Such as <c>eu-west-1</c>.</param>
    /// <param name="service">Such as <c>sqs</c>. S3 names its body's hash in a header and does not encode its path twice.</param>
    /// <param name="at">UTC.</param>
    public static void Sign(HttpRequestMessage request, ReadOnlySpan<byte> body, AwsKeys keys, string region, string service, DateTimeOffset at)
    {
        var stamp = at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var hash = Convert.ToHexStringLower(SHA256.HashData(body));
        request.Headers.TryAddWithoutValidation("X-Amz-Date", stamp);
        if (keys.Token is { } token)
        {
            request.Headers.TryAddWithoutValidation("X-Amz-Security-Token", token);
        }

        if (service == "s3")
        {
            request.Headers.TryAddWithoutValidation("X-Amz-Content-Sha256", hash);
        }

        var headers = HeadersOf(request);
        var names = string.Join(';', headers.Keys);
        var canonical = string.Join('\n',
            request.Method.Method, PathOf(request.RequestUri!, service), QueryOf(request.RequestUri!),
            string.Concat(headers.Select(header => $"{header.Key}:{header.Value}\n")), names, hash);
        var scope = $"{stamp[..8]}/{region}/{service}/aws4_request";
        var text = $"{Algorithm}\n{stamp}\n{scope}\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var key = Mac(Mac(Mac(Mac(Encoding.UTF8.GetBytes("AWS4" + keys.Secret), stamp[..8]), region), service), "aws4_request");
        request.Headers.TryAddWithoutValidation(
            "Authorization", $"{Algorithm} Credential={keys.KeyId}/{scope}, SignedHeaders={names}, Signature={Convert.ToHexStringLower(Mac(key, text))}");
    }

    /// <summary>Percent-encodes all but the unreserved characters of RFC 3986.</summary>
    public static string Encode(string text, bool keepSlashes = false)
    {
        var encoded = Uri.EscapeDataString(text);
        return keepSlashes ? encoded.Replace("%2F", "/", StringComparison.Ordinal) : encoded;
    }

    private static SortedDictionary<string, string> HeadersOf(HttpRequestMessage request)
    {
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["host"] = request.Headers.Host ?? request.RequestUri!.Authority,
        };
        foreach (var (name, values) in request.Headers.NonValidated.Concat(request.Content?.Headers.NonValidated ?? default))
        {
            if (!name.Equals("Host", StringComparison.OrdinalIgnoreCase) && !name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
            {
                headers[name.ToLowerInvariant()] = string.Join(',', values.Select(value => string.Join(' ', value.Split(' ', StringSplitOptions.RemoveEmptyEntries))));
            }
        }

        return headers;
    }

    // The path as sent, once more encoded but for S3.
    private static string PathOf(Uri address, string service) => service == "s3" ? address.AbsolutePath : Encode(address.AbsolutePath, keepSlashes: true);

    private static string QueryOf(Uri address) => string.Join('&', address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Contains('=', StringComparison.Ordinal) ? pair : pair + "=")
        .Select(pair => pair.Split('=', 2))
        .Select(pair => (Name: Encode(Uri.UnescapeDataString(pair[0])), Value: Encode(Uri.UnescapeDataString(pair[1]))))
        .OrderBy(pair => pair.Name, StringComparer.Ordinal).ThenBy(pair => pair.Value, StringComparer.Ordinal)
        .Select(pair => $"{pair.Name}={pair.Value}"));

    private static byte[] Mac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));
}
