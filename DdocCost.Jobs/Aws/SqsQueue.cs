using System.Globalization;
using System.Text.Json;

namespace DdocCost.Jobs.Aws;

/// <summary>A queue, as its reader uses it.</summary>
public sealed class SqsQueue(AwsClient client, string url)
{
    /// <summary>SQS takes and gives ten at a time: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html</summary>
    public const int MostAtOnce = 10;

    private static readonly AwsOperation Receive = AwsServices.Sqs.Operation("ReceiveMessage") with { BringsEvents = true, Patience = TimeSpan.FromSeconds(40) };
    private static readonly AwsOperation Delete = AwsServices.Sqs.Operation("DeleteMessageBatch", "sqs:DeleteMessage") with { BringsEvents = true };
    private static readonly AwsOperation Extend = AwsServices.Sqs.Operation("ChangeMessageVisibilityBatch", "sqs:ChangeMessageVisibility") with { BringsEvents = true };
    private static readonly AwsOperation Send = AwsServices.Sqs.Operation("SendMessageBatch", "sqs:SendMessage") with { CarriesEvents = true };
    private static readonly AwsOperation Create = AwsServices.Sqs.Operation("CreateQueue") with { CarriesEvents = true };
    private static readonly AwsOperation Attributes = AwsServices.Sqs.Operation("GetQueueAttributes") with { BringsEvents = true };

    /// <summary>Its URL.</summary>
    public string Url => url;

    /// <summary>Its name.</summary>
    public string Name => url.Split('/')[^1];

    /// <summary>Waits for messages and hides them from other readers.</summary>
    /// <param name="wait">How long to wait for the first; up to 20 seconds.</param>
    /// <param name="hide">How long they stay hidden unless <see cref="ExtendAsync"/> is called.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <param name="most">How many at most; up to <see cref="MostAtOnce"/>.</param>
    public async Task<IReadOnlyList<SqsMessage>> ReceiveAsync(
        TimeSpan wait, TimeSpan hide, CancellationToken cancellationToken, int most = MostAtOnce)
    {
        var answer = await client.JsonAsync(
            Receive,
            new
            {
                QueueUrl = url, MaxNumberOfMessages = most, WaitTimeSeconds = (int)wait.TotalSeconds, VisibilityTimeout = (int)hide.TotalSeconds,
                AttributeNames = (string[])["SentTimestamp", "ApproximateReceiveCount"],
            },
            cancellationToken);
        return [.. answer.Items("Messages").Select(Message)];
    }

    /// <summary>Deletes messages that are done.</summary>
    /// <exception cref="AwsException">It failed, perhaps for some of them only; they come again.</exception>
    public Task DeleteAsync(IEnumerable<SqsMessage> messages, CancellationToken cancellationToken) =>
        BatchAsync(Delete, messages, (message, id) => new { Id = id, message.ReceiptHandle }, cancellationToken);

    /// <summary>Hides messages for longer, counted from now.</summary>
    public Task ExtendAsync(IEnumerable<SqsMessage> messages, TimeSpan hide, CancellationToken cancellationToken) =>
        BatchAsync(Extend, messages, (message, id) => new { Id = id, message.ReceiptHandle, VisibilityTimeout = (int)hide.TotalSeconds }, cancellationToken);

    /// <summary>Sends up to ten messages to a FIFO queue.</summary>
    /// <returns>Of each message, whether the queue has taken it.</returns>
    public async Task<IReadOnlyList<bool>> SendAsync(IReadOnlyList<FifoMessage> messages, CancellationToken cancellationToken)
    {
        var entries = messages.Select((message, i) => new
        {
            Id = i.ToString(CultureInfo.InvariantCulture), MessageBody = message.Body, MessageGroupId = message.Group, MessageDeduplicationId = message.DeduplicationId,
        });
        var answer = await client.JsonAsync(Send, new { QueueUrl = url, Entries = entries }, cancellationToken);
        var taken = answer.Items("Successful").Select(entry => entry.Text("Id")).ToHashSet();
        return [.. messages.Select((_, i) => taken.Contains(i.ToString(CultureInfo.InvariantCulture)))];
    }

    /// <summary>Makes it, where it is not there, as a FIFO queue that keeps messages for as long as SQS can: 14 days.</summary>
    /// <exception cref="AwsException">It is not there and may not be made.</exception>
    public async Task CreateFifoAsync(CancellationToken cancellationToken)
    {
        var attributes = new Dictionary<string, string>
        {
            ["FifoQueue"] = "true",
            ["DeduplicationScope"] = "messageGroup",
            ["FifoThroughputLimit"] = "perMessageGroupId",
            ["MessageRetentionPeriod"] = "1209600",
        };
        try
        {
            await client.JsonAsync(Create, new { QueueName = Name, Attributes = attributes }, cancellationToken);
        }
        catch (AwsException error) when (error.Code is "QueueNameExists" or "QueueAlreadyExists")
        {
            // with other attributes, which are its owner's choice
        }
    }

    /// <summary>About how many messages wait.</summary>
    public async Task<long?> WaitingAsync(CancellationToken cancellationToken)
    {
        var answer = await client.JsonAsync(Attributes, new { QueueUrl = url, AttributeNames = (string[])["ApproximateNumberOfMessages"] }, cancellationToken);
        return (long?)answer.Member("Attributes")?.Number("ApproximateNumberOfMessages");
    }

    private async Task BatchAsync(AwsOperation operation, IEnumerable<SqsMessage> messages, Func<SqsMessage, string, object> entry, CancellationToken cancellationToken)
    {
        foreach (var chunk in messages.Chunk(MostAtOnce))
        {
            await client.JsonAsync(
                operation, new { QueueUrl = url, Entries = chunk.Select((message, i) => entry(message, i.ToString(CultureInfo.InvariantCulture))) }, cancellationToken);
        }
    }

    private static SqsMessage Message(JsonElement message)
    {
        var attributes = message.Member("Attributes") ?? default;
        return new SqsMessage(
            message.Text("MessageId") ?? "", message.Text("ReceiptHandle") ?? "", message.Text("Body") ?? "",
            attributes.Number("SentTimestamp") is { } sent and > 0 and < 1e14m ? DateTimeOffset.FromUnixTimeMilliseconds((long)sent) : null,
            (int)Math.Min(attributes.Number("ApproximateReceiveCount") ?? 1, int.MaxValue));
    }
}

/// <summary>A message.</summary>
/// <param name="Id">SQS's id of it.</param>
/// <param name="ReceiptHandle">What it is deleted by.</param>
/// <param name="Body">Its text.</param>
/// <param name="SentAt">When it was sent, UTC; null where the queue does not say.</param>
/// <param name="Receives">How often it has been received.</param>
public sealed record SqsMessage(string Id, string ReceiptHandle, string Body, DateTimeOffset? SentAt, int Receives);

/// <summary>A message for a FIFO queue.</summary>
/// <param name="Body">Its text.</param>
/// <param name="Group">Within a group messages come in order.</param>
/// <param name="DeduplicationId">A second one with the same id within five minutes is dropped.</param>
public sealed record FifoMessage(string Body, string Group, string DeduplicationId);
