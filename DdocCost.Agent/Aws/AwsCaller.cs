using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Xml;

namespace DdocCost.Agent.Aws;

/// <summary>Signed calls to AWS. Tries again what may be tried again: throttling, server errors, broken connections.</summary>
internal sealed class AwsCaller : IDisposable
{
    private const int Attempts = 5;
    private static readonly TimeSpan MostOff = TimeSpan.FromMinutes(4);
    private static readonly string[] Throttled = ["Throttling", "ThrottlingException", "RequestLimitExceeded", "TooManyRequestsException", "SlowDown", "RequestTimeout"];

    private readonly HttpClient _http;
    private readonly AwsCredentials _credentials;
    private readonly Func<string, string?> _environment;
    private TimeSpan _ahead; // how far AWS's clock is ahead of ours

    /// <param name="environment">Environment variables.</param>
    public AwsCaller(Func<string, string?> environment)
    {
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
        {
            Timeout = TimeSpan.FromMinutes(2),
        };
        (_credentials, _environment) = (new AwsCredentials(_http, environment), environment);
    }

    public void Dispose()
    {
        _credentials.Dispose();
        _http.Dispose();
    }

    /// <summary>The time as AWS has it: ours, unless it has refused us for being far off.</summary>
    public DateTimeOffset Now => DateTimeOffset.UtcNow + _ahead;

    /// <summary>The region where none is told.</summary>
    public string? DefaultRegion => _environment("AWS_REGION") ?? _environment("AWS_DEFAULT_REGION");

    /// <summary>An endpoint set as the AWS CLI reads it (<c>AWS_ENDPOINT_URL_S3</c>, <c>AWS_ENDPOINT_URL</c>), or null.</summary>
    public string? EndpointOverride(string service) =>
        (_environment($"AWS_ENDPOINT_URL_{service.ToUpperInvariant()}") ?? _environment("AWS_ENDPOINT_URL"))?.TrimEnd('/');

    /// <summary>The host suffix of a region's partition.</summary>
    public static string Suffix(string region) => region.StartsWith("cn-", StringComparison.Ordinal) ? "amazonaws.com.cn" : "amazonaws.com";

    /// <summary>Calls a JSON operation.</summary>
    /// <param name="address">Endpoint.</param>
    /// <param name="region">Region to sign for.</param>
    /// <param name="service">Service to sign for.</param>
    /// <param name="target">X-Amz-Target.</param>
    /// <param name="version">JSON protocol version, 1.0 or 1.1.</param>
    /// <param name="body">Request.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<JsonDocument> JsonAsync(
        string address, string region, string service, string target, string version, string body, CancellationToken cancellationToken)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        return JsonDocument.Parse(await SendAsync(() =>
        {
            var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(bytes) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue($"application/x-amz-json-{version}");
            request.Headers.Add("X-Amz-Target", target);
            return request;
        }, bytes, region, service, cancellationToken));
    }

    /// <summary>Gets something of S3.</summary>
    public Task<byte[]> GetAsync(string address, string region, CancellationToken cancellationToken) =>
        SendAsync(() => new HttpRequestMessage(HttpMethod.Get, address), [], region, "s3", cancellationToken);

    private async Task<byte[]> SendAsync(
        Func<HttpRequestMessage> make, byte[] body, string region, string service, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var request = make();
                var keys = await _credentials.GetAsync(cancellationToken);
                SigV4.Sign(request, body, keys, region, service, Now);
                using var answer = await _http.SendAsync(request, cancellationToken);
                var bytes = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
                if (answer.IsSuccessStatusCode)
                {
                    return bytes;
                }

                var error = ErrorOf(answer, bytes);
                if (attempt < Attempts && LearnsTime(answer))
                {
                    continue; // at once, signed with AWS's time
                }

                if (attempt == Attempts || !(answer.StatusCode is HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError || Throttled.Contains(error.Code)))
                {
                    throw error;
                }
            }
            catch (HttpRequestException) when (attempt < Attempts)
            {
                // The connection broke: the calls made here only read, or may be repeated.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100 * Math.Pow(2, attempt) * (0.5 + Random.Shared.NextDouble())), cancellationToken);
        }
    }

    /// <summary>AWS refuses what is signed more than five minutes off. A refusal says what time it is there.</summary>
    /// <returns>Whether ours is that far off, and now is corrected.</returns>
    private bool LearnsTime(HttpResponseMessage answer)
    {
        if (answer.StatusCode is not (HttpStatusCode.Forbidden or HttpStatusCode.BadRequest) || answer.Headers.Date is not { } there)
        {
            return false;
        }

        var ahead = there - DateTimeOffset.UtcNow;
        if ((ahead - _ahead).Duration() < MostOff)
        {
            return false;
        }

        Log.Error($"this machine's clock is {-ahead.TotalMinutes:0} minutes ahead of AWS's; requests are signed with AWS's time");
        _ahead = ahead;
        return true;
    }

    private static AwsException ErrorOf(HttpResponseMessage answer, byte[] body)
    {
        var (code, message) = (answer.Headers.TryGetValues("x-amzn-ErrorType", out var types) ? types.First() : "", "");
        try
        {
            if (body is [(byte)'{', ..])
            {
                using var json = JsonDocument.Parse(body);
                code = json.RootElement.TryGetProperty("__type", out var type) ? type.GetString() ?? code : code;
                message = json.RootElement.TryGetProperty("message", out var said) || json.RootElement.TryGetProperty("Message", out said) ? said.GetString() ?? "" : "";
            }
            else if (body.Length > 0)
            {
                using var xml = XmlReader.Create(new MemoryStream(body));
                while (xml.Read())
                {
                    if (xml is { NodeType: XmlNodeType.Element, LocalName: "Code" or "Message" })
                    {
                        (code, message) = xml.LocalName == "Code" ? (xml.ReadElementContentAsString(), message) : (code, xml.ReadElementContentAsString());
                    }
                }
            }
        }
        catch (Exception unreadable) when (unreadable is JsonException or XmlException)
        {
            // A proxy's page, for example.
        }

        code = code.Split('#')[^1].Split(':')[0];
        return new AwsException((int)answer.StatusCode, code.Length > 0 ? code : answer.StatusCode.ToString(), message);
    }
}
