namespace DdocCost.Domain.Scoring;

/// <summary>Which event times are believed. The clock of an account is the latest of them; the clock on the wall plays no part.</summary>
internal static class EventClock
{
    // A clock may jump this far; farther, a second event must confirm it.
    private static readonly TimeSpan MostAhead = TimeSpan.FromDays(31);
    private static readonly TimeSpan MostBehind = TimeSpan.FromDays(1);

    // CloudTrail is from 2013; far from the ends of the calendar, times can be added to.
    private static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Latest = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The event's time where it can be believed, else the latest that could; the profile's clock moves on.</summary>
    public static DateTimeOffset Believe(AccountProfile profile, DateTimeOffset told)
    {
        var time = told < Earliest ? Earliest : told > Latest ? Latest : told.ToUniversalTime();
        if (profile.KnownSince == default)
        {
            (profile.KnownSince, profile.Clock) = (time, time);
            return time;
        }

        var isOff = time > profile.Clock + MostAhead || time < profile.Clock - MostBehind;
        if (!isOff)
        {
            profile.Clock = time > profile.Clock ? time : profile.Clock;
            return time;
        }

        if ((time - profile.Doubted).Duration() > MostBehind)
        {
            profile.Doubted = time;
            return profile.Clock;
        }

        SetTo(profile, time);
        return time;
    }

    private static void SetTo(AccountProfile profile, DateTimeOffset time)
    {
        profile.Clock = time;
        profile.KnownSince = time < profile.KnownSince ? time : profile.KnownSince;
        profile.AveragedAt = time < profile.AveragedAt ? time : profile.AveragedAt;
        profile.Flagged = profile.Flagged.Clocked(time);
        profile.Novelty = profile.Novelty.Clocked(time);
    }
}
