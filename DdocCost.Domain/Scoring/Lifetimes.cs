using System.Text.Json.Serialization;

namespace DdocCost.Domain.Scoring;

/// <summary>How long what a cause starts ordinarily runs, and how often it stays for good. The default is nothing known.</summary>
/// <param name="Ended">Logarithms of the hours after which it ended.</param>
/// <param name="Stayed">How many batches have not ended and nobody minded.</param>
public readonly record struct Lifetimes(Moments Ended, double Stayed)
{
    // The latest fifty or so count.
    private const double Kept = 0.98;
    private const double LeastHours = 1.0 / 60;
    private const double MostHours = 24 * 365;

    /// <summary>What to expect, hours.</summary>
    public Expectation Expect(DetectionOptions options) =>
        Expectation.OfHours(LeastHours, options).After(Ended, options);

    /// <summary>Hours that what it starts runs at most, as far as is known: what is usual and one spread more, at most the horizon.</summary>
    public double Hours(DetectionOptions options)
    {
        if (Ended.Weight <= 0)
        {
            return options.HoursToNotice;
        }

        var life = Expect(options);
        return Math.Min(options.HoursToNotice, Math.Exp(life.Centre + life.Spread));
    }

    /// <summary>What one batch that has not ended says at most, nats: ln(ended / stayed), nothing where as much stays as ends.</summary>
    [JsonIgnore]
    public double MostEvidence => Math.Max(0, Math.Log((Ended.Weight + 0.5) / (Stayed + 0.5)));

    /// <summary>Learns after how long something ended, clipped: the end of a mistake does not make mistakes ordinary.</summary>
    /// <param name="age">How long it ran.</param>
    /// <param name="weight">Its share in what ended at once.</param>
    /// <param name="options">Parameters.</param>
    public Lifetimes EndedAfter(TimeSpan age, double weight, DetectionOptions options) => new(
        Ended.Forget(1 - ((1 - Kept) * weight)).Add(Expect(options).Winsorised(Math.Clamp(age.TotalHours, LeastHours, MostHours), options), weight),
        Stayed * (1 - ((1 - Kept) * weight)));

    /// <summary>Learns that something stays.</summary>
    public Lifetimes WithStayed(int batches) => this with { Stayed = Stayed + batches };
}
