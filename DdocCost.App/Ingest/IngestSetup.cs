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
        return services
            .AddSingleton<PushSources>().AddSingleton<PushDesk>().AddSingleton<PushTroubles>().AddSingleton<PushReader>()
            .AddSingleton<Pressure>().AddSingleton<GroupIntake>().AddHostedService(provider => provider.GetRequiredService<GroupIntake>())
            .AddSingleton<SnsHost>().AddSingleton<SnsVerifier>()
            .AddSingleton<SignatureMemory>().AddSingleton<Sender>().AddSingleton<WebhookIntake>();
    }

    /// <summary>Maps them.</summary>
    public static void MapIngest(this IEndpointRouteBuilder routes) => routes.MapWebhook();
}
