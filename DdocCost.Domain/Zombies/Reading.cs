namespace DdocCost.Domain.Zombies;

/// <summary>A number that may not be known, with the reason. Comparing what is not known is unclear, never true or false.</summary>
/// <param name="Value">The number; meaningless where <paramref name="Missing"/> says why there is none.</param>
/// <param name="Missing">Why it is not known, or null.</param>
public readonly record struct Reading(double Value, string? Missing = null)
{
    /// <summary>Not known, and why.</summary>
    public static Reading Unknown(string reason) => new(double.NaN, reason);

    /// <summary>Less.</summary>
    public static Answer operator <(Reading reading, double limit) => reading.Missing is { } why ? Answer.Unclear(why) : reading.Value < limit;

    /// <summary>More.</summary>
    public static Answer operator >(Reading reading, double limit) => reading.Missing is { } why ? Answer.Unclear(why) : reading.Value > limit;

    /// <summary>Not more.</summary>
    public static Answer operator <=(Reading reading, double limit) => reading.Missing is { } why ? Answer.Unclear(why) : reading.Value <= limit;

    /// <summary>Not less.</summary>
    public static Answer operator >=(Reading reading, double limit) => reading.Missing is { } why ? Answer.Unclear(why) : reading.Value >= limit;

    /// <summary>Exactly nothing.</summary>
    public Answer IsZero => Missing is { } why ? Answer.Unclear(why) : Value == 0;
}
