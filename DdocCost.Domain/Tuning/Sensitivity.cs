using System.Text.Json.Serialization;
using DdocCost.Domain.Scoring;

namespace DdocCost.Domain.Tuning;

/// <summary>How readily somebody is interrupted, in plain words.</summary>
/// <param name="UsdPerDay">USD a day that matter: a loss of so much, if it is certain, is just worth an interruption. From 1 to 100,000.</param>
/// <param name="Eagerness">How certain it must be.</param>
public sealed record Sensitivity(double UsdPerDay, Eagerness Eagerness)
{
    /// <summary>Least that can matter, USD a day.</summary>
    public const double LeastUsd = 1;

    /// <summary>Most, USD a day.</summary>
    public const double MostUsd = 100_000;

    /// <summary>What holds where nothing was set.</summary>
    public static readonly Sensitivity Default = new(DetectionOptions.Default.InterruptionUsd, Eagerness.Balanced);

    /// <summary>From this much at risk within a day something unwanted is critical, USD.</summary>
    [JsonIgnore]
    public double CriticalUsd => UsdPerDay * DetectionOptions.Default.CriticalFactor;

    /// <summary>Why it cannot be used, for a person; null where it can.</summary>
    public string? Problem()
    {
        if (!(UsdPerDay is >= LeastUsd and <= MostUsd))
        {
            return $"What matters lies between {LeastUsd} and {MostUsd:#,0} USD a day.";
        }

        return Enum.IsDefined(Eagerness) ? null : "It is quiet, balanced or eager.";
    }

    /// <summary>The one place where the plain words become parameters of detection.</summary>
    /// <remarks>
    /// Only what weighs a sum changes, never what is learned: baselines stay the same whatever is set, and a change holds at once.
    /// USD a day that matter are the price of an interruption; with it grows what is critical (16 times that). Eagerness moves the chance
    /// assumed before anything is known: evidence for an alert must be 5 times as strong (quiet) or may be a quarter as strong (eager).
    /// </remarks>
    public DetectionOptions Over(DetectionOptions options) => options with
    {
        InterruptionUsd = UsdPerDay,
        BaseRate = Eagerness switch
        {
            Eagerness.Quiet => options.BaseRate / 5,
            Eagerness.Eager => Math.Min(0.5, options.BaseRate * 4),
            _ => options.BaseRate,
        },
    };
}

/// <summary>How certain something must be before it is told.</summary>
public enum Eagerness
{
    /// <summary>As a rule.</summary>
    Balanced,

    /// <summary>Rather miss one than interrupt for nothing.</summary>
    Quiet,

    /// <summary>Rather hear one too many.</summary>
    Eager,
}
