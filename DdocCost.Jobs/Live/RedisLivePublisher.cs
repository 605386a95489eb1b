using StackExchange.Redis;

namespace DdocCost.Jobs.Live;

/// <summary>Publishes over Redis, so that every process that shows the feed hears it, whichever process scored.</summary>
internal sealed class RedisLivePublisher(IConnectionMultiplexer redis, ILogger<RedisLivePublisher> log) : ILivePublisher
{
    public async ValueTask PublishAsync(LiveUpdate update)
    {
        if (!redis.IsConnected)
        {
            return; // pages catch up from the store when they reconnect
        }

        try
        {
            await redis.GetSubscriber().PublishAsync(
                RedisChannel.Literal(LiveUpdate.ChannelOf(update.TenantId)), update.ToJson(), CommandFlags.FireAndForget);
        }
        catch (RedisException error)
        {
            LiveLog.NotPublished(log, update.TenantId, error);
        }
    }
}
