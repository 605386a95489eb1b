using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DdocCost.Benchmarks.Telling;

/// <summary>Takes webhook messages over real sockets and notes when each had arrived.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication _server;
    private int _repeated;

    private Receiver(WebApplication server) => _server = server;

    /// <summary>When each message was first taken, by delivery id.</summary>
    public ConcurrentDictionary<Guid, DateTimeOffset> At { get; } = new();

    /// <summary>How many came twice.</summary>
    public int Repeated => _repeated;

    /// <summary>Where it listens.</summary>
    public string Url => _server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <summary>Starts it.</summary>
    public static async Task<Receiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var receiver = new Receiver(builder.Build());
        receiver._server.MapPost("/{channel}", receiver.TakeAsync);
        await receiver._server.StartAsync();
        return receiver;
    }

    /// <summary>Waits until so many have come.</summary>
    public async Task UntilAsync(int count, TimeSpan atMost)
    {
        for (var until = DateTime.UtcNow + atMost; At.Count < count && DateTime.UtcNow < until;)
        {
            await Task.Delay(50);
        }
    }

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    private async Task TakeAsync(HttpContext http)
    {
        await http.Request.Body.CopyToAsync(Stream.Null, http.RequestAborted);
        if (Guid.TryParse(http.Request.Headers["webhook-id"].ToString(), out var id) && !At.TryAdd(id, DateTimeOffset.UtcNow))
        {
            Interlocked.Increment(ref _repeated);
        }
    }
}
