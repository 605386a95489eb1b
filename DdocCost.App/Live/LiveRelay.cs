using System.Text.Json;
using DdocCost.Jobs.Live;
using Microsoft.AspNetCore.SignalR;
using StackExchange.Redis;

namespace DdocCost.App.Live;

/// <summary>
/// Listens on Redis for what any process stored, and passes it to this process's pages and hub clients. Every app process has a relay
/// of its own, so the hub needs no backplane: with one, each client would hear each update once per process.
/// </summary>
internal sealed class LiveRelay(IConnectionMultiplexer redis, LiveFeed feed, IHubContext<LiveHub> hub, TimeProvider time, ILogger<LiveRelay> log) : BackgroundService
{
    /// <summary>How often pages look for themselves while Redis cannot be heard, and how soon its return is noticed.</summary>
    internal static readonly TimeSpan SlowPoll = TimeSpan.FromSeconds(10);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var subscribed = false;
        redis.ConnectionFailed += (_, _) => Notice();
        redis.ConnectionRestored += (_, _) => Notice();
        using var poll = new PeriodicTimer(SlowPoll, time);
        do
        {
            subscribed = subscribed || await TrySubscribeAsync(stoppingToken);
            Notice();
            if (!feed.IsConnected)
            {
                feed.PublishUnknown();
            }
        }
        while (await poll.WaitForNextTickAsync(stoppingToken));
    }

    private void Notice()
    {
        var heard = redis.GetSubscriber().IsConnected(RedisChannel.Pattern(LiveUpdate.AllChannels));
        if (heard && !feed.IsConnected)
        {
            feed.PublishUnknown(); // what came while nobody listened
        }

        feed.SetConnected(heard);
    }

    private async Task<bool> TrySubscribeAsync(CancellationToken stoppingToken)
    {
        try
        {
            await redis.GetSubscriber().SubscribeAsync(RedisChannel.Pattern(LiveUpdate.AllChannels), (_, message) => Relay(message)).WaitAsync(stoppingToken);
            return true;
        }
        catch (RedisException e)
        {
            LiveLog.NotListening(log, e.Message);
            return false;
        }
    }

    private void Relay(RedisValue message)
    {
        try
        {
            var update = LiveUpdate.Parse((byte[])message!);
            feed.Publish(update);
            _ = hub.Clients.Groups(LiveHub.GroupOf(update.TenantId), LiveHub.GroupOf(update.TenantId, update.AccountId)).SendAsync(LiveHub.Update, update);
        }
        catch (JsonException e)
        {
            LiveLog.NotUnderstood(log, e);
        }
    }
}
