using System.Collections;
using System.Globalization;

namespace DdocCost.Domain.Scoring;

/// <summary>The components of a verdict, strongest first, kept as bare numbers and put into words when somebody reads them: most are never read.</summary>
internal sealed class Explanation : IReadOnlyList<ScoreComponent>
{
    private ScoreComponent[]? components;

    public required Sighting Sighting { get; init; }

    public required View Magnitude { get; init; }

    public required View Rate { get; init; }

    public required View Drift { get; init; }

    /// <summary>How many observations stand behind each.</summary>
    public required (double Magnitude, double Rate, double Drift, double Novelty) Counts { get; init; }

    public required double Newness { get; init; }

    public required Firsts Firsts { get; init; }

    /// <summary>Whether its cause keeps its hours, and this is none of them.</summary>
    public required bool IsOffHours { get; init; }

    public required Surroundings Context { get; init; }

    /// <summary>See <see cref="Scoring.Weighing"/>.</summary>
    public required Weighing Weighing { get; init; }

    /// <summary>See <see cref="DetectionOptions.HoursToNotice"/>.</summary>
    public required double HoursToNotice { get; init; }

    public int Count => Written.Length;

    private ScoreComponent[] Written => components ??= Write();

    public ScoreComponent this[int index] => Written[index];

    public IEnumerator<ScoreComponent> GetEnumerator() => Written.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private ScoreComponent[] Write()
    {
        ScoreComponent[] parts =
        [
            Sized("magnitude", Magnitude, Counts.Magnitude, "this event"),
            Sized("rate", Rate, Counts.Rate, $"added within the hour by {Whose(Rate.Scope)}"),
            Sized("drift", Drift, Counts.Drift, SayDrift()),
            new ScoreComponent("novelty", Score(Magnitude.UsdPerDay, Newness), Newness, null, null, Counts.Novelty, "nats", Novelty.Say(Sighting, Firsts, IsOffHours)),
            new ScoreComponent("context", 0, Context.Evidence, null, null, 0, "nats", Context.Say(Sighting, HoursToNotice)),
        ];
        Array.Sort(parts, static (x, y) => y.Score.CompareTo(x.Score));
        return parts;
    }

    private string SayDrift() => Drift.Aspect switch
    {
        Aspect.Age => Forgotten(Drift.UsdPerDay),
        Aspect.Growth => $"has become usual by small steps for {Whose(Drift.Scope)}, compared with what was before",
        Aspect.Starts => $"started over days, by {Whose(Drift.Scope)}",
        Aspect.StartsOfAll => $"started over days and not usual for {Whose(Drift.Scope)}, compared with all that this account starts",
        _ => $"added over days and still running, by {Whose(Drift.Scope)}",
    };

    private ScoreComponent Sized(string name, in View view, double count, string text) =>
        new(name, Score(view.UsdPerDay, view.Surprise), view.Level, view.Norm.Usual, view.Norm.Deviation, count, UnitOf(view.Aspect), text)
        {
            UsdAtRisk = view.UsdPerDay,
            Surprise = view.Surprise,
            Newness = view.Newness,
            Support = view.Norm.Support,
        };

    private double Score(double usdPerDay, double evidence) =>
        Evidence.Score(usdPerDay * Evidence.Chance(evidence + Weighing.ContextNats, Weighing.BaseRate), Weighing.InterruptionUsd);

    private static string UnitOf(Aspect aspect) => aspect switch
    {
        Aspect.Starts or Aspect.StartsOfAll => "starts",
        Aspect.Age => "h",
        _ => "USD/day",
    };

    private static string Forgotten(double usdPerDay) =>
        string.Create(CultureInfo.InvariantCulture, $"hours that the oldest has run of what should have ended, {usdPerDay:0.##} USD a day in all");

    private string Whose(Scope scope) => scope switch
    {
        Scope.Account => "the account",
        Scope.Type => Sighting.ResourceType,
        Scope.Actor => Sighting.Actor,
        _ => $"{Sighting.Actor} with {Sighting.ResourceType}",
    };
}
