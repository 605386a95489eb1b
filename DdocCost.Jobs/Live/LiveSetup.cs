using StackExchange.Redis;

namespace DdocCost.Jobs.Live;

/// <summary>Redis and the feed over it.</summary>
public static class LiveSetup
{
    /// <summary>Adds the connection to Redis, which is shared by the whole process and may come and go, and the publisher.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="connectionString">In StackExchange.Redis' form, such as <c>127.0.0.1:6379</c>.</param>
    public static IServiceCollection AddLiveFeed(this IServiceCollection services, string connectionString) => services
        .AddSingleton<IConnectionMultiplexer>(_ => ConnectionMultiplexer.Connect(Options(connectionString)))
        .AddSingleton<ILivePublisher, RedisLivePublisher>();

    private static ConfigurationOptions Options(string connectionString)
    {
        var options = ConfigurationOptions.Parse(connectionString);
        options.AbortOnConnectFail = false; // start without Redis, connect when it is there
        return options;
    }
}
