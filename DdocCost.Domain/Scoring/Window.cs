using System.Text.Json.Serialization;

namespace DdocCost.Domain.Scoring;

/// <summary>
/// Money added in a sliding window, and how high that usually rises in a day. What is learned is one number a day, its busiest moment:
/// the question at an alert is how often a day has such a moment at all. Of constant size; changes in place, as its <see cref="Track"/> does.
/// </summary>
public sealed record Window
{
    /// <summary>USD a day added lately.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    [JsonInclude]
    public DecayingSum Sum { get; internal set; }

    /// <summary>Of that, what is too young to count, USD a day; nothing where everything counts at once.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    [JsonInclude]
    public DecayingSum Young { get; internal set; }

    /// <summary>What counts now, USD a day.</summary>
    [JsonIgnore]
    public double Level => Sum.Value - Young.Value;

    /// <summary>Of that, what is usual for the causes it comes from; of wider sums.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    [JsonInclude]
    public DecayingSum Ordinary { get; internal set; }

    /// <summary>What counts now and is not usual for its cause.</summary>
    [JsonIgnore]
    public double Odd => Math.Max(0, Level - Ordinary.Value);

    /// <summary>Logarithms of the busiest moments of past days.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    [JsonInclude]
    public Moments Days { get; internal set; }

    /// <summary>How far that has climbed by small steps; known of causes.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    [JsonInclude]
    public Growth Growth { get; internal set; }

    /// <summary>The hour of the latest event, UTC.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    [JsonInclude]
    public DateTimeOffset Hour { get; internal set; }

    /// <summary>Busiest moment of what goes on, of what was not flagged, USD a day. It is over when less than half of that is left, or after half a day.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    [JsonInclude]
    public double HourPeak { get; internal set; }

    /// <summary>When what <see cref="HourPeak"/> is of began, UTC.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    [JsonInclude]
    public DateTimeOffset Since { get; internal set; }

    /// <summary>Busiest moment of this day of what is over, USD a day. Apart from what goes on, so that a burst does not teach itself.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    [JsonInclude]
    public double DayPeak { get; internal set; }

    /// <summary>What was flagged and waits to be accepted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    [JsonInclude]
    public Held Held { get; internal set; }

    /// <summary>One that changes apart from this.</summary>
    public Window Copy() => this with { };

    /// <summary>What to expect of a day's busiest moment.</summary>
    public Expectation Expect(in Expectation prior, DetectionOptions options) =>
        prior.After(DayPeak > 0 && Days.Weight < options.PriorWeight ? Days.Add(prior.LogOf(DayPeak)) : Days, options);

    /// <summary>Moves on to the hour and day of a time: closes what lies before, forgets, accepts what waited long enough.</summary>
    public void Roll(DateTimeOffset time, in Expectation prior, DateTimeOffset knownSince, bool isOfCause, TimeSpan halfLife, DetectionOptions options)
    {
        if (Sum.IsPast(time))
        {
            // Late, or a clock that had run ahead was set right: then hours begin anew.
            var clocked = Sum.Clocked(time);
            if (clocked.At != Sum.At)
            {
                (Sum, Young, Ordinary, Hour, Since, HourPeak, DayPeak) = (clocked, Young.Clocked(time), Ordinary.Clocked(time), default, default, 0, 0);
            }

            return;
        }

        if (time.UtcTicks - Hour.UtcTicks < TimeSpan.TicksPerHour)
        {
            return;
        }

        var hour = new DateTimeOffset(time.Ticks - (time.Ticks % TimeSpan.TicksPerHour), TimeSpan.Zero);
        if (IsOver(hour, time, halfLife))
        {
            (DayPeak, HourPeak, Since) = (Math.Max(DayPeak, HourPeak), 0, hour);
        }

        if (hour.Date != Hour.Date)
        {
            CloseDay(time, hour, prior, knownSince, isOfCause, options);
        }

        Hour = hour;
    }

