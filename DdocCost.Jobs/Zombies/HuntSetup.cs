using DdocCost.Domain.Notify.Digests;
using DdocCost.Jobs.Demo.Forgotten;
using Marten;
using Npgsql;

namespace DdocCost.Jobs.Zombies;

/// <summary>The zombie hunt.</summary>
public static class HuntSetup
{
    /// <summary>Adds where scans are asked for, and what runs them. Needs <c>AddAws</c>, <c>AddGovernance</c> and <c>AddLiveFeed</c>.</summary>
    public static IServiceCollection AddHunt(this IServiceCollection services)
    {
        services.AddOptions<HuntOptions>().BindConfiguration("Hunt").ValidateDataAnnotations().ValidateOnStart();
        return services
            .AddSingleton<HuntStore>()
            .AddSingleton<BirthFinder>()
            .AddSingleton<LedgerCorrector>()
            .AddSingleton<RegionHunt>()
            .AddSingleton<AccountHunt>()
            .AddSingleton<HuntDesk>()
            .AddSingleton<IDigestSection, ZombieDigest>()
            .AddSingleton(provider => new DemoHunt(
                provider.GetRequiredService<IDocumentStore>(), provider.GetRequiredService<HuntStore>(), provider.GetRequiredService<RegionHunt>(), provider.GetRequiredService<TimeProvider>()))
            .AddTransient(provider => new HuntJob(provider.GetRequiredService<AccountHunt>(), provider.GetRequiredService<NpgsqlDataSource>()));
    }
}
