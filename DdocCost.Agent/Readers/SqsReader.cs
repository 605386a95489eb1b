using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using DdocCost.Agent.Aws;

namespace DdocCost.Agent.Readers;

/// <summary>
/// Reads a queue that EventBridge, SNS or a bucket's notifications fill. A message is deleted once what it tells, or the object it names, is
/// on our disk. Needs <c>sqs:ReceiveMessage</c> and <c>sqs:DeleteMessage</c>.
/// </summary>
internal sealed partial class SqsReader : ISourceReader
{
    private readonly AwsCaller _aws;
    private readonly string _queue;
    private readonly string _address;
    private readonly string _region;

    /// <param name="source"><c>sqs:https://sqs.eu-west-1.amazonaws.com/111122223333/queue</c>.</param>
    /// <param name="aws">Calls AWS.</param>
    public SqsReader(string source, AwsCaller aws)
    {
        _aws = aws;
        _queue = source["sqs:".Length..];
        if (!Uri.TryCreate(_queue, UriKind.Absolute, out var address))
        {
            throw new FormatException($"source '{source}' is not of the form sqs:https://sqs.eu-west-1.amazonaws.com/111122223333/queue");
        }

        _region = Host().Match(address.Host) is { Success: true } host ? host.Groups[1].Value : aws.DefaultRegion ?? "us-east-1";
        _address = (aws.EndpointOverride("sqs") ?? address.GetLeftPart(UriPartial.Authority)) + "/";
        State = new SourceState(source);
    }

    /// <inheritdoc/>
    public SourceState State { get; }

    /// <inheritdoc/>
    public async Task<bool> LookAsync(Outbox outbox, CancellationToken cancellationToken)
    {
        using var answer = await CallAsync(
            "ReceiveMessage", $$"""{"QueueUrl":{{Text(_queue)}},"MaxNumberOfMessages":10,"WaitTimeSeconds":10,"VisibilityTimeout":120,"AttributeNames":["SentTimestamp"],"MessageSystemAttributeNames":["SentTimestamp"]}""",
            cancellationToken);
        if (!answer.RootElement.TryGetProperty("Messages", out var messages) || messages.ValueKind != JsonValueKind.Array || messages.GetArrayLength() == 0)
        {
            return true; // long polling waits by itself
        }

        var items = new List<ReadItem>();
        DateTimeOffset? newest = null;
        foreach (var message in messages.EnumerateArray())
        {
            var (id, body) = (message.GetProperty("MessageId").GetString()!, message.GetProperty("Body").GetString() ?? "");
            var objects = ObjectsNamed(body);
            foreach (var (bucket, key) in objects)
            {
                items.Add(new ReadItem(key, await new S3Client(_aws, _region).GetAsync(bucket, key, cancellationToken)));
            }

            if (objects.Count == 0)
            {
                items.Add(new ReadItem($"{_queue}/{id}", Encoding.UTF8.GetBytes(body)));
            }

            newest = message.TryGetProperty("Attributes", out var attributes) && attributes.TryGetProperty("SentTimestamp", out var sent)
                && long.TryParse(sent.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var at) ? DateTimeOffset.FromUnixTimeMilliseconds(at) : newest;
        }

        await outbox.AddAsync(State, items, cancellationToken);
        var entries = messages.EnumerateArray().Select((message, i) => $$"""{"Id":"{{i}}","ReceiptHandle":{{Text(message.GetProperty("ReceiptHandle").GetString()!)}}}""");
        using var deleted = await CallAsync("DeleteMessageBatch", $$"""{"QueueUrl":{{Text(_queue)}},"Entries":[{{string.Join(',', entries)}}]}""", cancellationToken);
        State.Read(messages.GetArrayLength(), newest);
        return true;
    }

    /// <summary>Objects that a notification names: of S3, of CloudTrail, through EventBridge, in an SNS message or not. Digest and Insight files are none.</summary>
    internal static IReadOnlyList<(string Bucket, string Key)> ObjectsNamed(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return [.. ObjectsNamed(json.RootElement).Where(o => !NoLog().IsMatch(o.Key))];
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return []; // the application says what is wrong with it
        }
    }

    private static List<(string Bucket, string Key)> ObjectsNamed(JsonElement root)
    {
        var found = new List<(string Bucket, string Key)>();
        if (root.ValueKind != JsonValueKind.Object)
        {
            return found;
        }

        if (root.TryGetProperty("Type", out var type) && type.ValueEquals("Notification") && root.TryGetProperty("Message", out var inner))
        {
            return [.. ObjectsNamed(inner.GetString()!)];
        }

        if (root.TryGetProperty("Records", out var records) && records.ValueKind == JsonValueKind.Array)
        {
            foreach (var record in records.EnumerateArray().Where(record => record.TryGetProperty("s3", out _)))
            {
                var s3 = record.GetProperty("s3");
                // S3 writes keys as forms do: a plus is a space.
                found.Add((s3.GetProperty("bucket").GetProperty("name").GetString()!, Uri.UnescapeDataString(s3.GetProperty("object").GetProperty("key").GetString()!.Replace('+', ' '))));
            }
        }
        else if (root.TryGetProperty("s3Bucket", out var bucket) && root.TryGetProperty("s3ObjectKey", out var keys))
        {
            found.AddRange(keys.EnumerateArray().Select(key => (bucket.GetString()!, key.GetString()!)));
        }
        else if (root.TryGetProperty("detail-type", out var detailType) && detailType.ValueEquals("Object Created"))
        {
            var detail = root.GetProperty("detail");
            found.Add((detail.GetProperty("bucket").GetProperty("name").GetString()!, detail.GetProperty("object").GetProperty("key").GetString()!));
        }

        return found;
    }

    private Task<JsonDocument> CallAsync(string operation, string body, CancellationToken cancellationToken) =>
        _aws.JsonAsync(_address, _region, "sqs", $"AmazonSQS.{operation}", "1.0", body, cancellationToken);

    private static string Text(string text) => $"\"{JsonEncodedText.Encode(text)}\"";

    [GeneratedRegex(@"^sqs\.([a-z0-9-]+)\.amazonaws\.com(\.cn)?$")]
    private static partial Regex Host();

    [GeneratedRegex(@"/CloudTrail-(Digest|Insight)/")]
    private static partial Regex NoLog();
}
