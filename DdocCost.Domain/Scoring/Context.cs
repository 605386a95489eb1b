using System.Globalization;

namespace DdocCost.Domain.Scoring;

/// <summary>What besides size and newness speaks for or against.</summary>
/// <param name="Refused">Calls of the actor that were refused within the hour.</param>
internal readonly record struct Surroundings(double Refused)
{
    /// <summary>What that says of every sum, nats.</summary>
    public double Evidence => Refused > 0 ? Math.Log(1 + Refused) : 0;

    public static Surroundings Of(in Sighting s, Scene scene, DetectionOptions options) => new(scene.Actor.Refused.Until(s.Time, options.Burst));

    /// <summary>The same in words.</summary>
    public string Say(in Sighting s, double hoursToNotice) => (Refused >= 0.5, s.OneTimeUsd > 0, s.Hours < hoursToNotice) switch
    {
        (true, _, _) when Refused < 1.5 => "after a refused call within the hour",
        (true, _, _) => string.Create(CultureInfo.InvariantCulture, $"after {Refused:0} refused calls within the hour"),
        (_, true, _) => "paid at once, cannot be undone by stopping",
        (_, _, true) => string.Create(CultureInfo.InvariantCulture, $"ends by itself within {s.Hours:0.#} h"),
        _ => "nothing known for or against",
    };
}
