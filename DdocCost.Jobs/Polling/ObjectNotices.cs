using System.Net;
using System.Text.Json;
using DdocCost.Jobs.Aws;

namespace DdocCost.Jobs.Polling;

/// <summary>An object that somebody tells us of.</summary>
/// <param name="Bucket">Its bucket.</param>
/// <param name="Key">Its key.</param>
public sealed record ObjectNotice(string Bucket, string Key);

/// <summary>Reads what S3, SNS, EventBridge and CloudTrail write into a queue when an object has come.</summary>
public static class ObjectNotices
{
    private const int DeepestWrap = 3;

    /// <summary>The objects that a message tells of.</summary>
    /// <returns>None where it tells of none (S3's test message, another kind of event); null where it is not understood.</returns>
    public static IReadOnlyList<ObjectNotice>? Read(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return Of(document.RootElement, DeepestWrap);
        }
        catch (Exception error) when (error is JsonException or ArgumentException or InvalidOperationException)
        {
            return null; // no JSON, or texts in it that are none
        }
    }

    private static IReadOnlyList<ObjectNotice>? Of(JsonElement message, int wraps)
    {
        if (message.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        // S3: {"Records":[{"eventSource":"aws:s3","eventName":"ObjectCreated:Put","s3":{"bucket":{"name":"b"},"object":{"key":"a%2Bb+c"}}}]}
        if (message.Member("Records") is { ValueKind: JsonValueKind.Array } records)
        {
            return [.. records.EnumerateArray().Where(IsCreation).Select(record => Pair(record.Member("s3"), WebUtility.UrlDecode)).OfType<ObjectNotice>()];
        }

        // EventBridge: {"source":"aws.s3","detail-type":"Object Created","detail":{"bucket":{"name":"b"},"object":{"key":"a+b c"}}}
        if (message.Text("source") == "aws.s3")
        {
            return message.Text("detail-type") == "Object Created" && Pair(message.Member("detail"), key => key) is { } notice ? [notice] : [];
        }

        // The trail's own SNS topic: {"s3Bucket":"b","s3ObjectKey":["k"]}
        if (message.Text("s3Bucket") is { } bucket)
        {
            return [.. message.Items("s3ObjectKey").Select(key => key.GetString()).OfType<string>().Select(key => new ObjectNotice(bucket, key))];
        }

        // {"Service":"Amazon S3","Event":"s3:TestEvent", …}
        if (message.Text("Event") == "s3:TestEvent")
        {
            return [];
        }

        // SNS around one of these: {"Type":"Notification","Message":"…"}
        return message.Text("Message") is { } inner && wraps > 0 ? Inner(inner, wraps - 1) : null;
    }

    private static IReadOnlyList<ObjectNotice>? Inner(string body, int wraps)
    {
        using var document = JsonDocument.Parse(body);
        return Of(document.RootElement, wraps);
    }

    private static bool IsCreation(JsonElement record) =>
        record.Text("eventName")?.StartsWith("ObjectCreated", StringComparison.Ordinal) ?? false;

    private static ObjectNotice? Pair(JsonElement? s3, Func<string, string?> decode) =>
        s3?.Member("bucket")?.Text("name") is { } bucket && s3?.Member("object")?.Text("key") is { } key && decode(key) is { } plain
            ? new ObjectNotice(bucket, plain) : null;
}
