using DdocCost.Domain.Normalise;
using DdocCost.Domain.Pricing.Refresh;
using Marten;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;

namespace DdocCost.Jobs.Reprocess;

/// <summary>Reading the archive again.</summary>
public static class ReprocessSetup
{
    /// <summary>Adds the desk and the job. Needs the archive.</summary>
    public static IServiceCollection AddReprocess(this IServiceCollection services)
    {
        services.TryAddSingleton(EventCatalogue.Default);
        return services
            .AddSingleton<ReprocessDesk>()
            .AddSingleton<StoredEvents>()
            .AddSingleton<AccountSwap>()
            .AddSingleton<AccountReprocess>()
            .AddSingleton(provider => new ReprocessJob(
                provider.GetRequiredService<NpgsqlDataSource>(), provider.GetRequiredService<IDocumentStore>(), provider.GetRequiredService<AccountReprocess>(),
                provider.GetRequiredService<PriceStore>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<ReprocessJob>>()));
    }
}
