using DdocCost.Domain.Ledger;

namespace DdocCost.Domain.Scoring;

/// <summary>What an event teaches: what is ordinary is learned, what was flagged waits to be accepted.</summary>
internal sealed class Lesson(AccountMemory memory, Scene scene)
{
    /// <summary>Learns from an event that was not flagged.</summary>
    public void Learn(CostedEvent e, in Sighting s, DetectionOptions options)
    {
        var (time, profile, type) = (s.Time, memory.Profile, scene.Type);
        scene.Account.Learn(time, 0);
        profile.EventMoney = Learned(profile.EventMoney, Expectation.OfMoney(options), options);
        profile.Novelty = profile.Novelty.With(scene.Firsts, time, options.Memory);
        profile.Rhythm.Learn(time);

        type.Track.Learn(time, scene.News.Type);
        type.EventMoney = Learned(type.EventMoney, scene.EventNorm, options);
        type.HourlyCost = type.HourlyCost.Add(s.UsdPerHour);
        type.MeanHourlyCost = type.HourlyCost.Mean;
        type.Deviation = type.HourlyCost.Deviation() ?? 0;
        type.EventCount++;
        type.ObservedActors = WithActor(type.ObservedActors, s.Actor);

        scene.Actor.Learn(time, scene.News.Actor);
        scene.Cause.Learn(time, scene.News.Cause, scene.Cause.IsSuspect(time, options));
        scene.Cause.Schedule = scene.Cause.Schedule.Noting(time).With(time, options);
        scene.Region.Add(0, 0, time, options);
        scene.Region.Learn(time, scene.News.Region);
        memory.Keep(s, scene);
        memory.Recent.Add(e, s);
    }

    /// <summary>Learns nothing yet from an event that was flagged.</summary>
    public void HoldBack(in Sighting s, DetectionOptions options)
    {
        var (time, ends) = (s.Time, s.EndsByItself(options));
        scene.Account.Hold(time, ends, scene.AccountNorm);
        scene.Type.Track.Hold(time, ends, scene.TypeNorm);
        scene.Type.HeldEvent = scene.Type.HeldEvent.With(scene.UsdAtRisk, time, ends);
        scene.Actor.Hold(time, ends, scene.ActorNorm);
        scene.Cause.Hold(time, ends, scene.CauseNorm);
        scene.Cause.Schedule = scene.Cause.Schedule.Noting(time);
        memory.Keep(s, scene);
    }

    /// <summary>Keeps the average of what runs, flagged resources left out.</summary>
    public void Average(CostedEvent e, DateTimeOffset time, DetectionOptions options)
    {
        var profile = memory.Profile;
        var share = 1 - DecayingSum.Decay(time - profile.AveragedAt, options.Acceptance);
        var running = Sighting.Finite((double)e.ExposureAfterUsdPerHour) - profile.Flagged.Until(time, options.Memory);
        profile.UsualUsdPerHour = profile.AveragedAt == default ? 0 : profile.UsualUsdPerHour + (share * (profile.RunningUsdPerHour - profile.UsualUsdPerHour));
        profile.RunningUsdPerHour = Math.Max(0, running);
        profile.AveragedAt = time > profile.AveragedAt ? time : profile.AveragedAt;
    }

    /// <summary>With the event's money, forgetting by events so that the latest <see cref="DetectionOptions.MostWeight"/> or so count.</summary>
    private Moments Learned(Moments known, in Expectation norm, DetectionOptions options) =>
        known.Forget(1 - (1 / (4 * options.MostWeight))).Add(norm.Stepped(scene.UsdAtRisk, options));

    private static IReadOnlyList<string> WithActor(IReadOnlyList<string> actors, string actor)
    {
        for (var i = 0; i < actors.Count; i++)
        {
            if (actors[i] == actor)
            {
                return actors;
            }
        }

        return [.. actors.TakeLast(Baseline.MostObservedActors - 1), actor];
    }
}
