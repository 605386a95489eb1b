namespace DdocCost.Domain.Scoring;

/// <summary>Who, what and where is new here, and what that says. Pure.</summary>
internal static class Novelty
{
    /// <summary>What is said where nothing is new.</summary>
    public const string NothingNew = "nothing new";

    public static (double Who, double What, double Where, string Text) Of(in Sighting s, Scene scene, DetectionOptions options)
    {
        var who = Math.Max(
            scene.Actor.NoveltyAt(s.Time, scene.News.Actor, options),
            scene.Cause.NoveltyAt(s.Time, scene.News.Cause, options));
        var what = scene.Type.Track.NoveltyAt(s.Time, scene.News.Type, options);
        var where = scene.Region.NoveltyAt(s.Time, scene.News.Region, options);
        return (who, what, where, Say(s, scene));
    }

    private static string Say(in Sighting s, Scene scene)
    {
        List<string> news = [];
        if (scene.Actor.IsNew)
        {
            news.Add(NameOf(s.Actor));
        }

        if (scene.Type.Track.IsNew)
        {
            news.Add(s.ResourceType);
        }

        if (scene.Region.IsNew)
        {
            news.Add(s.Region);
        }

        return news.Count > 0
            ? $"first time here: {string.Join(", ", news)}"
            : scene.Cause.IsNew ? $"first {s.ResourceType} by {NameOf(s.Actor)} in {s.Region}" : NothingNew;
    }

    // role/Developer/alice is alice to a person.
    private static string NameOf(string actorId) => actorId[(actorId.LastIndexOf('/') + 1)..];
}

/// <summary>How often an event brings a new actor, cause, resource type or region here.</summary>
/// <param name="Events">Cost-bearing events.</param>
/// <param name="Actors">Of them by a new actor.</param>
/// <param name="Causes">Of them of a new combination of actor, type and region.</param>
/// <param name="Types">Of them of a new resource type.</param>
/// <param name="Regions">Of them in a new region.</param>
public sealed record NoveltyRates(DecayingSum Events, DecayingSum Actors, DecayingSum Causes, DecayingSum Types, DecayingSum Regions)
{
    /// <summary>Nothing seen.</summary>
    public static readonly NoveltyRates None = new(default, default, default, default, default);

    /// <summary>The same after a clock that had run ahead was set right.</summary>
    public NoveltyRates Clocked(DateTimeOffset now) =>
        new(Events.Clocked(now), Actors.Clocked(now), Causes.Clocked(now), Types.Clocked(now), Regions.Clocked(now));

    /// <summary>What a first time says in an account known for so long: what is always happening says little, and on day 0 nothing does.</summary>
    public News At(TimeSpan age, DetectionOptions options)
    {
        var events = Events.Value;
        var known = 1 - DecayingSum.Decay(age, options.Novelty);
        return new News(
            known * Evidence.OfNewness(Actors.Value, events),
            known * Evidence.OfNewness(Causes.Value, events),
            known * Evidence.OfNewness(Types.Value, events),
            known * Evidence.OfNewness(Regions.Value, events));
    }
}

/// <summary>What a first time says, nats.</summary>
/// <param name="Actor">Of an actor.</param>
/// <param name="Cause">Of a combination of actor, type and region.</param>
/// <param name="Type">Of a resource type.</param>
/// <param name="Region">Of a region.</param>
public readonly record struct News(double Actor, double Cause, double Type, double Region);
