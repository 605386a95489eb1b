using System.Buffers;
using System.Net.WebSockets;
using System.Text.Json;

namespace DdocCost.Jobs.Notify.Channels.Slack.Sockets;

/// <summary>What is said on one connection: <c>hello</c>, envelopes that want an acknowledgement within three seconds, <c>disconnect</c>.</summary>
internal sealed class SocketTalk(string token, SlackInbox inbox, ILogger log)
{
    // An interaction carries its whole message.
    private const int MostBytes = 1024 * 1024;

    private readonly TaskCompletionSource _renewal = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Done when Slack wants the next connection opened.</summary>
    public Task Renewal => _renewal.Task;

    /// <summary>Slack has said hello.</summary>
    public bool WasUp { get; private set; }

    /// <summary>Listens until the other side closes.</summary>
    public async Task ListenAsync(WebSocket socket, CancellationToken cancellationToken)
    {
        var buffer = new ArrayBufferWriter<byte>();
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.GetMemory(16 * 1024), cancellationToken);
            buffer.Advance(part.Count);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return;
            }

            if (buffer.WrittenCount > MostBytes)
            {
                throw new InvalidDataException("Slack sent a message of more than a megabyte.");
            }

            if (part.EndOfMessage)
            {
                await TakeAsync(socket, buffer.WrittenMemory, cancellationToken);
                buffer.ResetWrittenCount();
            }
        }
    }

    private async Task TakeAsync(WebSocket socket, ReadOnlyMemory<byte> text, CancellationToken cancellationToken)
    {
        using var json = JsonDocument.Parse(text);
        var message = json.RootElement;
        switch (message.TryGetProperty("type", out var type) ? type.GetString() : null)
        {
            case "hello":
                WasUp = true;
                SocketLog.Up(log);
                return;
            case "disconnect":
                _renewal.TrySetResult();
                return;
            case "interactive" when message.TryGetProperty("payload", out var payload):
                await inbox.TakeAsync(token, payload, cancellationToken); // durable before it is acknowledged
                break;
        }

        if (message.TryGetProperty("envelope_id", out var id))
        {
            await socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(new { envelope_id = id.GetString() }), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
        }
    }
}
