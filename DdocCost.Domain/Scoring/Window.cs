namespace DdocCost.Domain.Scoring;

/// <summary>
/// Money added in a sliding window, and how high that usually rises in a day. What is learned is one number a day, its busiest moment:
/// the question at an alert is how often a day has such a moment at all. Immutable, of constant size.
/// </summary>
public sealed record Window
{
    /// <summary>Nothing seen.</summary>
    public static readonly Window Empty = new();

    /// <summary>USD a day added lately.</summary>
    public DecayingSum Sum { get; init; }

    /// <summary>Logarithms of the busiest moments of past days.</summary>
    public Moments Days { get; init; }

    /// <summary>The hour that <see cref="HourPeak"/> is of, UTC.</summary>
    public DateTimeOffset Hour { get; init; }

    /// <summary>Busiest moment of this hour so far, of what was not flagged, USD a day.</summary>
    public double HourPeak { get; init; }

    /// <summary>Busiest moment of this day before this hour, USD a day. Apart from the hour's, so that a burst does not teach itself.</summary>
    public double DayPeak { get; init; }

    /// <summary>What was flagged and waits to be accepted.</summary>
    public Held Held { get; init; }

    /// <summary>What to expect of a day's busiest moment.</summary>
    public Expectation Expect(Expectation prior, DetectionOptions options) =>
        prior.After(DayPeak > 0 && Days.Weight < options.PriorWeight ? Days.Add(Expectation.LogOf(DayPeak, options)) : Days, options);

    /// <summary>Moves on to the hour and day of a time: closes what lies before, forgets, accepts what waited long enough.</summary>
    public Window Roll(DateTimeOffset time, Expectation prior, TimeSpan patience, DetectionOptions options)
    {
        if (time < Hour.AddHours(1))
        {
            return this;
        }

        var hour = new DateTimeOffset(time.Ticks - (time.Ticks % TimeSpan.TicksPerHour), TimeSpan.Zero);
        var dayPeak = Math.Max(DayPeak, HourPeak);
        if (hour.Date == Hour.Date)
        {
            return this with { Hour = hour, HourPeak = 0, DayPeak = dayPeak };
        }

        var days = Days;
        if (dayPeak > 0)
        {
            days = days.Add(Clip(days, dayPeak));
        }

        var held = Held;
        if (held.IsDue(time, patience))
        {
            days = days.Add(Clip(days, held.UsdPerDay));
            held = default;
        }

        return this with
        {
            Days = days.Forget(DecayingSum.Decay(hour.Date - Hour.Date, options.Memory)),
            Hour = hour,
            HourPeak = 0,
            DayPeak = 0,
            Held = held,
        };

        // With almost no history there is nothing to clip to.
        double Clip(Moments known, double usdPerDay) =>
            known.Weight < 1 ? Expectation.LogOf(usdPerDay, options) : prior.After(known, options).Winsorised(usdPerDay, options);
    }

    /// <summary>With an amount more in the sum.</summary>
    public Window Add(double usdPerDay, DateTimeOffset time, TimeSpan halfLife) =>
        this with { Sum = Sum.Add(usdPerDay, time, halfLife) };

    /// <summary>Takes back an amount that was added at a time; never below nothing.</summary>
    public Window TakeBack(double usdPerDay, DateTimeOffset time, TimeSpan halfLife)
    {
        var sum = Sum.Add(-usdPerDay, time < Sum.At ? time : Sum.At, halfLife);
        return this with { Sum = sum with { Value = Math.Max(0, sum.Value) } };
    }

    /// <summary>Notes how high the sum stands: as ordinary, or as something that waits to be accepted.</summary>
    public Window Note(bool flagged, DateTimeOffset time) =>
        flagged ? this with { Held = Held.With(Sum.Value, time) } : this with { HourPeak = Math.Max(HourPeak, Sum.Value) };
}

/// <summary>An amount that was flagged and is not learned yet. The default is none.</summary>
/// <param name="UsdPerDay">The largest, USD a day.</param>
/// <param name="Since">When it was flagged last, UTC.</param>
public readonly record struct Held(double UsdPerDay, DateTimeOffset Since)
{
    /// <summary>With another amount.</summary>
    public Held With(double usdPerDay, DateTimeOffset time) => new(Math.Max(UsdPerDay, usdPerDay), time > Since ? time : Since);

    /// <summary>Whether it has waited without objection.</summary>
    public bool IsDue(DateTimeOffset time, TimeSpan patience) => UsdPerDay > 0 && time - Since >= patience;
}
