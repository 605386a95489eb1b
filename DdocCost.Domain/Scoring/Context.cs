using System.Globalization;
using DdocCost.Domain.Ledger;

namespace DdocCost.Domain.Scoring;

/// <summary>What besides size and newness speaks for or against. Pure.</summary>
internal static class Context
{
    public static (double Evidence, string Text) Of(in Sighting s, Scene scene, CostedEvent e, DetectionOptions options)
    {
        var refused = scene.Actor.Refused.Until(s.Time, options.Burst);
        var evidence = Math.Log(1 + refused);
        var text = (refused >= 0.5, s.OneTimeUsd > 0, s.Hours < options.HoursToNotice) switch
        {
            (true, _, _) when refused < 1.5 => "after a refused call within the hour",
            (true, _, _) => string.Create(CultureInfo.InvariantCulture, $"after {refused:0} refused calls within the hour"),
            (_, true, _) => "paid at once, cannot be undone by stopping",
            (_, _, true) => string.Create(CultureInfo.InvariantCulture, $"ends by itself within {s.Hours:0.#} h"),
            _ => "nothing known for or against",
        };
        return (evidence, text);
    }
}