    // What goes on teaches nothing yet, not even across midnight, but for half a day at most.
    private bool IsOver(DateTimeOffset hour, DateTimeOffset time, TimeSpan halfLife) =>
        hour - Since >= Held.Separate || Sum.Until(time, halfLife) - Young.Value < HourPeak / 2;

    private void CloseDay(DateTimeOffset time, DateTimeOffset hour, in Expectation prior, DateTimeOffset knownSince, bool isOfCause, DetectionOptions options)
    {
        var before = Days;
        if (DayPeak > 0)
        {
            var peak = prior.After(Days, options).Stepped(DayPeak, options);
            Days = Days.Add(peak);
            Growth = isOfCause ? Growth.With(peak, before, Days, options) : default;
        }

        if (Held.IsDue(time, knownSince, options))
        {
            before = Days;
            Days = Held.Teach(Days, prior.After(Days, options), isOfCause, options);
            Growth = !isOfCause || Held.IsAccepted || Held.WasTold ? Growth with { Rise = 0 } : Growth.Climbing(before, Days, options);
            Held = default;
        }

        var days = hour.Date - Hour.Date;
        Days = Days.Forget(DecayingSum.Decay(days, options.Memory));
        Growth = Growth.After(days, options);
        DayPeak = 0;
    }

    /// <summary>Takes an amount in.</summary>
    /// <param name="usdPerDay">Amount.</param>
    /// <param name="time">When, UTC.</param>
    /// <param name="halfLife">In which it fades.</param>
    /// <param name="youth">Half-life of its youth, in which it does not count yet; zero counts at once.</param>
    /// <param name="ordinary">What of it is usual for its cause.</param>
    public void Add(double usdPerDay, DateTimeOffset time, TimeSpan halfLife, TimeSpan youth = default, double ordinary = 0)
    {
        Sum = Sum.Add(usdPerDay, time, halfLife);
        Ordinary = ordinary == 0 && Ordinary.Value == 0 ? Ordinary : Ordinary.Add(ordinary, time, halfLife);
        if (youth > TimeSpan.Zero)
        {
            Young = Young.Add(usdPerDay, time, youth);
        }
    }

    /// <summary>Takes back an amount that was added at a time; never below nothing.</summary>
    public void TakeBack(double usdPerDay, DateTimeOffset since, TimeSpan halfLife, TimeSpan youth = default)
    {
        // What was never added here (a flagged resource) cannot be told apart: it takes back no more than there is.
        var at = since < Sum.At ? since : Sum.At;
        if (Sum.Value <= 0 || DecayingSum.Decay(Sum.At - at, halfLife) is not (> 0 and var left))
        {
            return;
        }

        Add(-Math.Min(usdPerDay, Sum.Value / left), at, halfLife, youth);
        Sum = Sum with { Value = Math.Max(0, Sum.Value) };
        Young = Young with { Value = Math.Clamp(Young.Value, 0, Sum.Value) };
    }

    /// <summary>What of an amount that is taken in next stays within what is usual, one spread included; nothing where nothing is known.</summary>
    public double OrdinaryPart(double usdPerDay, DateTimeOffset time, TimeSpan halfLife, in Expectation norm) =>
        Days.Weight <= 0 ? 0 : Math.Clamp(norm.Upper - Sum.Until(time, halfLife), 0, usdPerDay);

    /// <summary>What of what counts now is usual; nothing where nothing is known.</summary>
    public double UsualPart(in Expectation norm) => Days.Weight <= 0 ? 0 : Math.Min(Level, norm.Upper);

    /// <summary>Notes how high it stands as ordinary.</summary>
    public void Note() => HourPeak = Math.Max(HourPeak, Level);

    /// <summary>
    /// Notes how high it stands as something that waits to be accepted, where that is more than usual (it need not be what was flagged) or new. The
    /// hour teaches nothing then.
    /// </summary>
    public void Hold(DateTimeOffset time, bool endsByItself, in Expectation norm, bool isNew)
    {
        Held = isNew || Level > norm.Usual ? Held.With(Level, time, endsByItself) : Held;
        HourPeak = 0;
    }
}
