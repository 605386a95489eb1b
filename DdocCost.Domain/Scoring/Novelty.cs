namespace DdocCost.Domain.Scoring;

/// <summary>Who, what and where is new here, and what that says. Pure.</summary>
internal static class Novelty
{
    /// <summary>What is said where nothing is new.</summary>
    public const string NothingNew = "nothing new";

    public static (double Who, double What, double Where) Of(in Sighting s, Scene scene, DetectionOptions options)
    {
        var who = Math.Max(
            scene.Actor.NoveltyAt(s.Time, scene.News.Actor, options),
            scene.Cause.NoveltyAt(s.Time, scene.News.Cause, options));
        var what = scene.Type.Track.NoveltyAt(s.Time, scene.News.Type, options);
        var where = scene.Region.NoveltyAt(s.Time, scene.News.Region, options);
        return (who, what, where);
    }

    /// <summary>What is new, in words.</summary>
    public static string Say(in Sighting s, Firsts firsts, bool isOffHours)
    {
        List<string> news = [];
        if (firsts.HasFlag(Firsts.Actor))
        {
            news.Add(NameOf(s.Actor));
        }

        if (firsts.HasFlag(Firsts.Type))
        {
            news.Add(s.ResourceType);
        }

        if (firsts.HasFlag(Firsts.Region))
        {
            news.Add(s.Region);
        }

        return news.Count > 0
            ? $"first time here: {string.Join(", ", news)}"
            : firsts.HasFlag(Firsts.Cause) ? $"first {s.ResourceType} by {NameOf(s.Actor)} in {s.Region}"
            : isOffHours ? $"not at the hour at which {NameOf(s.Actor)} starts {s.ResourceType}" : NothingNew;
    }

    // role/Developer/alice is alice to a person.
    private static string NameOf(string actorId) => actorId[(actorId.LastIndexOf('/') + 1)..];
}

/// <summary>What is there for the first time.</summary>
[Flags]
internal enum Firsts
{
    None = 0,
    Actor = 1,
    Cause = 2,
    Type = 4,
    Region = 8,
}

/// <summary>How often an event brings a new actor, cause, resource type or region here. The default has seen nothing.</summary>
/// <param name="Events">Cost-bearing events.</param>
/// <param name="Actors">Of them by a new actor.</param>
/// <param name="Causes">Of them of a new combination of actor, type and region.</param>
/// <param name="Types">Of them of a new resource type.</param>
/// <param name="Regions">Of them in a new region.</param>
public readonly record struct NoveltyRates(DecayingSum Events, DecayingSum Actors, DecayingSum Causes, DecayingSum Types, DecayingSum Regions)
{
    /// <summary>With an event more.</summary>
    /// <param name="firsts">What it brought.</param>
    /// <param name="time">When, UTC.</param>
    /// <param name="memory">In which it is half forgotten.</param>
    internal NoveltyRates With(Firsts firsts, DateTimeOffset time, TimeSpan memory) => new(
        Events.Add(1, time, memory),
        Actors.Add(firsts.HasFlag(Firsts.Actor) ? 1 : 0, time, memory),
        Causes.Add(firsts.HasFlag(Firsts.Cause) ? 1 : 0, time, memory),
        Types.Add(firsts.HasFlag(Firsts.Type) ? 1 : 0, time, memory),
        Regions.Add(firsts.HasFlag(Firsts.Region) ? 1 : 0, time, memory));

    /// <summary>The same after a clock that had run ahead was set right.</summary>
    public NoveltyRates Clocked(DateTimeOffset now) =>
        new(Events.Clocked(now), Actors.Clocked(now), Causes.Clocked(now), Types.Clocked(now), Regions.Clocked(now));

    /// <summary>Events a week, of late; a day of as many as are assumed is imagined.</summary>
    public double PerWeek(TimeSpan age, DetectionOptions options)
    {
        var days = options.Memory.TotalDays / Math.Log(2) * (1 - DecayingSum.Decay(age, options.Memory));
        return 7 * (Events.Value + (options.EventsPerWeek / 7)) / (days + 1);
    }

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
