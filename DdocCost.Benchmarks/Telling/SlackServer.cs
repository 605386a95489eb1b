using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DdocCost.Benchmarks.Telling;

/// <summary>
/// Slack's <c>chat.postMessage</c> over real sockets: a conversation takes one message a second and bursts of three; what is beyond gets 429 and
/// Retry-After, as docs.slack.dev/apis/web-api/rate-limits says (how long a burst may be, it does not say).
/// </summary>
internal sealed class SlackServer : IAsyncDisposable
{
    /// <summary>What it wants to see.</summary>
    public const string Token = "xoxb-benchmark";

    private const double Burst = 3;

    private readonly WebApplication _server;
    private readonly Dictionary<string, (double Tokens, DateTimeOffset At)> _buckets = [];
    private int _limited;
    private int _ts;

    private readonly ConcurrentQueue<Posted> _posted = [];

    private SlackServer(WebApplication server) => _server = server;

    /// <summary>Whether it asks for patience.</summary>
    public bool IsPatient { get; init; }

    /// <summary>The id of every message it has taken, as often as it came.</summary>
    public IEnumerable<Guid> Taken => _posted.Select(posted => posted.Id);

    /// <summary>When each message was first taken, by the id in its metadata.</summary>
    public ConcurrentDictionary<Guid, DateTimeOffset> TakenAt { get; } = new();

    /// <summary>How often it asked for patience.</summary>
    public int Limited => _limited;

    /// <summary>Base of its Web API.</summary>
    public string Api => _server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/api";

    /// <summary>Starts it.</summary>
    /// <param name="isPatient">Whether it takes any number at once.</param>
    public static async Task<SlackServer> StartAsync(bool isPatient = false)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var slack = new SlackServer(builder.Build()) { IsPatient = isPatient };
        slack._server.MapPost("/api/chat.postMessage", (Delegate)slack.PostMessageAsync);
        slack._server.MapPost("/api/chat.update", () => Results.Json(new { ok = true }));
        slack._server.MapMethods("/api/conversations.history", ["GET", "POST"], (Delegate)slack.HistoryAsync);
        slack._server.MapMethods("/api/conversations.replies", ["GET", "POST"], (Delegate)slack.HistoryAsync);
        await slack._server.StartAsync();
        return slack;
    }

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    private async Task<IResult> PostMessageAsync(HttpContext http)
    {
        using var sent = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted);
        if (http.Request.Headers.Authorization != $"Bearer {Token}")
        {
            return Results.Json(new { ok = false, error = "invalid_auth" });
        }

        var message = sent.RootElement;
        if (message.GetProperty("blocks").GetArrayLength() is 0 or > 50)
        {
            return Results.Json(new { ok = false, error = "invalid_blocks" });
        }

        var conversation = message.GetProperty("channel").GetString()!;
        if (!IsPatient && !MayTake(conversation))
        {
            Interlocked.Increment(ref _limited);
            http.Response.Headers.RetryAfter = "1";
            return Results.Json(new { ok = false, error = "ratelimited" }, statusCode: StatusCodes.Status429TooManyRequests);
        }

        var id = message.GetProperty("metadata").GetProperty("event_payload").GetProperty("id").GetGuid();
        var ts = $"1700000000.{Interlocked.Increment(ref _ts).ToString("D6", CultureInfo.InvariantCulture)}";
        TakenAt.TryAdd(id, DateTimeOffset.UtcNow);
        _posted.Enqueue(new Posted(conversation, message.TryGetProperty("thread_ts", out var thread) ? thread.GetString() : null, ts, id));
        return Results.Json(new { ok = true, channel = conversation, ts });
    }

    /// <summary>What was posted in a conversation, or in a thread of it: a sender whose answer was lost looks here.</summary>
    private async Task<IResult> HistoryAsync(HttpContext http)
    {
        var asked = http.Request.HasFormContentType ? (await http.Request.ReadFormAsync()).ToDictionary(field => field.Key, field => field.Value) : http.Request.Query.ToDictionary(field => field.Key, field => field.Value);
        var (channel, thread) = (asked.GetValueOrDefault("channel").ToString(), asked.TryGetValue("ts", out var ts) ? ts.ToString() : null);
        return Results.Json(new
        {
            ok = true,
            messages = _posted.Where(posted => posted.Conversation == channel && posted.Thread == thread).Reverse().Take(100)
                .Select(posted => new { ts = posted.Ts, metadata = new { event_payload = new { id = posted.Id } } }),
        });
    }

    private bool MayTake(string conversation)
    {
        lock (_buckets)
        {
            var now = DateTimeOffset.UtcNow;
            var (tokens, at) = _buckets.GetValueOrDefault(conversation, (Burst, now));
            tokens = Math.Min(Burst, tokens + (now - at).TotalSeconds);
            _buckets[conversation] = (tokens >= 1 ? tokens - 1 : tokens, now);
            return tokens >= 1;
        }
    }

    private sealed record Posted(string Conversation, string? Thread, string Ts, Guid Id);
}
