namespace DdocCost.Domain.Scoring;

/// <summary>
/// A sum in which every amount halves once a half-life: a sliding window of constant size in memory. The order in which amounts arrive
/// does not matter, an amount that comes late has decayed by the time it has been under way.
/// </summary>
public readonly record struct DecayingSum
{
    private const double Ln2 = 0.693147180559945309;
    private static readonly TimeSpan MostAhead = TimeSpan.FromDays(2);

    // Half the size of the time with its offset: every event touches a score of these.
    private readonly long ticks;

    /// <summary>So much at a time.</summary>
    public DecayingSum(double value, DateTimeOffset at) => (Value, ticks) = (value, at.UtcTicks);

    /// <summary>The sum at <see cref="At"/>.</summary>
    public double Value { get; init; }

    /// <summary>The latest time of any amount, UTC.</summary>
    public DateTimeOffset At
    {
        get => new(ticks, TimeSpan.Zero);
        init => ticks = value.UtcTicks;
    }

    /// <summary>With one amount more; a negative one takes back what was added at <paramref name="time"/>.</summary>
    public DecayingSum Add(double amount, DateTimeOffset time, TimeSpan halfLife) =>
        time.UtcTicks >= ticks
            ? new DecayingSum(Until(time, halfLife) + amount, time)
            : this with { Value = Value + (amount * Decay(ticks - time.UtcTicks, halfLife)) };

    /// <summary>Whether it knows of something later than a time.</summary>
    public bool IsPast(DateTimeOffset time) => ticks > time.UtcTicks;

    /// <summary>The same, where its clock had run ahead of what is believed now by more than events are ever late.</summary>
    public DecayingSum Clocked(DateTimeOffset now) => At - now > MostAhead ? new DecayingSum(Value, now) : this;

    /// <summary>What is left at a time; at an earlier one than the latest known, what is known now.</summary>
    public double Until(DateTimeOffset time, TimeSpan halfLife) => Value == 0 || time.UtcTicks <= ticks ? Value : Value * Decay(time.UtcTicks - ticks, halfLife);

    /// <summary>Share that is left after a time, 0 to 1.</summary>
    public static double Decay(TimeSpan age, TimeSpan halfLife) => Decay(age.Ticks, halfLife);

    private static double Decay(long age, TimeSpan halfLife) => age <= 0 ? 1 : Math.Exp(-Ln2 * ((double)age / halfLife.Ticks));
}
