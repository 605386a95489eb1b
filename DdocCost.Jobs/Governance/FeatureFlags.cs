using DdocCost.Domain.Governance;
using Marten;
using Npgsql;
using StackExchange.Redis;

namespace DdocCost.Jobs.Governance;

/// <summary>
/// Flags declared in the services, with the modes that people set. The database keeps them; a Redis hash shows them, and what is set there by hand
/// wins until somebody sets the flag on the page: <c>redis-cli hset ddoc:flags notify.storms Off</c>. While Redis is away, what it showed last stands.
/// </summary>
internal sealed class FeatureFlags(IEnumerable<FeatureFlag> flags, IDocumentStore store, RedisLink redis, TimeProvider clock) : IFeatureFlags
{
    /// <summary>The hash; its fields are names of flags, its values modes.</summary>
    public const string Key = "ddoc:flags";

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);
    private (Dictionary<string, FlagMode> Modes, DateTimeOffset ReadAt)? _kept;
    private (HashEntry[] Entries, DateTimeOffset ReadAt) _shown = ([], DateTimeOffset.MinValue);

    public async Task<IReadOnlyList<(FeatureFlag Flag, FlagMode Mode)>> ListAsync(CancellationToken cancellationToken)
    {
        var modes = await ReadAsync(cancellationToken);
        return [.. flags.OrderBy(flag => flag.Name, StringComparer.Ordinal).Select(flag => (flag, modes.GetValueOrDefault(flag.Name, flag.Default)))];
    }

    public async ValueTask<FlagMode> ModeOfAsync(FeatureFlag flag, CancellationToken cancellationToken)
    {
        try
        {
            if (_kept is not { } kept || clock.GetUtcNow() - kept.ReadAt >= Fresh)
            {
                _kept = kept = (await ReadAsync(cancellationToken), clock.GetUtcNow());
            }

            return kept.Modes.GetValueOrDefault(flag.Name, flag.Default);
        }
        catch (NpgsqlException)
        {
            return _kept?.Modes.GetValueOrDefault(flag.Name, flag.Default) ?? flag.Default;
        }
    }

    public async Task SetAsync(FeatureFlag flag, FlagMode mode, string by, CancellationToken cancellationToken)
    {
        await using var session = store.LightweightSession();
        session.Store(new FlagSetting(flag.Name, mode, by, clock.GetUtcNow()));
        await session.SaveChangesAsync(cancellationToken);
        await redis.TryAsync(hash => hash.HashSetAsync(Key, flag.Name, $"{mode} by {by}")); // shown there, and not by hand: an old one must not win after Redis was away
        _kept = null;
    }

    private async Task<Dictionary<string, FlagMode>> ReadAsync(CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession();
        var set = (await session.Query<FlagSetting>().ToListAsync(cancellationToken)).ToDictionary(setting => setting.Id);
        HashEntry[] entries = [];
        if (await redis.TryAsync(async hash => entries = await hash.HashGetAllAsync(Key)))
        {
            _shown = (entries, clock.GetUtcNow());
        }

        var modes = set.ToDictionary(setting => setting.Key, setting => setting.Value.Mode);
        foreach (var (name, value) in _shown.Entries.Select(entry => (entry.Name.ToString(), entry.Value.ToString())))
        {
            var isOutdated = redis.AwaySince is not null && set.GetValueOrDefault(name)?.At > _shown.ReadAt;
            if (!isOutdated && Enum.TryParse<FlagMode>(value, ignoreCase: true, out var mode) && Enum.IsDefined(mode))
            {
                modes[name] = mode;
            }
        }

        return modes;
    }
}
