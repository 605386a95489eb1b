namespace DdocCost.Domain.Scoring;

/// <summary>Looks up what an event touches, moves it on to the event's time and adds the event's money.</summary>
internal sealed class Entry(AccountMemory memory, Scene scene)
{
    /// <summary>Sets the scene for an event.</summary>
    public void Take(in Sighting s, DetectionOptions options)
    {
        RollOn(s, options);
        LookForNews(s, options);
        Add(s, options);
    }

    private void RollOn(in Sighting s, DetectionOptions options)
    {
        var (time, knownSince, prior, profile) = (s.Time, memory.Profile.KnownSince, Norm.Prior(options), memory.Profile);

        var account = scene.Account = profile.Track;
        account.Roll(time, prior, knownSince, options);
        scene.AccountNorm = account.Expect(prior, options);

        var type = scene.Type = memory.TypeOf(s.ResourceType);
        Roll(type, scene.AccountNorm, time, knownSince, options);
        scene.TypeNorm = type.Track.Expect(scene.AccountNorm, options);
        scene.EventNorm = Expectation.OfMoney(options).After(profile.EventMoney, options).After(type.EventMoney, options);

        var actor = scene.Actor = memory.Actors.Find(s.Actor) ?? new Track();
        actor.Roll(time, scene.AccountNorm, knownSince, options);
        scene.ActorNorm = actor.Expect(scene.AccountNorm, options);

        var cause = scene.Cause = memory.FindCause(s.Actor, s.ResourceType, s.Region) ?? new Track();
        cause.Roll(time, scene.TypeNorm, knownSince, options, isOfCause: true);
        cause.AddStanding(s, options);
        scene.CauseNorm = cause.Expect(scene.TypeNorm, options);

        scene.Region = memory.Regions.Find(s.Region) ?? new Track();
    }

    private static void Roll(Baseline baseline, in Norm prior, DateTimeOffset time, DateTimeOffset knownSince, DetectionOptions options)
    {
        if (baseline.HeldEvent.IsDue(time, knownSince, options))
        {
            baseline.EventMoney = baseline.HeldEvent.Teach(
                baseline.EventMoney, Expectation.OfMoney(options).After(baseline.EventMoney, options), isOfCause: false, options);
            baseline.HeldEvent = default;
        }

        baseline.Track.Roll(time, prior, knownSince, options);
    }

    private void LookForNews(in Sighting s, DetectionOptions options)
    {
        var (actor, cause, type, region) = (scene.Actor, scene.Cause, scene.Type.Track, scene.Region);

        // Of what was accepted neither who, nor what, nor where is news.
        actor.KnowWith(cause);
        type.KnowWith(cause);
        region.KnowWith(cause);

        scene.Firsts = (actor.IsNew ? Firsts.Actor : 0) | (cause.IsNew ? Firsts.Cause : 0) | (type.IsNew ? Firsts.Type : 0) | (region.IsNew ? Firsts.Region : 0);
        scene.News = scene.Firsts == Firsts.None ? default : memory.Profile.Novelty.At(s.Time - memory.Profile.KnownSince, options);
        scene.HourShare = memory.Profile.Rhythm.Share(s.Time, options);
    }

    private void Add(in Sighting s, DetectionOptions options)
    {
        var (time, cause, lasting) = (s.Time, scene.Cause, s.UsdLasting(options));
        scene.UsdAtRisk = s.UsdWithin(s.IsAutomation ? cause.Lifetimes.Hours(options) : options.HoursToNotice);
        var ordinary = cause.Burst.OrdinaryPart(scene.UsdAtRisk, time, options.Burst, scene.CauseNorm.Burst);
        var ordinaryStarts = cause.Pace.OrdinaryPart(1, time, options.Burst, scene.CauseNorm.Pace);
        var ordinaryTally = cause.Tally.OrdinaryPart(1, time, options.Leak, scene.CauseNorm.Tally);
        scene.Account.Add(scene.UsdAtRisk, lasting, time, options, ordinary, ordinaryStarts, ordinaryTally);
        scene.Type.Track.Add(scene.UsdAtRisk, lasting, time, options, ordinary, ordinaryStarts, ordinaryTally);
        scene.Actor.Add(scene.UsdAtRisk, lasting, time, options, ordinary, ordinaryStarts, ordinaryTally);
        cause.Add(scene.UsdAtRisk, lasting, time, options);
    }
}
