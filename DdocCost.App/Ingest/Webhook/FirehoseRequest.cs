using System.Globalization;
using System.IO.Compression;
using System.Text.Json;

namespace DdocCost.App.Ingest.Webhook;

/// <summary>
/// What Amazon Data Firehose posts to an HTTP endpoint, <c>{"requestId":"…","timestamp":…,"records":[{"data":"base64"}]}</c>, and how it wants to be answered.
/// A record is what a stream was given: CloudTrail events, or a subscription's payload of CloudWatch Logs, gzipped.
/// https://docs.aws.amazon.com/firehose/latest/dev/httpdeliveryrequestresponse.html
/// </summary>
internal static class FirehoseRequest
{
    public const string IdHeader = "X-Amz-Firehose-Request-Id";
    public const string KeyHeader = "X-Amz-Firehose-Access-Key";
    private const int LongestId = 200;

    /// <summary>The records one after the other, uncompressed, a line each; what is no record of Firehose's is left as it is, for quarantine.</summary>
    public static RequestBody Unwrap(ReadOnlyMemory<byte> body, IngestOptions limits)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("records", out var records) || records.ValueKind != JsonValueKind.Array)
            {
                return new RequestBody(body, null);
            }

            var plain = new MemoryStream();
            foreach (var record in records.EnumerateArray())
            {
                if (record.ValueKind != JsonValueKind.Object || !record.TryGetProperty("data", out var data) || !data.TryGetBytesFromBase64(out var bytes))
                {
                    return new RequestBody(body, null);
                }

                if (!Append(plain, bytes, limits.MaxPlainBytes))
                {
                    return RequestBody.TooLargePlain(limits);
                }
            }

            return new RequestBody(plain.GetBuffer().AsMemory(0, (int)plain.Length), null);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return new RequestBody(body, null);
        }
    }

    /// <summary>The answer: Firehose takes 200 with its own id for success and sends again after anything else.</summary>
    /// <param name="http">The request.</param>
    /// <param name="refusal">Why it was not taken; null where it was.</param>
    /// <param name="at">Now, UTC.</param>
    public static IResult Answer(HttpContext http, Refusal? refusal, DateTimeOffset at)
    {
        // What is in quarantine is durable; sent again it would not get better.
        var isDone = refusal is null or { Status: StatusCodes.Status400BadRequest, Reasons.Count: > 0 };
        if (!isDone && refusal!.RetryAfter is { } seconds)
        {
            http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        var id = http.Request.Headers[IdHeader].ToString();
        return TypedResults.Json(
            new { requestId = id.Length > LongestId ? id[..LongestId] : id, timestamp = at.ToUnixTimeMilliseconds(), errorMessage = refusal?.Reason },
            contentType: "application/json", statusCode: isDone ? StatusCodes.Status200OK : refusal!.Status);
    }

    /// <summary>Appends a record as lines of its own.</summary>
    /// <returns>false where it would be too large.</returns>
    private static bool Append(MemoryStream plain, byte[] record, long limit)
    {
        var start = plain.Length;
        try
        {
            if (record is [0x1f, 0x8b, ..])
            {
                using var gzip = new GZipStream(new MemoryStream(record), CompressionMode.Decompress);
                var chunk = new byte[32 * 1024];
                int read;
                while ((read = gzip.Read(chunk)) > 0)
                {
                    if (plain.Length + read > limit)
                    {
                        return false;
                    }

                    plain.Write(chunk, 0, read);
                }
            }
            else
            {
                plain.Write(record);
            }
        }
        catch (InvalidDataException)
        {
            plain.SetLength(start); // damaged: as it came, for quarantine
            plain.Write(record);
        }

        plain.WriteByte((byte)'\n');
        return plain.Length <= limit;
    }
}
