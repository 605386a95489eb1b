using System.Net.WebSockets;
using System.Text.Json.Nodes;
using DdocCost.Domain.Notify;

namespace DdocCost.Jobs.Notify.Channels.Slack.Sockets;

/// <summary>A line to Slack for one app: opens it, and opens it again whenever Slack or the network ends it.</summary>
/// <remarks>docs.slack.dev/apis/events-api/using-socket-mode: a connection lives for hours at most; before it ends, Slack says so.</remarks>
internal sealed class SocketLine(string token, SlackApi api, OutgoingHttp http, SlackInbox inbox, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    // A token that was refused stays refused until somebody changes something.
    private static readonly TimeSpan PauseAfterRefusal = TimeSpan.FromMinutes(5);

    /// <summary>Runs until cancelled; never throws.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var old = new List<Task>();
        var pause = ShortestPause;
        while (!cancellationToken.IsCancellationRequested)
        {
            var talk = new SocketTalk(token, inbox, log);
            var running = TalkAsync(talk, cancellationToken);
            await Task.WhenAny(running, talk.Renewal);
            old.RemoveAll(task => task.IsCompleted);
            if (!running.IsCompleted)
            {
                old.Add(running); // Slack closes it soon; until then clicks may still come that way
                continue;
            }

            pause = talk.WasUp ? ShortestPause : pause;
            await PauseAsync(await running ?? pause, cancellationToken);
            pause = pause < LongestPause ? pause * 2 : LongestPause;
        }

        await Task.WhenAll(old);
    }

    /// <returns>How long to wait before the next; null for the usual pause.</returns>
    private async Task<TimeSpan?> TalkAsync(SocketTalk talk, CancellationToken cancellationToken)
    {
        try
        {
            var opened = await api.CallAsync("apps.connections.open", token, new JsonObject(), cancellationToken);
            if (opened.Text("url") is not { } url)
            {
                SocketLog.NotOpened(log, opened.Failure?.Answer ?? "the answer has no address");
                return opened.Failure is SendOutcome.Refused ? PauseAfterRefusal : (opened.Failure as SendOutcome.Busy)?.RetryAfter;
            }

            using var socket = new ClientWebSocket();
            socket.Options.KeepAliveInterval = TimeSpan.FromSeconds(15);
            socket.Options.KeepAliveTimeout = TimeSpan.FromSeconds(15);
            await socket.ConnectAsync(new Uri(url), http.Client, cancellationToken);
            await talk.ListenAsync(socket, cancellationToken);
            return null;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception e)
        {
            // Whatever ends a line, the next one is opened; a guard must not lose its ear for good.
            SocketLog.Ended(log, e);
            return null;
        }
    }

    private async Task PauseAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(pause, time, cancellationToken);
        }
        catch (OperationCanceledException)
        {
        }
    }
}
