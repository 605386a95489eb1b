using DdocCost.Domain.Wording;

namespace DdocCost.Domain.Scoring;

/// <summary>The numbers of a score component in one line, enough to recompute it by hand.</summary>
public static class ScoreText
{
    /// <summary>Such as <c>417 USD/h; usual 1.84 ± 2.1 (412 observations); 197.7 deviations above</c>.</summary>
    public static string Numbers(ScoreComponent part)
    {
        if (part is { Mean: null, Value: 0, Count: 0 })
        {
            return "";
        }

        var unit = part.Unit.Length == 0 ? "" : " " + part.Unit;
        var text = $"{Usd.Number(part.Value)}{unit}";
        if (part.Mean is { } mean)
        {
            text += $"; usual {Usd.Number(mean)}{(part.Deviation is { } spread ? $" ± {Usd.Number(spread)}" : "")}{unit}";
        }

        // Old observations fade, so their number is a weight and need not be whole.
        text += part.Count switch
        {
            <= 0 when part.Mean is not null => " (of its surroundings: none seen here yet)",
            <= 0 => part.Unit == "nats" ? "" : "; nothing to compare with yet",
            < 1.5 => " from 1 observation",
            _ => $" from {Usd.Count((long)Math.Round(part.Count))} observations",
        };

        return part is { Mean: { } m, Deviation: { } deviation and > 0 }
            ? $"{text}; {Usd.Number(Math.Abs(part.Value - m) / deviation)} deviations {(part.Value >= m ? "above" : "below")}"
            : text;
    }
}
