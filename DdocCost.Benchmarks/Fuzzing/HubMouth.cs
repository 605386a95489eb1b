using System.Net.WebSockets;

namespace DdocCost.Benchmarks.Fuzzing;

/// <summary>The live hub over a web socket: a spoilt handshake, or spoilt calls behind a good one, as text or binary, in one piece or in several.</summary>
internal static class HubMouth
{
    private static readonly TimeSpan Listen = TimeSpan.FromMilliseconds(50);

    /// <summary>Makes the mouth.</summary>
    public static FuzzMouth Open(FuzzHost host) => new("hub", async (random, token) =>
    {
        var input = Mutator.Spoil(Samples.HubTalk[random.Next(Samples.HubTalk.Length)], random);
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", $"Bearer {(random.Next(20) == 0 ? HttpMouths.Printable(Mutator.Spoil(host.ApiToken, random)).Trim() : host.ApiToken)}");
        try
        {
            await socket.ConnectAsync(new UriBuilder(host.Address) { Scheme = "ws", Path = "/hubs/live" }.Uri, token);
            var cut = random.Next(input.Length + 1);
            var type = random.Next(4) == 0 ? WebSocketMessageType.Binary : WebSocketMessageType.Text;
            await socket.SendAsync(input.AsMemory(0, cut), type, endOfMessage: random.Next(2) == 0, token);
            await socket.SendAsync(input.AsMemory(cut), type, endOfMessage: true, token);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
            limit.CancelAfter(Listen);
            var answer = await socket.ReceiveAsync(new byte[4096], limit.Token);
            return new FuzzAnswer(answer.MessageType == WebSocketMessageType.Close ? $"closed {(int?)answer.CloseStatus}" : "answered", answer.CloseStatus == WebSocketCloseStatus.InternalServerError ? "closed with 1011" : null, input);
        }
        catch (WebSocketException error)
        {
            return new FuzzAnswer(socket.HttpStatusCode == 0 ? "closed" : $"refused {(int)socket.HttpStatusCode}", (int)socket.HttpStatusCode >= 500 ? error.Message : null, input);
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            return new FuzzAnswer("silent", null, input);
        }
    });
}
