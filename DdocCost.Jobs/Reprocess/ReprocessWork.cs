using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Normalise;
using DdocCost.Domain.Pipeline;
using DdocCost.Domain.Reprocess;
using DdocCost.Domain.Scoring;

namespace DdocCost.Jobs.Reprocess;

/// <summary>Takes one account's history again: the range from the archive, the rest from what is stored. Stores nothing.</summary>
internal sealed class ReprocessWork(ReprocessScope scope, ArchivedEvents archived, AccountRebuild rebuild)
{
    private readonly HashSet<Guid> _seen = [];

    /// <summary>Events to store, in order.</summary>
    public List<CostEvent> Events { get; } = [];

    /// <summary>Events of the range that stay as they are.</summary>
    public List<Guid> Kept { get; } = [];

    /// <summary>Priced, unpriced and free records that there are more of than before.</summary>
    public (long Priced, long Unpriced, long Free) More { get; private set; }

    /// <summary>What became of the events.</summary>
    public ReprocessResult Result { get; private set; } = ReprocessResult.None;

    /// <summary>When the last event taken was scored, UTC.</summary>
    public DateTimeOffset TakenUntil { get; private set; } = DateTimeOffset.MinValue;

    /// <summary>Takes an event that is stored; one that was taken already does nothing.</summary>
    public void TakeStored(CostEvent stored)
    {
        if (!_seen.Add(stored.Id))
        {
            return;
        }

        TakenUntil = stored.CreatedAt > TakenUntil ? stored.CreatedAt : TakenUntil;
        if (!scope.Holds(stored.Time))
        {
            rebuild.Take(stored.Costed.Event, stored.CreatedAt);
        }
        else if (archived.Events.TryGetValue(stored.Id, out var again))
        {
            var now = Add(again, stored.CreatedAt);
            Count(stored, -1);
            Result = Result with { Events = Result.Events + 1, Changed = Result.Changed + (IsSameCost(now, stored) ? 0 : 1) };
        }
        else if (stored.Costed.Event.Location is { } location && archived.HasRead(location.Source))
        {
            Count(stored, -1);
            More = More with { Free = More.Free + 1 };
            Result = Result with { Removed = Result.Removed + 1 };
        }
        else
        {
            rebuild.Take(stored.Costed.Event, stored.CreatedAt);
            Kept.Add(stored.Id);
            Result = Result with { Kept = Result.Kept + 1 };
        }
    }

    /// <summary>Takes what the catalogue has learned to understand since, last: nobody knew of it when the rest was scored.</summary>
    /// <param name="now">The moment, UTC.</param>
    public void TakeNew(DateTimeOffset now)
    {
        foreach (var e in archived.Events.Values.Where(e => !_seen.Contains(e.Key)).Order(EventOrder.Instance))
        {
            Add(e, now);
            More = More with { Free = More.Free - 1 };
            Result = Result with { Events = Result.Events + 1, Added = Result.Added + 1 };
        }
    }

    private CostEvent Add(ResourceEvent e, DateTimeOffset scoredAt)
    {
        var now = rebuild.Take(e, scoredAt);
        Events.Add(now);
        Count(now, 1);
        return now;
    }

    private static bool IsSameCost(CostEvent one, CostEvent other) =>
        one.Costed.UsdPerHour == other.Costed.UsdPerHour && one.Costed.OneTimeUsd == other.Costed.OneTimeUsd;

    private void Count(CostEvent e, int by) => More = e switch
    {
        { Costed.Event.Action: ResourceAction.None or ResourceAction.Define } => More with { Free = More.Free + by },
        { Costed.IsPriced: true } => More with { Priced = More.Priced + by },
        _ => More with { Unpriced = More.Unpriced + by },
    };
}
