using System.Collections.Concurrent;
using System.Text.Json;
using DdocCost.Domain.Governance;
using StackExchange.Redis;

namespace DdocCost.Jobs.Governance;

/// <summary>Breakers in one Redis hash, shared by all processes; while Redis is away, this process's own.</summary>
internal sealed class CircuitBreakers(IConnectionMultiplexer redis, TimeProvider clock, ILogger<CircuitBreakers> log) : ICircuitBreakers
{
    /// <summary>The hash; its fields are the names.</summary>
    public const string Key = "ddoc:breakers";

    private const int Attempts = 5;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<string, BreakerState> _own = new();

    public async ValueTask<DateTimeOffset?> OpenUntilAsync(string name, CancellationToken cancellationToken) =>
        await ChangeAsync(name, state => BreakerRules.Ask(state, clock.GetUtcNow()));

    public async ValueTask SucceededAsync(string name, CancellationToken cancellationToken) =>
        await ChangeAsync(name, _ => (true, (BreakerState?)null));

    public async ValueTask<bool> FailedAsync(string name, string reason, CancellationToken cancellationToken) =>
        await ChangeAsync(name, state =>
        {
            var after = BreakerRules.Fail(state, name, reason, clock.GetUtcNow());
            return (state?.OpenUntil is null && after.OpenUntil is not null, after);
        });

    public async ValueTask<IReadOnlyList<BreakerState>> ListAsync(CancellationToken cancellationToken)
    {
        var states = await SharedAsync(async hash => (await hash.HashGetAllAsync(Key)).Select(entry => Parse(entry.Value)).OfType<BreakerState>().ToList());
        return [.. (states ?? [.. _own.Values]).OrderBy(state => state.Name, StringComparer.Ordinal)];
    }

    public ValueTask ResetAsync(string name, CancellationToken cancellationToken) => SucceededAsync(name, cancellationToken);

    private async ValueTask<T> ChangeAsync<T>(string name, Func<BreakerState?, (T Answer, BreakerState? After)> change)
    {
        var shared = await SharedAsync(async hash =>
        {
            for (var attempt = 0; attempt < Attempts; attempt++)
            {
                var before = await hash.HashGetAsync(Key, name);
                var (answer, after) = change(Parse(before));
                if (await TryKeepAsync(hash, name, before, after))
                {
                    return new Answered<T>(answer);
                }
            }

            return null; // much is going on there; who counts for himself for once does no harm
        });
        return shared is null ? ChangeOwn(name, change) : shared.Value;
    }

    /// <summary>Keeps the new state if the old one is still what it was.</summary>
    private static async Task<bool> TryKeepAsync(IDatabase hash, string name, RedisValue before, BreakerState? after)
    {
        if (after is null && before.IsNull)
        {
            return true;
        }

        RedisValue text = after is null ? RedisValue.Null : (RedisValue)JsonSerializer.Serialize(after);
        if (text == before)
        {
            return true;
        }

        var transaction = hash.CreateTransaction();
        transaction.AddCondition(before.IsNull ? Condition.HashNotExists(Key, name) : Condition.HashEqual(Key, name, before));
        _ = after is null ? transaction.HashDeleteAsync(Key, name) : transaction.HashSetAsync(Key, name, text);
        return await transaction.ExecuteAsync();
    }

    private T ChangeOwn<T>(string name, Func<BreakerState?, (T Answer, BreakerState? After)> change)
    {
        lock (_own)
        {
            var (answer, after) = change(_own.GetValueOrDefault(name));
            if (after is null)
            {
                _own.TryRemove(name, out _);
            }
            else
            {
                _own[name] = after;
            }

            return answer;
        }
    }

    private async ValueTask<T?> SharedAsync<T>(Func<IDatabase, Task<T?>> ask)
        where T : class
    {
        if (!redis.IsConnected)
        {
            return null;
        }

        try
        {
            return await ask(redis.GetDatabase()).WaitAsync(Patience);
        }
        catch (Exception error) when (error is RedisException or TimeoutException)
        {
            GovernanceLog.BreakersAlone(log, error);
            return null;
        }
    }

    private static BreakerState? Parse(RedisValue json)
    {
        try
        {
            return json.IsNullOrEmpty ? null : JsonSerializer.Deserialize<BreakerState>((string)json!);
        }
        catch (JsonException)
        {
            return null; // of another version, or written by hand
        }
    }

    private sealed record Answered<T>(T Value);
}
