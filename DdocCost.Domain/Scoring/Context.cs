using System.Globalization;

namespace DdocCost.Domain.Scoring;

/// <summary>What besides size and newness speaks for or against.</summary>
/// <param name="Refused">Calls of the actor that were refused within the hour.</param>
/// <param name="HourShare">Share of ordinary starts that falls on this hour of the week.</param>
/// <param name="PerWeek">Events a week in this account.</param>
/// <param name="EventsPerWeek">See <see cref="DetectionOptions.EventsPerWeek"/>.</param>
internal readonly record struct Surroundings(double Refused, double HourShare, double PerWeek, double EventsPerWeek)
{
    /// <summary>What moves the odds by less than a tenth is not worth a word, nats.</summary>
    public const double WorthSaying = 0.1;

    /// <summary>What that says of every sum, nats.</summary>
    public double Evidence => (Refused > 0 ? Math.Log(1 + Refused) : 0) + Rhythm.Evidence(HourShare);

    /// <summary>What little being done says of what is done now, nats; what adds up over days does so with the days, however little is done.</summary>
    public double Calm => Scoring.Evidence.OfCalm(PerWeek, EventsPerWeek);

    public static Surroundings Of(in Sighting s, Scene scene, AccountProfile profile, DetectionOptions options) => new(
        scene.Actor.Refused.Until(s.Time, options.Burst),
        scene.HourShare,
        profile.Novelty.PerWeek(s.Time - profile.KnownSince, options),
        options.EventsPerWeek);

    /// <summary>The same in words.</summary>
    public string Say(in Sighting s, double hoursToNotice)
    {
        var hour = Rhythm.Evidence(HourShare) < WorthSaying ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"{s.Time:dddd HH}:00 UTC has {100 * HourShare:0.00} % of what is started here, {100.0 / Rhythm.Hours:0.00} % if all hours were alike");
        var calm = Calm < WorthSaying ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"little happens here, {PerWeek:0.#} cost events a week: {Calm:0.00} nats for what is done now");
        return string.Join("; ", new[] { s.Doubt, hour, calm, SayWhat(s, hoursToNotice) }.OfType<string>());
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
