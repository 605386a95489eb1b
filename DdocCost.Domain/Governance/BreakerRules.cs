namespace DdocCost.Domain.Governance;

/// <summary>When a breaker opens and for how long. Pure; whoever keeps the states applies it.</summary>
public static class BreakerRules
{
    /// <summary>Failures in a row that open it.</summary>
    public const int Threshold = 5;

    /// <summary>How long it first stays open; each trial that fails doubles it up to <see cref="Longest"/>.</summary>
    public static readonly TimeSpan First = TimeSpan.FromSeconds(15);

    /// <summary>Longest time between two trials.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    // Who was let in for a trial and never came back must not keep the others out.
    private static readonly TimeSpan Trial = TimeSpan.FromSeconds(30);

    /// <summary>Asks whether to try.</summary>
    /// <returns>Until when not, or null for yes; and the state afterwards, which differs where this asker is let in for the trial.</returns>
    public static (DateTimeOffset? Until, BreakerState? After) Ask(BreakerState? state, DateTimeOffset now) =>
        state?.OpenUntil is not { } until ? (null, state)
        : now < until ? (until, state)
        : (null, state with { OpenUntil = now + Trial });

    /// <summary>Notes a failure.</summary>
    public static BreakerState Fail(BreakerState? state, string name, string reason, DateTimeOffset now)
    {
        var failures = (state?.Failures ?? 0) + 1;
        var pause = First * Math.Pow(2, Math.Clamp(failures - Threshold, 0, 20));
        return new BreakerState(name, failures, failures < Threshold ? null : now + (pause < Longest ? pause : Longest), reason, now);
    }
}
