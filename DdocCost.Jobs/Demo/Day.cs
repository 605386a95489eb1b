namespace DdocCost.Jobs.Demo;

/// <summary>A simulated day.</summary>
/// <param name="Midnight">Its beginning, UTC.</param>
public readonly record struct Day(DateTimeOffset Midnight)
{
    /// <summary>The day a moment lies in.</summary>
    public static Day Of(DateTimeOffset time) => new(new DateTimeOffset(time.UtcDateTime.Date, TimeSpan.Zero));

    /// <summary>Day of the week.</summary>
    public DayOfWeek Weekday => Midnight.DayOfWeek;

    /// <summary>Monday to Friday.</summary>
    public bool IsWorkday => Weekday is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

    /// <summary>The moment so many hours after midnight.</summary>
    public DateTimeOffset At(double hour) => Midnight.AddHours(hour);

    /// <summary>The day after.</summary>
    public Day Next => new(Midnight.AddDays(1));
}
