using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;

namespace DdocCost.Tests.Support;

/// <summary>A request that reached the stand-in.</summary>
public sealed partial class StandInCall
{
    private readonly string _method;
    private readonly string _target;
    private readonly Dictionary<string, string> _headers;
    private readonly string[] _signedHeaders;
    private readonly string[] _scope;

    private readonly byte[] _body;

    private StandInCall(HttpRequest request, byte[] bytes)
    {
        var body = Encoding.UTF8.GetString(_body = bytes);
        (_method, _target, Body) = (request.Method, request.HttpContext.Features.Get<IHttpRequestFeature>()!.RawTarget, body);
        _headers = request.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString());
        var authorization = Authorization().Match(_headers.GetValueOrDefault("authorization", ""));
        _scope = authorization.Groups["scope"].Value.Split('/');
        _signedHeaders = authorization.Groups["headers"].Value.Split(';');
        Signature = authorization.Groups["signature"].Value;
        Form = body.StartsWith("Action=", StringComparison.Ordinal) ? QueryHelpers.ParseQuery(body).ToDictionary(pair => pair.Key, pair => pair.Value.ToString()) : [];
        var name = Form.GetValueOrDefault("Action") ?? _headers.GetValueOrDefault("x-amz-target", "").Split('.')[^1];
        Operation = $"{Service}:{(name.Length > 0 ? name : request.Path.Value)}";
    }

    /// <summary><c>service:Operation</c>.</summary>
    public string Operation { get; }

    /// <summary>When it came.</summary>
    public DateTimeOffset ArrivedAt { get; } = DateTimeOffset.UtcNow;

    /// <summary>Its verb.</summary>
    public string Method => _method;

    /// <summary>Its body.</summary>
    public string Body { get; }

    /// <summary>Its body as JSON.</summary>
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Body);

    /// <summary>Its parameters, for the query protocols.</summary>
    public IReadOnlyDictionary<string, string> Form { get; }

    /// <summary>A parameter of its address, or null.</summary>
    public string? Query(string name) =>
        _target.Split('?', 2) is [_, var query] && QueryHelpers.ParseQuery(query).TryGetValue(name, out var value) ? value.ToString() : null;

    /// <summary>Id of the key that signed it.</summary>
    public string KeyId => _scope[0];

    /// <summary>Region it is signed for.</summary>
    public string Region => _scope.ElementAtOrDefault(2) ?? "";

    /// <summary>Service it is signed for.</summary>
    public string Service => _scope.ElementAtOrDefault(3) ?? "";

    /// <summary>Its session; null for a lasting key.</summary>
    public string? SessionToken => _headers.GetValueOrDefault("x-amz-security-token");

    /// <summary>Its signature.</summary>
    public string Signature { get; }

    /// <summary>When it was signed.</summary>
    public DateTimeOffset SignedAt => DateTimeOffset.TryParseExact(
        _headers.GetValueOrDefault("x-amz-date"), "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : default;

    /// <summary>Reads one.</summary>
    public static async Task<StandInCall> ReadAsync(HttpContext http)
    {
        var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        return new StandInCall(http.Request, body.ToArray());
    }

    /// <summary>The signature it should have. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html</summary>
    public string SignatureWith(string secret)
    {
        var (path, query) = _target.Split('?', 2) is [var p, var q] ? (p, q) : (_target, "");
        if (Service != "s3")
        {
            path = string.Join('/', path.Split('/').Select(Uri.EscapeDataString)); // encoded twice everywhere but in S3
        }

        var canonical = string.Join('\n',
        [
            _method, path, string.Join('&', query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Contains('=') ? pair : pair + "=").Order(StringComparer.Ordinal)),
            .. _signedHeaders.Select(name => $"{name}:{_headers[name].Trim()}"), "", string.Join(';', _signedHeaders), Hex(SHA256.HashData(_body)),
        ]);
        var scope = string.Join('/', _scope.Skip(1));
        var toSign = $"AWS4-HMAC-SHA256\n{_headers["x-amz-date"]}\n{scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var key = _scope.Skip(1).Aggregate(Encoding.UTF8.GetBytes("AWS4" + secret), (soFar, part) => HMACSHA256.HashData(soFar, Encoding.UTF8.GetBytes(part)));
        return Hex(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(toSign)));
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    [GeneratedRegex("Credential=(?<scope>[^,]+), ?SignedHeaders=(?<headers>[^,]+), ?Signature=(?<signature>[0-9a-f]+)")]
    private static partial Regex Authorization();
}
