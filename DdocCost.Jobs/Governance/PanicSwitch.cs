using System.Text.Json;
using DdocCost.Domain.Governance;
using Marten;
using Npgsql;
using StackExchange.Redis;

namespace DdocCost.Jobs.Governance;

/// <summary>
/// The database is the truth, read at most once a second; a Redis key makes it known at once, and can be set by hand when nothing else is at
/// hand: <c>redis-cli set ddoc:panic "reason"</c>. Either is enough to stop everything. While Redis is away, what its key said last stands until the
/// database says something newer.
/// </summary>
internal sealed class PanicSwitch(IDocumentStore store, RedisLink redis, TimeProvider clock, ILogger<PanicSwitch> log) : IPanicSwitch
{
    /// <summary>The key.</summary>
    public const string Key = "ddoc:panic";

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);
    private (PanicState State, DateTimeOffset ReadAt)? _kept;
    private (PanicState State, DateTimeOffset SeenAt)? _keyed;

    public async ValueTask<PanicState> ReadAsync(CancellationToken cancellationToken)
    {
        var stored = await StoredAsync(cancellationToken);
        return stored.IsOn ? stored : await KeyedAsync(stored) ?? stored;
    }

    public async Task EngageAsync(string reason, string by, CancellationToken cancellationToken)
    {
        var before = await ReadAsync(cancellationToken);
        var state = before.IsOn ? before : new PanicState(true, reason, by, clock.GetUtcNow());
        await KeepAsync(state, cancellationToken);
        await redis.TryAsync(keys => keys.StringSetAsync(Key, JsonSerializer.Serialize(state)));
    }

    public async Task ReleaseAsync(string by, CancellationToken cancellationToken)
    {
        await KeepAsync(new PanicState(false, "", by, clock.GetUtcNow()), cancellationToken);
        await redis.TryAsync(keys => keys.KeyDeleteAsync(Key));
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

    /// <summary>What the key says, or said last; null where it says nothing, or nothing that was not ended since.</summary>
    private async ValueTask<PanicState?> KeyedAsync(PanicState stored)
    {
        var value = RedisValue.Null;
        if (await redis.TryAsync(async keys => value = await keys.StringGetAsync(Key)))
        {
            _keyed = value.IsNull ? null : (Parse((string)value!), clock.GetUtcNow());
        }
        else if (_keyed is { } known && stored.At > known.SeenAt)
        {
            _keyed = null; // somebody ended it while Redis was away
        }

        return _keyed?.State is { } state && !(stored.At > state.At) ? state : null;
    }

    private static PanicState Parse(string value)
    {
        try
        {
            return JsonSerializer.Deserialize<PanicState>(value) ?? new PanicState(true, value, "Redis", null);
        }
        catch (JsonException)
        {
            return new PanicState(true, value, "Redis", null); // by hand
        }
    }
}
