using DdocCost.App.Ingest.Agents;
using DdocCost.App.Ingest.Push;
using DdocCost.App.Ingest.Sns;
using DdocCost.App.Ingest.Webhook;

namespace DdocCost.App.Ingest;

/// <summary>The mouths into which records are pushed.</summary>
internal static class IngestSetup
{
    /// <summary>Adds them.</summary>
    public static IServiceCollection AddIngest(this IServiceCollection services)
    {
        services.AddOptions<IngestOptions>().BindConfiguration("Ingest").ValidateDataAnnotations()
            .Validate(o => o.MaxConcurrentBytes >= o.MaxBodyBytes, "Ingest:MaxConcurrentBytes must be at least Ingest:MaxBodyBytes, or no body of that size ever fits.")
            .ValidateOnStart();
        services.AddHttpClient(SnsVerifier.Client, client => client.Timeout = TimeSpan.FromSeconds(10))
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        services.AddGrpc(grpc =>
        {
            grpc.MaxReceiveMessageSize = AgentStream.WindowBytes;
            grpc.Interceptors.Add<MalformedMessages>();
            grpc.IgnoreUnknownServices = true; // else they answer for every path of two parts
        });
        return services
            .AddSingleton<PushSources>().AddSingleton<PushDesk>().AddSingleton<PushTroubles>().AddSingleton<PushReader>()
            .AddSingleton<Pressure>().AddSingleton<GroupIntake>().AddHostedService(provider => provider.GetRequiredService<GroupIntake>())
            .AddSingleton<SnsHost>().AddSingleton<SnsVerifier>()
            .AddSingleton<AgentDesk>().AddSingleton<AgentFilter>().AddSingleton<AgentStreams>()
            .AddSingleton<SignatureMemory>().AddSingleton<Sender>().AddSingleton<WebhookIntake>();
    }

    /// <summary>Maps them.</summary>
    public static void MapIngest(this IEndpointRouteBuilder routes)
    {
        routes.MapWebhook();
        routes.MapGrpcService<AgentService>().AllowAnonymous().DisableRateLimiting(); // it knows agents by their credentials
    }

    /// <summary>
    /// Listens for agents without TLS where <c>Ingest:AgentUrl</c> says so: HTTP/2 in clear text needs an address of its own. Over HTTPS both
    /// share one.
    /// </summary>
    public static void ListenForAgents(this IConfigurationManager configuration)
    {
        if (configuration["Ingest:AgentUrl"] is not { Length: > 0 } agents)
        {
            return;
        }

        // Named endpoints replace the plain list of addresses, so those are named here as well.
        var urls = (configuration["urls"] ?? "http://127.0.0.1:8080").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        configuration.AddInMemoryCollection(urls.Select((url, i) => KeyValuePair.Create($"Kestrel:Endpoints:Web{i}:Url", (string?)url)));
        configuration.AddInMemoryCollection([new("Kestrel:Endpoints:WebAgents:Url", agents), new("Kestrel:Endpoints:WebAgents:Protocols", "Http2")]);
    }
}
