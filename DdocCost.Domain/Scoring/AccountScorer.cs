using DdocCost.Domain.Ledger;
using DdocCost.Domain.Normalise;

namespace DdocCost.Domain.Scoring;

/// <summary>Scores the events of one account against what is normal there, and learns. Single-threaded, bounded.</summary>
/// <remarks>
/// One question is asked of several sums of money: this event; what its cause, its actor, its resource type and the whole account added
/// within the last hour; and over the last days. Each is money at risk with a chance of being unwanted. The largest expected loss decides,
/// and a person is told where it is larger than what the interruption costs.
/// </remarks>
public sealed class AccountScorer
{
    private readonly AccountMemory memory;
    private readonly Scene scene = new();
    private readonly Ending ending;
    private readonly Entry entry;
    private readonly Lesson lesson;
    private readonly Removal removal;

    /// <summary>Takes up where it was left.</summary>
    public AccountScorer(string accountId, IEnumerable<Baseline> baselines, AccountProfile? profile, DetectionOptions? options = null)
    {
        (AccountId, Options, memory) = (accountId, options ?? DetectionOptions.Default, new AccountMemory(accountId, baselines, profile));
        (ending, entry, lesson, removal) = (new Ending(memory), new Entry(memory, scene), new Lesson(memory, scene), new Removal(memory, scene));
    }

    /// <summary>Account.</summary>
    public string AccountId { get; }

    /// <summary>Parameters. May change from one event to the next in what weighs a sum (price of an interruption, base rate), not in what is learned.</summary>
    public DetectionOptions Options { get; set; }

    /// <summary>Scores an event, then learns from it unless it was flagged.</summary>
    public Verdict Score(CostedEvent e)
    {
        memory.Touch();
        var time = EventClock.Believe(memory.Profile, e.Event.Time);
        var s = Sighting.Of(e, time, Options);
        lesson.Average(e, time, Options);
        ending.Take(e, s, Options);
        if (s.UsdWithin(Options.HoursToNotice) <= 0)
        {
            return ScoreFree(e, s);
        }

        entry.Take(s, Options);
        var (verdict, scope, isLeak) = Appraisal.Of(s, scene, memory.Profile, Options);
        if (verdict.Severity == Severity.None)
        {
            lesson.Learn(e, s, Options);
            return verdict;
        }

        var isTold = verdict.Severity > Severity.Info;
        var earlier = memory.Recent.Of(s, scope, 2 * (isLeak ? Options.Leak : Options.Burst), isTold);
        if (isTold)
        {
            removal.TakeOut(s, earlier, Options);
            if (isLeak)
            {
                removal.TakeOutLeak(scope, verdict.MoneyAtRiskUsd, Options);
            }
        }
        else
        {
            // Shown, but told to nobody: it is still part of what may be told later.
            memory.Recent.Add(e, s);
        }

        lesson.HoldBack(s, Options);
        return verdict with { Earlier = earlier };
    }

    /// <summary>
    /// Takes somebody's word that what was flagged of a cause is ordinary: it is learned the day after, without waiting for it to persist.
    /// </summary>
    /// <param name="actorId">Who did it.</param>
    /// <param name="resourceType">What it was.</param>
    /// <param name="region">Where.</param>
    /// <param name="isAccepted">false takes the word back, as far as it has not been learned yet.</param>
    public void Accept(string actorId, string resourceType, string region, bool isAccepted = true)
    {
        memory.Touch();
        memory.Profile.Track.Accept(isAccepted);
        if (memory.FindType(resourceType) is { } type)
        {
            type.Track.Accept(isAccepted);
            type.HeldEvent = type.HeldEvent with { IsAccepted = isAccepted };
            memory.Keep(type);
        }

        memory.Actors.Find(actorId)?.Accept(isAccepted);
        memory.FindCause(actorId, resourceType, region)?.Accept(isAccepted);
    }

    /// <summary>What changed since the last call, for storage; forgets it.</summary>
    public (IReadOnlyList<Baseline> Baselines, AccountProfile? Profile) DrainChanges() => memory.DrainChanges();

    /// <summary>Nothing was added: a stop, a refused call, a definition, an unknown price.</summary>
    private Verdict ScoreFree(CostedEvent e, in Sighting s)
    {
        if (e.Event.Action != ResourceAction.None)
        {
            return Verdict.Quiet;
        }

        var actor = memory.Actors.Find(s.Actor) ?? new Track();
        actor.Refused = actor.Refused.Add(1, s.Time, Options.Burst);
        actor.LastSeen = s.Time > actor.LastSeen ? s.Time : actor.LastSeen;
        memory.Actors.Keep(actor, s.Actor);
        return new Verdict(0, Severity.None, 0, [new ScoreComponent("context", 0, 0, null, null, 0, "USD", "refused or a dry run: costs nothing")], "");
    }
}
