using DdocCost.Domain.Ledger;

namespace DdocCost.Domain.Scoring;

/// <summary>The latest events of an account that added cost without being flagged, for the case that may open on them. Bounded.</summary>
internal sealed class RecentContributions(IEnumerable<Contribution> known)
{
    private const int Most = 64;
    private const int MostIds = 10;

    // What is left of a rate when all of it has stopped, rounding aside.
    private const decimal Nothing = 0.001m;

    private readonly List<Contribution> all = [.. known];

    public IReadOnlyList<Contribution> ToList() => [.. all];

    public void Add(CostedEvent e, in Sighting s)
    {
        if (all.Count >= Most)
        {
            all.RemoveAt(0);
        }

        all.Add(Contribution.Of(e, s.Time, MostIds));
    }

    /// <summary>What stopped is no part of a case that opens later.</summary>
    public void Stop(StoppedResource stopped)
    {
        var at = all.Count - 1;
        while (at >= 0 && all[at].EventId != stopped.StartedBy)
        {
            at--;
        }

        if (at < 0)
        {
            return;
        }

        var known = all[at];
        var rest = Math.Max(0, known.UsdPerHour - stopped.UsdPerHour);
        if (rest <= known.UsdPerHour * Nothing && known.OneTimeUsd <= 0)
        {
            all.RemoveAt(at);
            return;
        }

        all[at] = known with { UsdPerHour = rest, ResourceIds = [.. known.ResourceIds.Where(id => id != stopped.ResourceId)] };
    }

    /// <summary>What belongs to something that was flagged now; told, each is handed out once.</summary>
    /// <param name="s">The flagged event.</param>
    /// <param name="scope">Whose money was flagged.</param>
    /// <param name="span">How far back it was looked at.</param>
    /// <param name="isTold">Whether it is told, and belongs to that from now on.</param>
    public Contribution[] Of(Sighting s, Scope scope, TimeSpan span, bool isTold)
    {
        // One event by itself needs no others.
        if (scope == Scope.Event)
        {
            return [];
        }

        bool Belongs(Contribution c) => c.Time >= s.Time - span && c.Time <= s.Time && scope switch
        {
            Scope.Account => true,
            Scope.Type => c.ResourceType == s.ResourceType,
            Scope.Actor => c.ActorId == s.Actor,
            _ => c.ActorId == s.Actor && c.ResourceType == s.ResourceType && c.Region == s.Region,
        };
        Contribution[] taken = [.. all.Where(Belongs)];
        if (isTold)
        {
            all.RemoveAll(Belongs);
        }

        return taken;
    }
}
