using DdocCost.Domain.Ledger;

namespace DdocCost.Domain.Scoring;

/// <summary>Takes out of all sums what stopped, and learns how long it ran.</summary>
internal sealed class Ending(AccountMemory memory)
{
    /// <summary>Takes out what an event stopped, and what it showed to have ended unseen.</summary>
    public void Take(CostedEvent e, in Sighting s, DetectionOptions options)
    {
        for (var i = 0; i < e.Expired.Count; i++)
        {
            memory.Recent.Stop(e.Expired[i]);
        }

        for (var i = 0; i < e.Stopped.Count; i++)
        {
            Take(e.Stopped[i], e, s, options);
        }
    }

    private void Take(StoppedResource stopped, CostedEvent e, in Sighting s, DetectionOptions options)
    {
        var usdPerHour = Sighting.Finite((double)stopped.UsdPerHour);
        var (time, since) = (s.Time, stopped.Since is { } start && start <= s.Time ? start : s.Time);
        var actor = stopped.StartedByActor ?? s.Actor;
        var cause = memory.FindCause(actor, s.ResourceType, s.Region);

        // A job that has done its work; what ran for longer than anybody needs to notice was cleaned up.
        var ended = s.IsAutomation && actor == s.Actor && cause is { Burst.Held.IsEmpty: false } && (time - since).TotalHours < options.HoursToNotice;

        memory.Recent.Stop(stopped);
        TakeBack(memory.Profile.Track);
        if (memory.FindType(s.ResourceType) is { } type)
        {
            type.HeldEvent = ended ? type.HeldEvent with { HasEnded = true } : type.HeldEvent;
            TakeBack(type.Track);
            memory.Keep(type);
        }

        TakeBack(memory.Actors.Find(actor));
        TakeBack(cause);
        if (cause is not null && stopped.Since is not null)
        {
            cause.Lifetimes = cause.Lifetimes.EndedAfter(time - since, 1.0 / e.Stopped.Count, options);
            cause.Standing = cause.Standing.Without(usdPerHour, since);
        }

        void TakeBack(Track? track)
        {
            if (ended)
            {
                track?.End();
            }

            track?.TakeBack(usdPerHour * options.HoursToNotice, since, time, options);
        }
    }
}
