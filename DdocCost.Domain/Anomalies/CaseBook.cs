using DdocCost.Domain.Ledger;
using DdocCost.Domain.Normalise;
using DdocCost.Domain.Scoring;

namespace DdocCost.Domain.Anomalies;

/// <summary>The open cases of one account: verdicts join, escalate and close them. Single-threaded, bounded.</summary>
public sealed class CaseBook
{
    private readonly CaseOptions options;

    // Oldest first, by id where equal: the order in which cases are tried must not depend on how they were loaded.
    private readonly SortedList<(DateTimeOffset Started, string Id), AnomalyCase> open = [];
    private readonly SortedDictionary<string, AnomalyCase> changed = new(StringComparer.Ordinal);

    /// <summary>Takes up where it was left.</summary>
    /// <param name="accountId">Account.</param>
    /// <param name="open">Cases that are not closed.</param>
    /// <param name="options">When events are one case; null takes the defaults.</param>
    public CaseBook(string accountId, IEnumerable<AnomalyCase> open, CaseOptions? options = null)
    {
        AccountId = accountId;
        this.options = options ?? CaseOptions.Default;
        foreach (var anomaly in open)
        {
            this.open[KeyOf(anomaly)] = anomaly;
        }
    }

    /// <summary>Account.</summary>
    public string AccountId { get; }

    /// <summary>Cases that are not closed, oldest first.</summary>
    public IEnumerable<AnomalyCase> Open => open.Values;

    /// <summary>Enters an event: joins or opens a case where the verdict says so, and lowers or closes cases whose resources stopped.</summary>
    /// <returns>The case the event belongs to, or null, and what there is to tell, or null.</returns>
    public (string? CaseId, Alert? Alert) Enter(CostedEvent e, Verdict verdict)
    {
        EndWhatEndsByItself(e.Event.Time);
        var lowered = Lower(e);
        FollowPrices(e);
        if (verdict.Severity == Severity.None)
        {
            return (lowered, null);
        }

        var known = FindUntold(verdict) ?? Find(e.Event, verdict);
        var anomaly = (known ?? CaseEntry.Open(AccountId, e, verdict)).With(e, verdict);
        var telling = IsWorthTelling(anomaly, e.Event.Time);
        if (telling)
        {
            anomaly = anomaly with { LastTold = new Told(e.Event.Time, anomaly.Severity, anomaly.UsdWithinDay) };
        }

        Keep(known, anomaly);
        return (anomaly.Id, telling ? AlertOf(anomaly, e.Event.Time) : null);
    }

    /// <summary>A case that is open, or that was changed since it was last drained; null for any other.</summary>
    public AnomalyCase? Find(string caseId) =>
        changed.GetValueOrDefault(caseId) ?? open.Values.FirstOrDefault(anomaly => anomaly.Id == caseId);

    /// <summary>Lets a case behave as people decided. The same decision again changes nothing.</summary>
    /// <param name="anomaly">The case as it is: from <see cref="Find(string)"/>, or as stored where that does not know it.</param>
    /// <param name="taken">What was decided.</param>
    /// <param name="running">Ids and rates (USD per hour) of its resources that still run; asked only when it is opened again.</param>
    /// <returns>What there is to tell: a case that still costs when its snooze is over; else null.</returns>
    public Alert? Decide(AnomalyCase anomaly, DecisionTaken taken, Func<IReadOnlyCollection<(string Id, decimal UsdPerHour)>> running)
    {
        ArgumentNullException.ThrowIfNull(anomaly);
        ArgumentNullException.ThrowIfNull(taken);
        var after = anomaly.After(taken, running);
        var time = taken.Signature.At;
        var telling = taken.Decision is CaseDecision.Unsnooze { IsOver: true } && anomaly.Snoozed is not null
            && after is { Acknowledged: null, Severity: >= Severity.Warning, UsdPerHour: > 0 } && !after.IsOver(time);
        if (telling)
        {
            after = after with { LastTold = new Told(time, after.Severity, after.UsdWithinDay) };
        }

        Keep(anomaly, after);
        return telling ? AlertOf(after, time) with { Why = "its snooze is over and it still runs" } : null;
    }

    /// <summary>Cases new or changed since the last call, for storage; forgets them.</summary>
    public IReadOnlyList<AnomalyCase> DrainChanges()
    {
        AnomalyCase[] changes = [.. changed.Values];
        changed.Clear();
        return changes;
    }

