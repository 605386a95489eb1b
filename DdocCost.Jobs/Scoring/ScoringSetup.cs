using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Normalise;
using DdocCost.Domain.Pipeline;
using DdocCost.Jobs.Notify;

namespace DdocCost.Jobs.Scoring;

/// <summary>The lane consumers.</summary>
public static class ScoringSetup
{
    /// <summary>Adds consumers of all lanes, which work while the host runs.</summary>
    public static IServiceCollection AddScoring(this IServiceCollection services)
    {
        services.AddOptions<ScoringOptions>().BindConfiguration("Scoring").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<NotifyOptions>().BindConfiguration("Notify").ValidateDataAnnotations().ValidateOnStart();
        return services
            .AddSingleton(EventCatalogue.Default)
            .AddSingleton(provider => new RecordHandOver(provider.GetRequiredService<EventCatalogue>().MayCost, provider.GetRequiredService<TimeProvider>()))
            .AddSingleton<TakeEvent>(AccountPipeline.Take)
            .AddSingleton<AccountLoader>()
            .AddSingleton<RulesReader>()
            .AddSingleton<BatchScorer>()
            .AddSingleton<BatchStore>()
            .AddSingleton<LaneSignals>()
            .AddSingleton<LaneCrew>()
            .AddHostedService(provider => provider.GetRequiredService<LaneCrew>());
    }
}
