namespace DdocCost.App.Ingest.Agents;

/// <summary>From what an agent says of itself to what is kept; bounded, because an agent may say anything.</summary>
internal static class AgentReports
{
    private const int MostSources = 50;
    private const int LongestText = 300;

    /// <summary>The report with an agent's health in it.</summary>
    public static AgentReport Of(AgentReport before, Protos.Agent.V1.Health health, DateTimeOffset now) => before with
    {
        HeardAt = now,
        AgentVersion = Short(health.AgentVersion),
        FilterVersion = Short(health.FilterVersion),
        SpoolBytes = (long)Math.Min(health.SpoolBytes, long.MaxValue),
        SpoolLimitBytes = (long)Math.Min(health.SpoolLimitBytes, long.MaxValue),
        Oldest = Time(health.OldestUnixMilliseconds),
        Dropped = (long)Math.Min(health.Dropped, long.MaxValue),
        Damaged = (long)Math.Min(health.Damaged, long.MaxValue),
        Error = Short(health.Error),
        Sources =
        [
            .. health.Sources.Take(MostSources).Select(source => new AgentSource(
                Short(source.Source), Time(source.LookedUnixMilliseconds), source.LagMilliseconds is >= 0 and < 1L << 49 ? TimeSpan.FromMilliseconds(source.LagMilliseconds) : null,
                (long)Math.Min(source.Items, long.MaxValue), Short(source.Error))),
        ],
    };

    // The year 9999 in milliseconds is the last that there is.
    private static DateTimeOffset? Time(long milliseconds) => milliseconds is > 0 and < 253_402_300_799_000 ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;

    private static string Short(string text) => text.Length > LongestText ? text[..LongestText] : text;
}
