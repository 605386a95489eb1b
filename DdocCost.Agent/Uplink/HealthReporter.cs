using DdocCost.Agent.Readers;
using DdocCost.Protos.Agent.V1;

namespace DdocCost.Agent.Uplink;

/// <summary>Says how the agent does.</summary>
internal sealed class HealthReporter(Spool.Spool spool, long limit, Outbox outbox, EdgeFilter filter, IReadOnlyList<ISourceReader> readers)
{
    /// <summary>As it is now.</summary>
    public Health Report()
    {
        var health = new Health
        {
            AgentVersion = Program.Version, SpoolBytes = (ulong)spool.Bytes, SpoolLimitBytes = (ulong)limit, Dropped = outbox.Dropped, Damaged = spool.Damaged,
            OldestUnixMilliseconds = spool.Oldest?.ToUnixTimeMilliseconds() ?? 0, FilterVersion = filter.Version, Error = outbox.Error ?? "",
        };
        health.Sources.AddRange(readers.Select(reader => new SourceHealth
        {
            Source = reader.State.Source, LookedUnixMilliseconds = reader.State.LookedAt?.ToUnixTimeMilliseconds() ?? 0,
            LagMilliseconds = reader.State.Lag is { } lag ? (long)lag.TotalMilliseconds : -1, Items = reader.State.Items, Error = reader.State.Error ?? "",
        }));
        return health;
    }
}
