using DdocCost.Benchmarks.Scorecard.Detectors;

namespace DdocCost.Benchmarks.Scorecard.Judging;

/// <summary>Whether the same history in another order makes the same cases: two cases that interrupted somebody are the same where they share an event.</summary>
/// <param name="Both">Cases of the first order that the second has as well.</param>
/// <param name="OnlyFirst">Cases of the first order alone.</param>
/// <param name="OnlySecond">Cases of the second order alone.</param>
internal sealed record SameCases(int Both, int OnlyFirst, int OnlySecond)
{
    public static readonly SameCases None = new(0, 0, 0);

    public static SameCases Of(Recording first, Recording second)
    {
        var (one, other) = (Cases(first), Cases(second));
        var (inOne, inOther) = (one.SelectMany(ids => ids).ToHashSet(), other.SelectMany(ids => ids).ToHashSet());
        var both = one.Count(ids => ids.Overlaps(inOther));
        return new SameCases(both, one.Count - both, other.Count(ids => !ids.Overlaps(inOne)));
    }

    public SameCases And(SameCases more) => new(Both + more.Both, OnlyFirst + more.OnlyFirst, OnlySecond + more.OnlySecond);

    private static List<HashSet<string>> Cases(Recording recording)
    {
        var interrupted = recording.Alerts.Where(alert => alert.Interrupts).Select(alert => alert.CaseId).ToHashSet();
        var later = recording.Events.Where(e => e.CaseId is not null).ToLookup(e => e.CaseId!, e => e.Costed.Event.EventId);
        return [.. interrupted.Select(id => recording.Alerts.Where(alert => alert.CaseId == id).SelectMany(alert => alert.EventIds).Concat(later[id]).ToHashSet())];
    }
}
