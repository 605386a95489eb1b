namespace DdocCost.Domain.Scoring;

/// <summary>Whether something comes at the same hour of a day or of a week as something before it.</summary>
internal static class Cycle
{
    /// <summary>A day, in days.</summary>
    public const double Day = 1;

    /// <summary>A week, in days.</summary>
    public const double Week = 7;

    /// <summary>What comes at its hour comes as closely to it.</summary>
    public static readonly TimeSpan Same = TimeSpan.FromHours(1);

    /// <summary>Whether a time falls on another hour of a cycle of so many days.</summary>
    public static bool IsOff(DateTimeOffset from, DateTimeOffset time, double days) => Math.Abs(Math.IEEERemainder((time - from).TotalDays, days)) > Same.TotalDays;
}
