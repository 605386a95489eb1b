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
        known ??= new Dictionary<(ActorSignals, string?, bool), Actor>(new Telling());
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

    /// <summary>Lengths and ends tell principals apart well enough; a full hash of names, agent and ARN costs more than it saves.</summary>
    private sealed class Telling : IEqualityComparer<(ActorSignals Signals, string? Arn, bool ByService)>
    {
        public bool Equals((ActorSignals Signals, string? Arn, bool ByService) x, (ActorSignals Signals, string? Arn, bool ByService) y) =>
            x.ByService == y.ByService && x.Arn == y.Arn && x.Signals.Equals(y.Signals);

        public int GetHashCode((ActorSignals Signals, string? Arn, bool ByService) told) =>
            HashCode.Combine(Ends(told.Arn), Ends(told.Signals.Session), Ends(told.Signals.UserAgent), told.Signals.HasMfa, told.ByService);

        private static int Ends(string? text) => text is { Length: > 0 } ? (text.Length << 16) ^ (text[^1] << 8) ^ (text[text.Length / 2] << 4) ^ text[Math.Max(0, text.Length - 4)] : 0;
    }
}
