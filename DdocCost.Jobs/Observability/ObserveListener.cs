using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using OpenTelemetry.Metrics;

namespace DdocCost.Jobs.Observability;

/// <summary>A web server of its own for metrics and health, on an address for inside; job servers have no other.</summary>
internal sealed class ObserveListener(IOptions<ObserveOptions> options, MeterProvider meters, HealthCheckService health) : IHostedService, IAsyncDisposable
{
    private WebApplication? _app;

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Url is not { Length: > 0 } url)
        {
            return;
        }

        // Empty: it must not read the addresses that the environment gives to the app.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(server =>
        {
            server.AddServerHeader = false;
            server.Limits.MaxRequestBodySize = 0;
            server.Limits.MaxConcurrentConnections = 50;
        }).UseUrls(url);
        _app = builder.Build();
        _app.UseOpenTelemetryPrometheusScrapingEndpoint(meters, predicate: null, path: "/metrics", configureBranchedPipeline: null, optionsName: null);
        _app.Run(AnswerAsync);
        await _app.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => _app?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task AnswerAsync(HttpContext http)
    {
        Func<HealthCheckRegistration, bool>? which = http.Request.Path.Value switch
        {
            "/health/live" => _ => false,
            "/health/ready" => check => check.Tags.Contains(ProcessHealth.Ready),
            "/health/deep" => _ => true,
            _ => null,
        };
        if (which is null)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        await ProcessHealth.WriteAsync(http, await health.CheckHealthAsync(which, http.RequestAborted));
    }
}
