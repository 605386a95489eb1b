using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DdocCost.Tests.Support;

/// <summary>A request as it arrived.</summary>
public sealed record Arrived(string Method, string Path, IReadOnlyDictionary<string, string> Headers, string Body);

/// <summary>A real HTTP server in place of somebody else's: remembers what it got, answers as told.</summary>
public sealed class ServiceStandIn : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Arrived> _arrived = new();
    private readonly ConcurrentQueue<Func<HttpContext, Task>> _next = new();

    private ServiceStandIn(WebApplication app) => _app = app;

    /// <summary>Its address, without a slash at the end.</summary>
    public string Url => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First().TrimEnd('/');

    /// <summary>What arrived, in order.</summary>
    public IReadOnlyList<Arrived> Requests => [.. _arrived];

    /// <summary>Answers where nothing else was said.</summary>
    public Func<HttpContext, Arrived, Task> Answer { get; set; } = (http, _) => http.Response.WriteAsync("ok");

    /// <summary>Starts one.</summary>
    public static async Task<ServiceStandIn> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = ["--urls=http://127.0.0.1:0"] });
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var standIn = new ServiceStandIn(app);
        app.UseWebSockets();
        app.Run(standIn.HandleAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return standIn;
    }

    /// <summary>What the next request gets instead; more calls stand in line.</summary>
    public void Next(int status, string body, params (string Name, string Value)[] headers) => _next.Enqueue(http =>
    {
        http.Response.StatusCode = status;
        foreach (var (name, value) in headers)
        {
            http.Response.Headers[name] = value;
        }

        return http.Response.WriteAsync(body);
    });

    /// <summary>The next request is taken, and its answer is lost on the way.</summary>
    public void NextLosesAnswer() => _next.Enqueue(async http =>
    {
        await Answer(http, _arrived.Last());
        http.Abort();
    });

    /// <summary>The next request gets no answer until the client has given up.</summary>
    public void NextIsSilent() => _next.Enqueue(http => Task.Delay(Timeout.Infinite, http.RequestAborted));

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private async Task HandleAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var arrived = new Arrived(
            http.Request.Method, http.Request.Path + http.Request.QueryString, http.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase), await reader.ReadToEndAsync(http.RequestAborted));
        _arrived.Enqueue(arrived);
        try
        {
            await (_next.TryDequeue(out var next) ? next(http) : Answer(http, arrived));
        }
        catch (OperationCanceledException)
        {
            http.Abort();
        }
    }
}
