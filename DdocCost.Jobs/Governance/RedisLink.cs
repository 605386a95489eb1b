using DdocCost.Domain.Governance;
using StackExchange.Redis;

namespace DdocCost.Jobs.Governance;

/// <summary>Redis as panic switch, flags and breakers use it: asked with little patience, and never a reason to fail.</summary>
internal sealed class RedisLink(IConnectionMultiplexer redis, TimeProvider clock, ILogger<RedisLink> log) : IGovernanceLink
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private readonly Lock _noting = new();
    private DateTimeOffset? _awaySince;

    /// <inheritdoc/>
    public DateTimeOffset? AwaySince
    {
        get
        {
            lock (_noting)
            {
                return _awaySince;
            }
        }
    }

    /// <summary>Asks it.</summary>
    /// <returns>Whether it answered.</returns>
    public async ValueTask<bool> TryAsync(Func<IDatabase, Task> ask)
    {
        if (!redis.IsConnected)
        {
            return Note(isAway: true, null);
        }

        try
        {
            await ask(redis.GetDatabase()).WaitAsync(Patience);
            return Note(isAway: false, null);
        }
        catch (Exception error) when (error is RedisException or TimeoutException)
        {
            return Note(isAway: true, error);
        }
    }

    /// <summary>Says once that it went, and once that it came.</summary>
    private bool Note(bool isAway, Exception? error)
    {
        lock (_noting)
        {
            if (isAway && _awaySince is null)
            {
                _awaySince = clock.GetUtcNow();
                GovernanceLog.RedisAway(log, error);
            }
            else if (!isAway && _awaySince is { } since)
            {
                _awaySince = null;
                GovernanceLog.RedisBack(log, since);
            }

            return !isAway;
        }
    }
}
