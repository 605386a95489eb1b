using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using DdocCost.Domain.Notify;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DdocCost.Tests.Notify;

/// <summary>An HTTP server that takes messages as a channel's server would, and answers as it is told.</summary>
public sealed class StandIn : IAsyncDisposable
{
    private readonly WebApplication _server;
    private int _attempts;

    private StandIn(WebApplication server) => _server = server;

    /// <summary>What it took, in order of arrival; a repeated key is here again.</summary>
    public ConcurrentQueue<Arrival> Accepted { get; } = new();

    /// <summary>How often somebody tried.</summary>
    public int Attempts => _attempts;

    /// <summary>Decides each answer by path; null accepts.</summary>
    public Func<string, Arrival, HttpStatusCode?> Answer { get; set; } = (_, _) => null;

    /// <summary>Answers only after so long.</summary>
    public Func<string, TimeSpan> Delay { get; set; } = _ => TimeSpan.Zero;

    /// <summary>Where it listens.</summary>
    public string Url => _server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    public static async Task<StandIn> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var server = builder.Build();
        var standIn = new StandIn(server);
        server.MapPost("/{**channel}", standIn.TakeAsync);
        await server.StartAsync();
        return standIn;
    }

    /// <summary>Different messages that a channel took, by key, in order of arrival.</summary>
    public IReadOnlyList<Arrival> On(string channel) => [.. Accepted.Where(arrival => arrival.Channel == channel).DistinctBy(arrival => arrival.Id)];

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private async Task<IResult> TakeAsync(string channel, HttpContext http)
    {
        Interlocked.Increment(ref _attempts);
        using var body = await JsonDocument.ParseAsync(http.Request.Body);
        var root = body.RootElement;
        var key = http.Request.Headers["webhook-id"].ToString(); // of the product's own webhook
        var arrival = new Arrival(
            channel, Guid.Parse(key.Length > 0 ? key : Text(root, "id")!), Text(root, "kind") ?? "", Text(root, "thread"), Text(root, "headline") ?? "",
            Text(root, "handle"), DateTimeOffset.UtcNow);
        var delay = Delay(channel);
        if (delay > TimeSpan.Zero)
        {
            await Task.Delay(delay, http.RequestAborted);
        }

        if (Answer(channel, arrival) is { } status && (int)status >= 300)
        {
            http.Response.Headers.RetryAfter = status == HttpStatusCode.TooManyRequests ? "1" : default;
            return Results.Text($"sorry, {(int)status}", statusCode: (int)status);
        }

        Accepted.Enqueue(arrival);
        return Results.Text("ok");
    }
}

/// <summary>A message that arrived.</summary>
public sealed record Arrival(string Channel, Guid Id, string Kind, string? Thread, string Headline, string? Handle, DateTimeOffset At);

/// <summary>The plainest adapter there can be: real sockets, no format.</summary>
internal sealed class StandInChannel : INotificationChannel
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 64 });

    public ChannelKind Kind => ChannelKind.Webhook;

    public IReadOnlyList<ChannelField> Fields => [new("url", "URL", "Where to.", IsRequired: true)];

    public IReadOnlyList<string> Problems(Channel channel) => channel.Setting("url") is null ? ["URL is missing."] : [];

    public async Task<SendOutcome> SendAsync(Channel channel, OutboundMessage message, CancellationToken cancellationToken)
    {
        var notice = JsonSerializer.SerializeToElement(message.Notice, Outbox.Json);
        var body = JsonSerializer.Serialize(new
        {
            id = message.Id, kind = notice.GetProperty(Notice.KindProperty).GetString(), thread = message.ThreadKey, headline = message.Notice.Headline, handle = message.Handle,
        });
        try
        {
            using var answer = await Http.PostAsync(channel.Setting("url"), new StringContent(body), cancellationToken);
            var text = $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(cancellationToken)}";
            return (int)answer.StatusCode switch
            {
                < 300 => new SendOutcome.Accepted(text, $"handle-{message.Id}"),
                429 => new SendOutcome.Busy(text, answer.Headers.RetryAfter?.Delta),
                < 500 => new SendOutcome.Refused(text),
                _ => new SendOutcome.Busy(text),
            };
        }
        catch (HttpRequestException error)
        {
            return new SendOutcome.Busy(error.Message);
        }
    }
}
