using System.Text.Json;
using DdocCost.Domain.Governance;
using Marten;
using Npgsql;
using StackExchange.Redis;

namespace DdocCost.Jobs.Governance;

/// <summary>
/// The database is the truth, read at most once a second; a Redis key makes it known at once, and can be set by hand when nothing else is at
/// hand: <c>redis-cli set ddoc:panic "reason"</c>. Either is enough to stop everything.
/// </summary>
internal sealed class PanicSwitch(IDocumentStore store, IConnectionMultiplexer redis, TimeProvider clock, ILogger<PanicSwitch> log) : IPanicSwitch
{
    /// <summary>The key.</summary>
    public const string Key = "ddoc:panic";

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);
    private (PanicState State, DateTimeOffset ReadAt)? _kept;

    public async ValueTask<PanicState> ReadAsync(CancellationToken cancellationToken)
    {
        var stored = await StoredAsync(cancellationToken);
        return stored.IsOn ? stored : await KeyedAsync() ?? stored;
    }

    public async Task EngageAsync(string reason, string by, CancellationToken cancellationToken)
    {
        var before = await ReadAsync(cancellationToken);
        var state = before.IsOn ? before : new PanicState(true, reason, by, clock.GetUtcNow());
        await KeepAsync(state, cancellationToken);
        await TryAsync(keys => keys.StringSetAsync(Key, JsonSerializer.Serialize(state)));
    }

    public async Task ReleaseAsync(string by, CancellationToken cancellationToken)
    {
        await KeepAsync(new PanicState(false, "", by, clock.GetUtcNow()), cancellationToken);
        await TryAsync(keys => keys.KeyDeleteAsync(Key));
    }

    private async ValueTask<PanicState> StoredAsync(CancellationToken cancellationToken)
    {
        if (_kept is { } kept && clock.GetUtcNow() - kept.ReadAt < Fresh && clock.GetUtcNow() >= kept.ReadAt)
        {
            return kept.State;
        }

        try
        {
            await using var session = store.QuerySession();
            var state = (await session.LoadAsync<PanicRecord>(PanicRecord.TheId, cancellationToken))?.State ?? PanicState.Off;
            _kept = (state, clock.GetUtcNow());
            return state;
        }
        catch (NpgsqlException error)
        {
            GovernanceLog.PanicUnknown(log, error);
            return _kept?.State ?? PanicState.Off;
        }
    }

    private async Task KeepAsync(PanicState state, CancellationToken cancellationToken)
    {
        await using var session = store.LightweightSession();
        session.Store(new PanicRecord { State = state });
        await session.SaveChangesAsync(cancellationToken);
        _kept = (state, clock.GetUtcNow());
    }

    private async ValueTask<PanicState?> KeyedAsync()
    {
        var value = RedisValue.Null;
        await TryAsync(async keys => value = await keys.StringGetAsync(Key));
        if (value.IsNull)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<PanicState>((string)value!);
        }
        catch (JsonException)
        {
            return new PanicState(true, (string)value!, "Redis", null); // by hand
        }
    }

    private async Task TryAsync(Func<IDatabase, Task> act)
    {
        if (!redis.IsConnected)
        {
            return;
        }

        try
        {
            await act(redis.GetDatabase()).WaitAsync(TimeSpan.FromSeconds(1));
        }
        catch (Exception error) when (error is RedisException or TimeoutException)
        {
            GovernanceLog.PanicKeyUnreachable(log, error);
        }
    }
}
