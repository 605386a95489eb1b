using DdocCost.App.Access;

namespace DdocCost.App.Live;

/// <summary>The feed to pages and hub clients.</summary>
internal static class LiveSetup
{
    /// <summary>Adds feed, relay and hub.</summary>
    public static IServiceCollection AddLivePages(this IServiceCollection services)
    {
        services.AddSignalR();
        return services.AddSingleton<LiveFeed>().AddHostedService<LiveRelay>();
    }

    /// <summary>Maps the hub.</summary>
    public static void MapLive(this IEndpointRouteBuilder routes) => routes.MapHub<LiveHub>("/hubs/live").RequireAuthorization(Roles.AnyonePolicy);
}
