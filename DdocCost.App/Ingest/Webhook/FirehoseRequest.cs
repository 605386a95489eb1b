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

    /// <summary>How much of memory <see cref="Unwrap"/> needs at most: the request uncompressed, its largest record, and all of them compressed anew, which may bring nothing.</summary>
    /// <param name="plainLength">The request's length, uncompressed.</param>
    public static long RoomFor(long plainLength) => plainLength * 5 / 2; // base64 takes a third more than what it stands for

    /// <summary>The records one after the other, a line each, gzipped as they are read; what is no record of Firehose's is left as it is, for quarantine.</summary>
    public static RequestBody Unwrap(ReadOnlyMemory<byte> body, IngestOptions limits)
    {
        try
        {
            var (packed, room) = (new MemoryStream(), limits.MaxPlainBytes);
            using (var lines = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            {
                if (!ReadRecords(body.Span, record => (room -= Append(lines, record, room)) >= 0))
                {
                    return room < 0 ? RequestBody.TooLargePlain(limits) : new RequestBody(body, null);
                }
            }

            return new RequestBody(room == limits.MaxPlainBytes ? default : packed.GetBuffer().AsMemory(0, (int)packed.Length), null);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
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

    /// <summary>Reads the records without building a tree: one of a large body would take many times its size.</summary>
    /// <returns>false where it is no request of Firehose's, or where the taker wants no more.</returns>
    private static bool ReadRecords(ReadOnlySpan<byte> body, Func<byte[], bool> take)
    {
        var json = new Utf8JsonReader(body);
        var found = false;
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (!json.ValueTextEquals("records"u8))
            {
                json.Skip();
                continue;
            }

            json.Read();
            found = json.TokenType == JsonTokenType.StartArray;
            while (found && json.Read() && json.TokenType != JsonTokenType.EndArray)
            {
                if (DataOf(ref json) is not { } data || !take(data))
                {
                    return false;
                }
            }

            if (!found)
            {
                return false;
            }
        }

        return found && !json.Read(); // nothing may follow
    }

    /// <summary>What a record holds; null where it is none.</summary>
    private static byte[]? DataOf(ref Utf8JsonReader json)
    {
        byte[]? data = null;
        if (json.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isData = json.ValueTextEquals("data"u8);
            json.Read();
            if (!isData)
            {
                json.Skip();
            }
            else if (json.TokenType != JsonTokenType.String || !json.TryGetBytesFromBase64(out data))
            {
                return null;
            }
        }

        return data;
    }

    /// <summary>Appends a record as lines of its own.</summary>
    /// <param name="lines">Where to.</param>
    /// <param name="record">As it came, gzipped or not.</param>
    /// <param name="room">How many bytes there may be.</param>
    /// <returns>How many there are. More than there may be are not appended.</returns>
    private static long Append(GZipStream lines, byte[] record, long room)
    {
        // What is damaged goes as it came, for quarantine; which it is shows at its end only.
        var plain = record is [0x1f, 0x8b, ..] ? LengthOfWhole(record, room) : null;
        var length = (plain ?? record.Length) + 1;
        if (length > room)
        {
            return length;
        }

        if (plain is null)
        {
            lines.Write(record);
        }
        else
        {
            using var gzip = new GZipStream(new MemoryStream(record), CompressionMode.Decompress);
            gzip.CopyTo(lines);
        }

        lines.WriteByte((byte)'\n');
        return length;
    }

    /// <summary>How long a gzipped record is unpacked, or a little more than the limit; null where it is damaged.</summary>
    private static long? LengthOfWhole(byte[] record, long limit)
    {
        try
        {
            using var gzip = new GZipStream(new MemoryStream(record), CompressionMode.Decompress);
            Span<byte> chunk = stackalloc byte[16 * 1024];
            long length = 0;
            for (int read; length <= limit && (read = gzip.Read(chunk)) > 0;)
            {
                length += read;
            }

            return length;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
