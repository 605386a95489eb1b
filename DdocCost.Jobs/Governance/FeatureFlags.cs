using DdocCost.Domain.Governance;
using Marten;
using Npgsql;

namespace DdocCost.Jobs.Governance;

/// <summary>Flags declared in the services, with the modes that people set in the database.</summary>
internal sealed class FeatureFlags(IEnumerable<FeatureFlag> flags, IDocumentStore store, TimeProvider clock) : IFeatureFlags
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);
    private (Dictionary<string, FlagMode> Modes, DateTimeOffset ReadAt)? _kept;

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
        _kept = null;
    }

    private async Task<Dictionary<string, FlagMode>> ReadAsync(CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession();
        return (await session.Query<FlagSetting>().ToListAsync(cancellationToken)).ToDictionary(setting => setting.Id, setting => setting.Mode);
    }
}
