using System.Text.Json;
using DdocCost.Tests.Support;

[assembly: AssemblyFixture(typeof(AwsServer))]

namespace DdocCost.Tests.Support;

/// <summary>S3, SQS and SNS of the test run's own, started on first use; buckets and queues are a test's own by their names.</summary>
public sealed class AwsServer : IAsyncDisposable
{
    private static int _names;

    private readonly Lazy<Task<(ServerProcess Process, HttpClient Http)>> _running = new(StartAsync);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Its address, for <c>AWS_ENDPOINT_URL</c>; skips the test where it is not installed.</summary>
    public async Task<string> UrlAsync() => (await _running.Value).Http.BaseAddress!.ToString();

    /// <summary>A new bucket.</summary>
    public async Task<string> NewBucketAsync()
    {
        var name = $"bucket-{Interlocked.Increment(ref _names)}";
        await SendAsync(HttpMethod.Put, name, null);
        return name;
    }

    /// <summary>A new queue.</summary>
    /// <returns>Its URL.</returns>
    public async Task<string> NewQueueAsync(params (string Name, string Value)[] attributes)
    {
        var answer = await SqsAsync("CreateQueue", new
        {
            QueueName = $"queue-{Interlocked.Increment(ref _names)}", Attributes = attributes.ToDictionary(attribute => attribute.Name, attribute => attribute.Value),
        });
        return answer.GetProperty("QueueUrl").GetString()!;
    }

    /// <summary>Puts an object.</summary>
    public Task PutAsync(string bucket, string key, byte[] content) => SendAsync(HttpMethod.Put, $"{bucket}/{string.Join('/', key.Split('/').Select(Uri.EscapeDataString))}", content);

    /// <summary>Sends a message.</summary>
    public Task SendMessageAsync(string queueUrl, string body) => SqsAsync("SendMessage", new { QueueUrl = queueUrl, MessageBody = body });

    /// <summary>An attribute of a queue, such as <c>QueueArn</c>.</summary>
    public async Task<string> AttributeAsync(string queueUrl, string name) =>
        (await SqsAsync("GetQueueAttributes", new { QueueUrl = queueUrl, AttributeNames = (string[])["All"] })).GetProperty("Attributes").GetProperty(name).GetString()!;

    /// <summary>How many messages there are, hidden ones included.</summary>
    public async Task<int> CountAsync(string queueUrl) =>
        int.Parse(await AttributeAsync(queueUrl, "ApproximateNumberOfMessages"), null) + int.Parse(await AttributeAsync(queueUrl, "ApproximateNumberOfMessagesNotVisible"), null);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_running is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
        {
            var (process, http) = await _running.Value;
            http.Dispose();
            process.Dispose();
        }
    }

    private async Task<JsonElement> SqsAsync(string operation, object input)
    {
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(input));
        content.Headers.ContentType = new("application/x-amz-json-1.0");
        content.Headers.Add("X-Amz-Target", "AmazonSQS." + operation);
        using var answer = await (await _running.Value).Http.PostAsync("", content, Stop);
        var text = await answer.Content.ReadAsStringAsync(Stop);
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonSerializer.Deserialize<JsonElement>(text.Length == 0 ? "{}" : text);
    }

    private async Task SendAsync(HttpMethod method, string path, byte[]? content)
    {
        using var request = new HttpRequestMessage(method, path) { Content = new ByteArrayContent(content ?? []) };
        request.Content.Headers.ContentType = new("application/octet-stream");
        using var answer = await (await _running.Value).Http.SendAsync(request, Stop);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Stop));
    }

    private static async Task<(ServerProcess Process, HttpClient Http)> StartAsync()
    {
        var port = ServerProcess.FreePort();
        var process = await NodeServer.StartAsync("aws.mjs", port, $"{port}");
        return (process, new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/") });
    }
}