    // What was shown and is part of what is flagged now grows into it.
    private AnomalyCase? FindUntold(Verdict verdict) => verdict.Earlier.Count == 0
        ? null
        : open.Values.LastOrDefault(candidate => candidate.Severity == Severity.Info && verdict.Earlier.Any(earlier => candidate.EventIds.Contains(earlier.EventId)));

    private AnomalyCase? Find(ResourceEvent e, Verdict verdict)
    {
        AnomalyCase? sameActor = null, chained = null;
        for (var i = open.Count - 1; i >= 0; i--)
        {
            var candidate = open.Values[i];
            var apart = (e.Time - candidate.LastEventAt).Duration();
            if (apart <= options.SameCause && candidate.Causes.Contains(verdict.Cause))
            {
                return candidate;
            }

            // From here on it is something new. It joins what was new itself not long ago; a case that merely goes on takes in nothing else.
            var news = (e.Time - candidate.NewsAt).Duration();
            if (news <= options.SameActor && candidate.ActorIds.Contains(e.Actor.Id))
            {
                sameActor ??= candidate;
            }

            if (news <= options.Chain && (e.Actor.Kind == ActorKind.AwsService) != (candidate.Actor.Kind == ActorKind.AwsService))
            {
                chained ??= candidate;
            }
        }

        return sameActor ?? chained ?? (open.Count >= options.MostOpen ? open.Values[^1] : null);
    }

    private bool IsWorthTelling(AnomalyCase anomaly, DateTimeOffset time)
    {
        if (anomaly.LastTold is not { } told)
        {
            return true;
        }

        if (anomaly.HushAt(time) is { } hush)
        {
            return anomaly.UsdWithinDay >= Math.Max(hush.UsdWithinDay, told.UsdWithinDay) * (decimal)options.Growth;
        }

        if (anomaly.Severity > told.Severity)
        {
            return true;
        }

        return anomaly.Severity >= Severity.Warning && (double)anomaly.UsdWithinDay >= (double)told.UsdWithinDay * options.GrowthAfter(time - told.At);
    }

    private string? Lower(CostedEvent e)
    {
        string? first = null;
        foreach (var stopped in e.Stopped.Concat(e.Expired))
        {
            // One case may be of its start, a later one of having been made dearer: what ends, ends from the latest on.
            var left = stopped.UsdPerHour;
            foreach (var owner in open.Values.Where(anomaly => anomaly.Owns(stopped.ResourceId, stopped.StartedBy)).Reverse().ToList())
            {
                var share = Math.Min(left, owner.UsdPerHour);
                Keep(owner, owner.Without(stopped with { UsdPerHour = share }, e.Event.Time));
                first ??= owner.Id;
                left -= share;
                if (left <= 0 && stopped.RunsOn)
                {
                    break;
                }
            }
        }

        return first;
    }

    /// <summary>A case costs what its resources do: what ends of it later ends at the newer rate.</summary>
    private void FollowPrices(CostedEvent e)
    {
        foreach (var moved in e.Repriced)
        {
            if (open.Values.FirstOrDefault(anomaly => anomaly.Owns(moved.ResourceId, moved.StartedBy)) is { } owner)
            {
                Keep(owner, owner.Repriced(moved, e.Event.Time));
            }
        }
    }

    private void EndWhatEndsByItself(DateTimeOffset time)
    {
        for (var i = open.Count - 1; i >= 0; i--)
        {
            if (open.Values[i] is { EndsBy: { } end } anomaly && end <= time)
            {
                Keep(anomaly, anomaly.EndedAt(end));
            }
        }
    }

    private void Keep(AnomalyCase? before, AnomalyCase after)
    {
        if (before is not null)
        {
            open.Remove(KeyOf(before));
        }

        if (!after.IsClosed)
        {
            open[KeyOf(after)] = after;
        }

        changed[after.Id] = after;
    }

    private static (DateTimeOffset Started, string Id) KeyOf(AnomalyCase anomaly) => (anomaly.StartedAt, anomaly.Id);

    private static Alert AlertOf(AnomalyCase anomaly, DateTimeOffset time) => new(
        anomaly.Id,
        anomaly.AccountId,
        time,
        anomaly.Severity,
        anomaly.Score,
        anomaly.UsdPerHour,
        anomaly.OneTimeUsd,
        anomaly.Actor.Id,
        anomaly.Title,
        anomaly.Components,
        anomaly.EventIds);
}
