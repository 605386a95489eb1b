using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;

namespace DdocCost.Tests.Notify.Channels;

/// <summary>Slack's end of a Socket Mode connection.</summary>
internal sealed class SlackSocket(WebSocket socket)
{
    /// <summary>What the other end said.</summary>
    public ConcurrentQueue<string> Heard { get; } = new();

    /// <summary>Says something.</summary>
    public Task SendAsync(string text) => socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, CancellationToken.None);

    /// <summary>Ends it.</summary>
    public Task CloseAsync() => socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "bye", CancellationToken.None);

    /// <summary>Listens until the other end is gone.</summary>
    public async Task ListenAsync()
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (socket.State is WebSocketState.Open or WebSocketState.CloseSent)
            {
                var part = await socket.ReceiveAsync(buffer, CancellationToken.None);
                if (part.MessageType == WebSocketMessageType.Text)
                {
                    Heard.Enqueue(Encoding.UTF8.GetString(buffer, 0, part.Count));
                }
            }
        }
        catch (WebSocketException)
        {
            // The other end is gone without a word.
        }
    }
}
