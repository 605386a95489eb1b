using System.Collections.Concurrent;
using System.Text.Json;
using DdocCost.Domain.Governance;
using StackExchange.Redis;

namespace DdocCost.Jobs.Governance;

/// <summary>Breakers in one Redis hash, shared by all processes; while Redis is away, this process's own, beginning with what it last knew.</summary>
internal sealed class CircuitBreakers(RedisLink redis, TimeProvider clock) : ICircuitBreakers
{
    /// <summary>The hash; its fields are the names.</summary>
    public const string Key = "ddoc:breakers";

    private const int Attempts = 5;
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
        List<BreakerState> states = [];
        var answered = await redis.TryAsync(async hash => states = [.. (await hash.HashGetAllAsync(Key)).Select(entry => Parse(entry.Value)).OfType<BreakerState>()]);
        return [.. (answered ? states : [.. _own.Values]).OrderBy(state => state.Name, StringComparer.Ordinal)];
    }

    public ValueTask ResetAsync(string name, CancellationToken cancellationToken) => SucceededAsync(name, cancellationToken);

    private async ValueTask<T> ChangeAsync<T>(string name, Func<BreakerState?, (T Answer, BreakerState? After)> change)
    {
        (T Answer, BreakerState? After)? shared = null;
        await redis.TryAsync(async hash =>
        {
            for (var attempt = 0; attempt < Attempts && shared is null; attempt++)
            {
                var before = await hash.HashGetAsync(Key, name);
                var changed = change(Parse(before));
                shared = await TryKeepAsync(hash, name, before, changed.After) ? changed : null;
            }
        });
        return shared is { } known ? Remember(name, known.Answer, known.After) : ChangeOwn(name, change); // where much is going on there, who counts for himself for once does no harm
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
            return Remember(name, answer, after);
        }
    }

    private T Remember<T>(string name, T answer, BreakerState? after)
    {
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
}
