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
        var text = $"{Usd.Number(part.Unit == "nats" ? Math.Round(part.Value, 3) : part.Value)}{unit}";
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

    /// <summary>How a component's evidence becomes its score, such as <c>$926 at risk × 68 % chance = $630 against $15: 98 of 100</c>; null where it is about no money.</summary>
    public static string? Working(ScoreComponent part, Weighing? weighing)
    {
        ArgumentNullException.ThrowIfNull(part);
        if (part is not { UsdAtRisk: { } usd, Surprise: { } surprise, Support: { } support } || weighing is null)
        {
            return null;
        }

        var chance = Evidence.Chance(surprise + weighing.ContextNats, weighing.BaseRate);
        return $"Size alone: {Usd.Number(surprise)} nats with {Usd.Number(support)} degrees of freedom; {Dollars(usd)} × {Percent(chance)} chance = {Dollars(usd * chance)} "
            + $"against an interruption of {Dollars(weighing.InterruptionUsd)}: {Usd.Score(part.Score)} of 100";
    }

    /// <summary>Why an event is told, or is not, in one sentence with its numbers.</summary>
    public static string Because(Verdict verdict)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        if (verdict.Weighing is not { } weighing)
        {
            return $"score {Usd.Score(verdict.Score)} of 100, {Dollars(verdict.MoneyAtRiskUsd)} at risk within a day";
        }

        var chance = verdict.MoneyAtRiskUsd > 0 ? Math.Min(1, weighing.ExpectedLossUsd / verdict.MoneyAtRiskUsd) : 0;
        return $"{Dollars(verdict.MoneyAtRiskUsd)} at risk within a day × {Percent(chance)} chance that it is unwanted = {Dollars(weighing.ExpectedLossUsd)} expected loss; "
            + $"an interruption costs {Dollars(weighing.InterruptionUsd)} here, so the score is {Usd.Score(verdict.Score)} of 100. From 25 it is shown, from 50 it interrupts";
    }

    // Statistics, so they may be anything a double can be.
    private static string Dollars(double usd) => double.IsFinite(usd) ? Usd.Format((decimal)Math.Clamp(usd, -1e12, 1e12)) : "an unknown sum";

    private static string Percent(double share) => share switch
    {
        < 0.0001 => "under 0.01 %",
        _ => Measure.Percent(share),
    };
}
