namespace DdocCost.Domain.Notify.Watching;

/// <summary>
/// How often an account's trail is heard of: the longest silence of each of its latest days. A trail that is quiet at night and over the
/// weekend is known to be so after some weeks; one outage does not become a habit, since the longest silence of all does not count.
/// </summary>
/// <param name="HeardAt">When it was last heard of, UTC.</param>
/// <param name="KnownSince">When it was first heard of, UTC.</param>
/// <param name="Days">Days on which a silence ended, as days since 1 January 0001, oldest first; at most <see cref="DaysKept"/>.</param>
/// <param name="Longest">The longest silence that ended on each of them, seconds.</param>
public sealed record TrailHabit(DateTimeOffset HeardAt, DateTimeOffset KnownSince, IReadOnlyList<int> Days, IReadOnlyList<float> Longest)
{
    /// <summary>Days that are remembered: three weekends.</summary>
    public const int DaysKept = 22;

    /// <summary>Shortest silence that is ever worth an alarm: CloudTrail itself delivers every five minutes, at times later.</summary>
    public static readonly TimeSpan Least = TimeSpan.FromMinutes(45);

    /// <summary>Longest silence that is ever let pass.</summary>
    public static readonly TimeSpan Most = TimeSpan.FromDays(3);

    /// <summary>What is let pass of an account that is not known yet.</summary>
    public static readonly TimeSpan Unknown = TimeSpan.FromDays(1);

    private const int DaysToKnow = 3;
    private const double Margin = 1.5;

    /// <summary>Heard of for the first time.</summary>
    public static TrailHabit New(DateTimeOffset now) => new(now, now, [], []);

    /// <summary>How long a silence may last before something is wrong.</summary>
    /// <returns>One and a half times the second longest silence of the days remembered, within the bounds.</returns>
    public TimeSpan Limit
    {
        get
        {
            if (Days.Count < DaysToKnow)
            {
                return Unknown;
            }

            var usual = TimeSpan.FromSeconds(Longest.Order().ElementAt(Longest.Count - 2) * Margin);
            return usual < Least ? Least : usual > Most ? Most : usual;
        }
    }

    /// <summary>Whether it has been silent for longer than its habit.</summary>
    public bool IsQuiet(DateTimeOffset now) => now - HeardAt > Limit;

    /// <summary>Heard of it.</summary>
    public TrailHabit Heard(DateTimeOffset now)
    {
        var gap = (float)Math.Max(0, (now - HeardAt).TotalSeconds);
        var day = DateOnly.FromDateTime(now.UtcDateTime).DayNumber;
        if (Days.Count > 0 && Days[^1] == day)
        {
            return this with { HeardAt = now, Longest = [.. Longest.Take(Longest.Count - 1), Math.Max(Longest[^1], gap)] };
        }

        return this with { HeardAt = now, Days = [.. Days.TakeLast(DaysKept - 1), day], Longest = [.. Longest.TakeLast(DaysKept - 1), gap] };
    }
}
