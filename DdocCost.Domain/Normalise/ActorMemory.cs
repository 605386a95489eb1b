namespace DdocCost.Domain.Normalise;

/// <summary>Remembers the latest judgements of who somebody is: an account has few principals, and to judge one takes a dozen patterns. One memory a thread, bounded.</summary>
internal static class ActorMemory
{
    private const int Most = 2_000;

    [ThreadStatic]
    private static Dictionary<(ActorSignals, string?, bool), Actor>? known;

    /// <summary>The actor that these signals tell of.</summary>
    /// <param name="told">Signals, ARN, and whether a service calls; all that <paramref name="judge"/> looks at.</param>
    /// <param name="judge">Asked where they were not seen lately.</param>
    public static Actor Of((ActorSignals Signals, string? Arn, bool ByService) told, Func<(ActorSignals Signals, string? Arn, bool ByService), Actor> judge)
    {
        known ??= [];
        if (known.TryGetValue(told, out var actor))
        {
            return actor;
        }

        if (known.Count >= Most)
        {
            known.Clear();
        }

        return known[told] = judge(told);
    }
}
