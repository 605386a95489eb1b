using System.Globalization;

namespace DdocCost.Domain.Scoring;

/// <summary>What besides size and newness speaks for or against.</summary>
/// <param name="Refused">Calls of the actor that were refused within the hour.</param>
/// <param name="HourShare">Share of ordinary starts that falls on this hour of the week.</param>
internal readonly record struct Surroundings(double Refused, double HourShare)
{
    // What moves the odds by less than a tenth is not worth a word.
    private const double WorthSaying = 0.1;

    /// <summary>What that says of every sum, nats.</summary>
    public double Evidence => (Refused > 0 ? Math.Log(1 + Refused) : 0) + Rhythm.Evidence(HourShare);

    public static Surroundings Of(in Sighting s, Scene scene, DetectionOptions options) =>
        new(scene.Actor.Refused.Until(s.Time, options.Burst), scene.HourShare);

    /// <summary>The same in words.</summary>
    public string Say(in Sighting s, double hoursToNotice)
    {
        var hour = Rhythm.Evidence(HourShare) < WorthSaying ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"{s.Time:dddd HH}:00 UTC has {100 * HourShare:0.00} % of what is started here, {100.0 / Rhythm.Hours:0.00} % if all hours were alike");
        return string.Join("; ", new[] { s.Doubt, hour, SayWhat(s, hoursToNotice) }.OfType<string>());
    }

    private string SayWhat(in Sighting s, double hoursToNotice) => (Refused >= 0.5, s.OneTimeUsd > 0, s.Hours < hoursToNotice) switch
    {
        (true, _, _) when Refused < 1.5 => "after a refused call within the hour",
        (true, _, _) => string.Create(CultureInfo.InvariantCulture, $"after {Refused:0} refused calls within the hour"),
        (_, true, _) => "paid at once, cannot be undone by stopping",
        (_, _, true) => string.Create(CultureInfo.InvariantCulture, $"ends by itself within {s.Hours:0.#} h"),
        _ => "nothing known for or against",
    };
}
