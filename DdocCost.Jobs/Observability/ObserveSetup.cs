using System.Reflection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace DdocCost.Jobs.Observability;

/// <summary>Traces, metrics, logs and health of a process.</summary>
public static class ObserveSetup
{
    /// <summary>Prefix of all our meters and activity sources; each stage has one of its own.</summary>
    public const string Ours = "ddoc.";

    // From half a second to an hour: CloudTrail's own delay of some minutes lies in the middle.
    private static readonly double[] DelaySeconds = [0.5, 1, 2, 5, 10, 20, 30, 60, 120, 180, 300, 420, 600, 900, 1800, 3600];
    private static readonly double[] BatchSeconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    /// <summary>Adds them. Nothing leaves the machine unless <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names a collector.</summary>
    public static IServiceCollection AddObservability(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ObserveOptions>().BindConfiguration("Observe");
        services.AddSingleton<DepthMeter>().AddHostedService(provider => provider.GetRequiredService<DepthMeter>());
        services.AddHostedService<ObserveListener>();
        services.AddProcessHealth();
        // Addresses are not logged: links in mails, setup codes and webhooks of chat servers are secrets in them.
        services.AddLogging(logging => logging
            .AddFilter("Microsoft.AspNetCore", LogLevel.Warning)
            .AddFilter("System.Net.Http.HttpClient", LogLevel.Warning));

        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(
                configuration["OTEL_SERVICE_NAME"] is { Length: > 0 } name ? name : "ddoc-cost", serviceVersion: Version, serviceInstanceId: $"{Environment.MachineName}:{Environment.ProcessId}"))
            .WithMetrics(metrics => metrics
                .AddMeter(Ours + "*", "Npgsql", "System.Runtime", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel")
                .AddView("ddoc.*.delay", new ExplicitBucketHistogramConfiguration { Boundaries = DelaySeconds })
                .AddView("ddoc.*.duration", new ExplicitBucketHistogramConfiguration { Boundaries = BatchSeconds })
                .AddPrometheusExporter())
            // Not System.Net.Http: its spans hold whole addresses.
            .WithTracing(tracing => tracing.AddSource(Ours + "*", "Npgsql", "Microsoft.AspNetCore").AddProcessor<AddressRemover>());
        if (configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 })
        {
            telemetry.WithLogging().UseOtlpExporter();
        }

        return services;
    }

    private static string Version =>
        typeof(ObserveSetup).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";
}
