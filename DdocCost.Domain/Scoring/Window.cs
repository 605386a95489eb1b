using System.Text.Json.Serialization;

namespace DdocCost.Domain.Scoring;

/// <summary>
/// Money added in a sliding window, and how high that usually rises in a day. What is learned is one number a day, its busiest moment:
/// the question at an alert is how often a day has such a moment at all. Immutable, of constant size; the default has seen nothing.
/// </summary>
public readonly record struct Window
{
    /// <summary>USD a day added lately.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public DecayingSum Sum { get; init; }

    /// <summary>Of that, what is too young to count, USD a day; nothing where everything counts at once.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public DecayingSum Young { get; init; }

    /// <summary>What counts now, USD a day.</summary>
    [JsonIgnore]
    public double Level => Sum.Value - Young.Value;

    /// <summary>Logarithms of the busiest moments of past days.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Moments Days { get; init; }

    /// <summary>The hour that <see cref="HourPeak"/> is of, UTC.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public DateTimeOffset Hour { get; init; }

    /// <summary>Busiest moment of this hour so far, of what was not flagged, USD a day.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double HourPeak { get; init; }

    /// <summary>Busiest moment of this day before this hour, USD a day. Apart from the hour's, so that a burst does not teach itself.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double DayPeak { get; init; }

    /// <summary>What was flagged and waits to be accepted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Held Held { get; init; }

    /// <summary>What to expect of a day's busiest moment.</summary>
    public Expectation Expect(Expectation prior, DetectionOptions options) =>
        prior.After(DayPeak > 0 && Days.Weight < options.PriorWeight ? Days.Add(prior.LogOf(DayPeak)) : Days, options);

    /// <summary>Moves on to the hour and day of a time: closes what lies before, forgets, accepts what waited long enough.</summary>
    public Window Roll(DateTimeOffset time, Expectation prior, TimeSpan patience, bool isOfCause, DetectionOptions options)
    {
        if (time < Sum.At)
        {
            // Late, or a clock that had run ahead was set right: then hours begin anew.
            var clocked = Sum.Clocked(time);
            return clocked.At == Sum.At ? this : this with { Sum = clocked, Young = Young.Clocked(time), Hour = default, HourPeak = 0, DayPeak = 0 };
        }

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
            days = days.Add(prior.After(days, options).Winsorised(dayPeak, options));
        }

        var held = Held;
        if (held.IsDue(time, patience, options))
        {
            days = held.Teach(days, prior.After(days, options), isOfCause, options);
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
    }

    /// <summary>With an amount more.</summary>
    /// <param name="usdPerDay">Amount.</param>
    /// <param name="time">When, UTC.</param>
    /// <param name="halfLife">In which it fades.</param>
    /// <param name="youth">Half-life of its youth, in which it does not count yet; zero counts at once.</param>
    public Window Add(double usdPerDay, DateTimeOffset time, TimeSpan halfLife, TimeSpan youth = default) => this with
    {
        Sum = Sum.Add(usdPerDay, time, halfLife),
        Young = youth > TimeSpan.Zero ? Young.Add(usdPerDay, time, youth) : Young,
    };

    /// <summary>Takes back an amount that was added at a time; never below nothing.</summary>
    public Window TakeBack(double usdPerDay, DateTimeOffset since, TimeSpan halfLife, TimeSpan youth = default)
    {
        // What was never added here (a flagged resource) cannot be told apart: it takes back no more than there is.
        var at = since < Sum.At ? since : Sum.At;
        if (Sum.Value <= 0 || DecayingSum.Decay(Sum.At - at, halfLife) <= 0)
        {
            return this;
        }

        var less = Add(-Math.Min(usdPerDay, Sum.Value / DecayingSum.Decay(Sum.At - at, halfLife)), at, halfLife, youth);
        var left = Math.Max(0, less.Sum.Value);
        return less with { Sum = less.Sum with { Value = left }, Young = less.Young with { Value = Math.Clamp(less.Young.Value, 0, left) } };
    }

    /// <summary>Notes how high it stands as ordinary.</summary>
    public Window Note() => Level > HourPeak ? this with { HourPeak = Level } : this;

    /// <summary>
    /// Notes how high it stands as something that waits to be accepted, where that is more than usual: it need not be what was flagged. The
    /// hour teaches nothing then.
    /// </summary>
    public Window Hold(DateTimeOffset time, bool endsByItself, Expectation norm) =>
        this with { Held = Level > norm.Usual ? Held.With(Level, time, endsByItself) : Held, HourPeak = 0 };
}
