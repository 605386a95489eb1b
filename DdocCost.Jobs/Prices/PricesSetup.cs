using DdocCost.Domain.Pricing;
using Microsoft.Extensions.Options;

namespace DdocCost.Jobs.Prices;

/// <summary>Newer list prices.</summary>
public static class PricesSetup
{
    /// <summary>Keeps the process on the price book in use; part of every process.</summary>
    public static IServiceCollection AddPrices(this IServiceCollection services)
    {
        services.AddOptions<PriceOptions>().BindConfiguration("Prices").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider => new ExchangeRates(provider.GetRequiredService<IOptions<PriceOptions>>().Value.CnyPerUsd));
        return services.AddTransient<RefreshRun>().AddTransient<RefreshPricesJob>().AddSingleton<QueryPricesJob>().AddSingleton<RepriceJob>().AddHostedService<PriceWatch>();
    }
}
