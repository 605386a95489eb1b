using System.Net;
using System.Text;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;

namespace DdocCost.Jobs.Aws;

/// <summary>Reads what AWS, or something in between, answers to a call that failed.</summary>
internal static class AwsErrors
{
    /// <summary>How much of an error is read.</summary>
    private const int MostBytes = 64 * 1024;

    /// <summary>Makes an exception of a failed answer; understands JSON, XML, and HTML from something that is no AWS.</summary>
    public static async Task<AwsException> ReadAsync(AwsOperation operation, HttpResponseMessage response, bool isClockSkew, CancellationToken cancellationToken)
    {
        var (code, reason) = Parse(await HeadAsync(response, cancellationToken));
        // <code>X-Amzn-ErrorType: ThrottlingException:http://internal.amazon.com/coral/…</code>
        code = Header(response, "x-amzn-errortype") ?? code ?? (int)response.StatusCode switch
        {
            301 => "PermanentRedirect",
            403 => "AccessDenied", // S3 says no more to a HEAD
            404 => "NotFound",
            _ => response.StatusCode.ToString(),
        };
        return new AwsException(operation, Plain(code), reason ?? $"HTTP status {(int)response.StatusCode}.", response.StatusCode)
        {
            RequestId = Header(response, "x-amzn-requestid") ?? Header(response, "x-amz-request-id"),
            RetryAfter = response.Headers.RetryAfter?.Delta,
            BucketRegion = Header(response, "x-amz-bucket-region"),
            IsClockSkew = isClockSkew,
        };
    }

    /// <summary>Code and message of a body; null what is not there.</summary>
    internal static (string? Code, string? Reason) Parse(string body)
    {
        var text = body.AsSpan().TrimStart();
        try
        {
            return text is ['{', ..] ? Json(body) : text is ['<', ..] && !text.StartsWith("<!DOCTYPE", StringComparison.OrdinalIgnoreCase) ? Xml(body) : (null, null);
        }
        catch (Exception error) when (error is JsonException or XmlException)
        {
            return (null, null);
        }
    }

    private static (string? Code, string? Reason) Json(string body)
    {
        using var document = JsonDocument.Parse(body);
        var root = document.RootElement;
        return (root.Text("__type") ?? root.Text("code") ?? root.Text("Code"), root.Text("message") ?? root.Text("Message") ?? root.Text("errorMessage"));
    }

    private static (string? Code, string? Reason) Xml(string body)
    {
        var error = AwsXml.Parse(body).DescendantsAndSelf("Error").FirstOrDefault();
        return (error?.Element("Code")?.Value, error?.Element("Message")?.Value);
    }

    /// <summary><c>com.amazonaws.sqs#QueueDoesNotExist</c>, <c>ThrottlingException:http://…</c>: the name alone.</summary>
    private static string Plain(string code) => code.Split(':')[0].Split('#')[^1];

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    private static async Task<string> HeadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            await using var content = await response.Content.ReadAsStreamAsync(cancellationToken);
            var head = new byte[MostBytes];
            return Encoding.UTF8.GetString(head, 0, await content.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken));
        }
        catch (Exception error) when (error is IOException or HttpRequestException)
        {
            return ""; // the status is enough
        }
    }
}
