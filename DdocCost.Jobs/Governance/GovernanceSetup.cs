using DdocCost.Domain.Governance;

namespace DdocCost.Jobs.Governance;

/// <summary>Panic mode, breakers and flags.</summary>
public static class GovernanceSetup
{
    /// <summary>Adds them. Redis (<c>AddLiveFeed</c>) is the caller's to add. A flag is added as a singleton <see cref="FeatureFlag"/>.</summary>
    public static IServiceCollection AddGovernance(this IServiceCollection services) => services
        .AddSingleton<RedisLink>()
        .AddSingleton<IGovernanceLink>(provider => provider.GetRequiredService<RedisLink>())
        .AddSingleton<IPanicSwitch, PanicSwitch>()
        .AddSingleton<ICircuitBreakers, CircuitBreakers>()
        .AddSingleton<IFeatureFlags, FeatureFlags>();
}
