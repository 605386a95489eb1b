using DdocCost.Domain.Ledger;
using DdocCost.Domain.Normalise;

namespace DdocCost.Domain.Scoring;

/// <summary>Scores the events of one account against what is normal there, and learns. Single-threaded, bounded.</summary>
/// <remarks>
/// One question is asked of several sums of money: this event; what its cause, its actor, its resource type and the whole account added
/// within the last hour; and over the last days. Each is money at risk with a chance of being unwanted. The largest expected loss decides,
/// and a person is told where it is larger than what the interruption costs.
/// </remarks>
public sealed class AccountScorer
{
    private const int MostBaselines = 512;
    private const int MostActors = 128;
    private const int MostCauses = 256;
    private const int MostRegions = 64;
    private const string OtherTypes = "other";

    private DetectionOptions options;
    private readonly Dictionary<string, Baseline> baselines = new(StringComparer.Ordinal);
    private readonly HashSet<string> changed = new(StringComparer.Ordinal);
    private readonly TrackTable actors;
    private readonly TrackTable causes;
    private readonly TrackTable regions;
    private readonly RecentContributions recent;
    private readonly Scene scene = new();
    private readonly AccountProfile profile;
    private bool profileChanged;

    /// <summary>Takes up where it was left.</summary>
    public AccountScorer(string accountId, IEnumerable<Baseline> baselines, AccountProfile? profile, DetectionOptions? options = null)
    {
        AccountId = accountId;
        this.options = options ?? DetectionOptions.Default;
        this.profile = profile is null ? new AccountProfile { Id = accountId } : profile with { Track = profile.Track.Copy(), Rhythm = profile.Rhythm.Copy() };
        foreach (var baseline in baselines)
        {
            this.baselines[baseline.ResourceType] = baseline with { Track = baseline.Track.Copy() };
        }

        actors = new TrackTable(MostActors, this.profile.Actors);
        causes = new TrackTable(MostCauses, this.profile.Causes);
        regions = new TrackTable(MostRegions, this.profile.Regions);
        recent = new RecentContributions(this.profile.Recent);
    }

    /// <summary>Account.</summary>
    public string AccountId { get; }

    /// <summary>Parameters. May change from one event to the next in what weighs a sum (price of an interruption, base rate), not in what is learned.</summary>
    public DetectionOptions Options
    {
        get => options;
        set => options = value;
    }

    /// <summary>Scores an event, then learns from it unless it was flagged.</summary>
    public Verdict Score(CostedEvent e)
    {
        profileChanged = true;
        var time = EventClock.Believe(profile, e.Event.Time);
        var s = Sighting.Of(e, time, options);
        Average(e, time);
        TakeBackStopped(e, s);
        if (s.UsdWithin(options.HoursToNotice) <= 0)
        {
            return ScoreFree(e, s);
        }

        Enter(s);
        var (verdict, scope, isLeak) = Appraisal.Of(s, scene, profile, options);
        if (verdict.Severity == Severity.None)
        {
            Learn(e, s);
            return verdict;
        }

        var isTold = verdict.Severity > Severity.Info;
        var earlier = recent.Of(s, scope, 2 * (isLeak ? options.Leak : options.Burst), isTold);
        if (isTold)
        {
            TakeOutTold(s, earlier);
            if (isLeak)
            {
                TakeOutLeak(scope, verdict.MoneyAtRiskUsd);
            }
        }
        else
        {
            // Shown, but told to nobody: it is still part of what may be told later.
            recent.Add(e, s);
        }

        HoldBack(s);
        return verdict with { Earlier = earlier };
    }

    /// <summary>
    /// Takes somebody's word that what was flagged of a cause is ordinary: it is learned the day after, without waiting for it to persist.
    /// </summary>
    /// <param name="actorId">Who did it.</param>
    /// <param name="resourceType">What it was.</param>
    /// <param name="region">Where.</param>
    /// <param name="isAccepted">false takes the word back, as far as it has not been learned yet.</param>
    public void Accept(string actorId, string resourceType, string region, bool isAccepted = true)
    {
        profileChanged = true;
        profile.Track.Accept(isAccepted);
        if (baselines.TryGetValue(resourceType, out var baseline))
        {
            baseline.Track.Accept(isAccepted);
            baseline.HeldEvent = baseline.HeldEvent with { IsAccepted = isAccepted };
            Store(baseline);
        }

        actors.Find(actorId)?.Accept(isAccepted);
        causes.Find(Sighting.CauseOf(actorId, resourceType, region))?.Accept(isAccepted);
    }

    /// <summary>What changed since the last call, for storage; forgets it.</summary>
    public (IReadOnlyList<Baseline> Baselines, AccountProfile? Profile) DrainChanges()
    {
        if (!profileChanged)
        {
            return ([], null);
        }

        var kept = profile with
        {
            Track = profile.Track.Copy(), Rhythm = profile.Rhythm.Copy(), Actors = actors.ToList(), Causes = causes.ToList(), Regions = regions.ToList(), Recent = recent.ToList(),
        };
        Baseline[] changes = [.. changed.Order(StringComparer.Ordinal).Select(type => baselines[type] with { Track = baselines[type].Track.Copy() })];
        changed.Clear();
        profileChanged = false;
        return (changes, kept);
    }

    /// <summary>Keeps the average of what runs, flagged resources left out.</summary>
    private void Average(CostedEvent e, DateTimeOffset time)
    {
        var share = 1 - DecayingSum.Decay(time - profile.AveragedAt, options.Acceptance);
        var running = Sighting.Finite((double)e.ExposureAfterUsdPerHour) - profile.Flagged.Until(time, options.Memory);
        profile.UsualUsdPerHour = profile.AveragedAt == default ? 0 : profile.UsualUsdPerHour + (share * (profile.RunningUsdPerHour - profile.UsualUsdPerHour));
        profile.RunningUsdPerHour = Math.Max(0, running);
        profile.AveragedAt = time > profile.AveragedAt ? time : profile.AveragedAt;
    }

    private void TakeBackStopped(CostedEvent e, in Sighting s)
    {
        for (var i = 0; i < e.Expired.Count; i++)
        {
            recent.Stop(e.Expired[i]);
        }

        for (var i = 0; i < e.Stopped.Count; i++)
        {
            TakeBack(e.Stopped[i], e, s);
        }
    }

    private void TakeBack(StoppedResource stopped, CostedEvent e, in Sighting s)
    {
        var usdPerHour = Sighting.Finite((double)stopped.UsdPerHour);
        var since = stopped.Since is { } start && start <= s.Time ? start : s.Time;
        var actor = stopped.StartedByActor ?? s.Actor;
        var cause = FindCause(actor, s.ResourceType, s.Region);

        // A job that has done its work; what ran for longer than anybody needs to notice was cleaned up.
        var ended = s.IsAutomation && actor == s.Actor && cause is { Burst.Held.IsEmpty: false } && (s.Time - since).TotalHours < options.HoursToNotice;

        recent.Stop(stopped);
        TakeBackFrom(profile.Track, s.Time);
        if (baselines.TryGetValue(s.ResourceType, out var baseline))
        {
            baseline.HeldEvent = ended ? baseline.HeldEvent with { HasEnded = true } : baseline.HeldEvent;
            TakeBackFrom(baseline.Track, s.Time);
            Store(baseline);
        }

        if (actors.Find(actor) is { } known)
        {
            TakeBackFrom(known, s.Time);
        }

        if (cause is not null)
        {
            TakeBackFrom(cause, s.Time);
            if (stopped.Since is not null)
            {
                cause.Lifetimes = cause.Lifetimes.EndedAfter(s.Time - since, 1.0 / e.Stopped.Count, options);
                cause.Standing = cause.Standing.Without(usdPerHour, since);
            }
        }

        void TakeBackFrom(Track track, DateTimeOffset time)
        {
            if (ended)
            {
                track.End();
            }

            track.TakeBack(usdPerHour * options.HoursToNotice, since, time, options);
        }
    }

    private Track? FindCause(string actor, string resourceType, string region)
    {
        Span<char> name = stackalloc char[256];
        return causes.Find(name.TryWrite($"{actor}|{resourceType}|{region}", out var length) ? name[..length] : Sighting.CauseOf(actor, resourceType, region));
    }

    /// <summary>Nothing was added: a stop, a refused call, a definition, an unknown price.</summary>
    private Verdict ScoreFree(CostedEvent e, in Sighting s)
    {
        if (e.Event.Action != ResourceAction.None)
        {
            return Verdict.Quiet;
        }

        var actor = actors.Find(s.Actor) ?? new Track();
        actor.Refused = actor.Refused.Add(1, s.Time, options.Burst);
        actor.LastSeen = s.Time > actor.LastSeen ? s.Time : actor.LastSeen;
        actors.Keep(actor, s.Actor);
        return new Verdict(0, Severity.None, 0, [new ScoreComponent("context", 0, 0, null, null, 0, "USD", "refused or a dry run: costs nothing")], "");
    }

    /// <summary>Looks up what the event touches, moves it on to the event's time and adds the event's money.</summary>
    private void Enter(in Sighting s)
    {
        var time = s.Time;
        var age = time - profile.KnownSince;
        var knownSince = profile.KnownSince;
        var prior = Norm.Prior(options);

        var account = scene.Account = profile.Track;
        account.Roll(time, prior, knownSince, options);
        scene.AccountNorm = account.Expect(prior, options);

        var type = scene.Type = BaselineOf(s.ResourceType);
        Roll(type, scene.AccountNorm, time, knownSince);
        scene.TypeNorm = type.Track.Expect(scene.AccountNorm, options);
        scene.EventNorm = Expectation.OfMoney(options).After(profile.EventMoney, options).After(type.EventMoney, options);

        var actor = scene.Actor = actors.Find(s.Actor) ?? new Track();
        actor.Roll(time, scene.AccountNorm, knownSince, options);
        scene.ActorNorm = actor.Expect(scene.AccountNorm, options);

        var cause = scene.Cause = FindCause(s.Actor, s.ResourceType, s.Region) ?? new Track();
        cause.Roll(time, scene.TypeNorm, knownSince, options, isOfCause: true);
        cause.AddStanding(s, options);
        scene.CauseNorm = cause.Expect(scene.TypeNorm, options);

        scene.Region = regions.Find(s.Region) ?? new Track();

        // Of what was accepted neither who, nor what, nor where is news.
        actor.KnowWith(cause);
        type.Track.KnowWith(cause);
        scene.Region.KnowWith(cause);

        scene.Firsts = (actor.IsNew ? Firsts.Actor : 0) | (cause.IsNew ? Firsts.Cause : 0) | (type.Track.IsNew ? Firsts.Type : 0) | (scene.Region.IsNew ? Firsts.Region : 0);
        scene.News = scene.Firsts == Firsts.None ? default : profile.Novelty.At(age, options);

        scene.HourShare = profile.Rhythm.Share(time, options);

        var lasting = s.UsdLasting(options);
        scene.UsdAtRisk = s.UsdWithin(s.IsAutomation ? cause.Lifetimes.Hours(options) : options.HoursToNotice);
        var ordinary = cause.Burst.OrdinaryPart(scene.UsdAtRisk, time, options.Burst, scene.CauseNorm.Burst);
        var ordinaryStarts = cause.Pace.OrdinaryPart(1, time, options.Burst, scene.CauseNorm.Pace);
        var ordinaryTally = cause.Tally.OrdinaryPart(1, time, options.Leak, scene.CauseNorm.Tally);
        account.Add(scene.UsdAtRisk, lasting, time, options, ordinary, ordinaryStarts, ordinaryTally);
        type.Track.Add(scene.UsdAtRisk, lasting, time, options, ordinary, ordinaryStarts, ordinaryTally);
        actor.Add(scene.UsdAtRisk, lasting, time, options, ordinary, ordinaryStarts, ordinaryTally);
        cause.Add(scene.UsdAtRisk, lasting, time, options);
    }

    private Baseline BaselineOf(string type)
    {
        if (baselines.TryGetValue(type, out var known))
        {
            return known;
        }

        // What nobody can name all of shares one baseline.
        if (baselines.Count >= MostBaselines && type != OtherTypes)
        {
            return BaselineOf(OtherTypes);
        }

        return new Baseline { Id = $"{AccountId}/{type}", AccountId = AccountId, ResourceType = type };
    }

    private void Roll(Baseline baseline, in Norm prior, DateTimeOffset time, DateTimeOffset knownSince)
    {
        if (baseline.HeldEvent.IsDue(time, knownSince, options))
        {
            baseline.EventMoney = baseline.HeldEvent.Teach(
                baseline.EventMoney, Expectation.OfMoney(options).After(baseline.EventMoney, options), isOfCause: false, options);
            baseline.HeldEvent = default;
        }

        baseline.Track.Roll(time, prior, knownSince, options);
    }

    /// <summary>
    /// What was told belongs to a case now: it stays in the short windows of its cause, so that the rest of a burst is recognised, and leaves
    /// those that it shares with others.
    /// </summary>
    private void TakeOutTold(in Sighting s, Contribution[] earlier)
    {
        var (time, lasting, burst, cause) = (s.Time, s.UsdLasting(options), scene.Cause.Burst.Level, scene.Cause);
        profile.Flagged = profile.Flagged.Add(s.UsdPerHour, time, options.Memory);
        profile.RunningUsdPerHour = Math.Max(0, profile.RunningUsdPerHour - s.UsdPerHour);
        var ordinary = cause.Burst.UsualPart(scene.CauseNorm.Burst);
        scene.Account.TakeOut(burst, ordinary, lasting, time, options);
        scene.Type.Track.TakeOut(burst, ordinary, lasting, time, options);
        scene.Actor.TakeOut(burst, ordinary, lasting, time, options);
        scene.Account.TakeBackStart(time, options);
        scene.Type.Track.TakeBackStart(time, options);
        scene.Actor.TakeBackStart(time, options);
        cause.Hold(time, s.EndsByItself(options), scene.CauseNorm);
        cause.Told(time);
        cause.TakeOut(0, 0, lasting, time, options);
        cause.ForgetDay();
        cause.Standing = cause.Standing.WithoutOverdue(time, cause.Lifetimes.Expect(options)).Without(s.UsdPerHour, time);

        // What went before without being told is part of the same case now, and leaks no more, whoever else's sums it is in.
        foreach (var c in earlier)
        {
            TakeBackShared(scene.Account, c);
            TakeBackFromType(c);
            TakeBackShared(c.ActorId == s.Actor ? scene.Actor : actors.Find(c.ActorId), c);
            var its = c.ActorId == s.Actor && c.ResourceType == s.ResourceType && c.Region == s.Region ? cause : FindCause(c.ActorId, c.ResourceType, c.Region);
            TakeBack(its, c);
            if (its is not null)
            {
                its.Standing = its.Standing.Without(Sighting.Finite((double)c.UsdPerHour), c.Time);
            }
        }

        void TakeBackFromType(Contribution c)
        {
            var type = c.ResourceType == scene.Type.ResourceType ? scene.Type : baselines.GetValueOrDefault(c.ResourceType);
            TakeBackShared(type?.Track, c);
            if (type is not null)
            {
                Store(type);
            }
        }

        void TakeBackShared(Track? track, Contribution c)
        {
            TakeBack(track, c);
            track?.TakeBackStart(c.Time, options);
        }

        void TakeBack(Track? track, Contribution c) =>
            track?.Leak.TakeBack(Sighting.Finite((double)c.UsdPerHour) * options.HoursToNotice, c.Time, options.Leak, options.Leak / 4);
    }

    /// <summary>What was told as having added up belongs to a case now, in the sum it was found in and in wider ones: it is not told again.</summary>
    private void TakeOutLeak(Scope scope, double usdPerDay)
    {
        TakeBack(scene.Account, true);
        TakeBack(scene.Type.Track, scope is Scope.Type or Scope.Cause);
        TakeBack(scene.Actor, scope is Scope.Actor or Scope.Cause);
        TakeBack(scene.Cause, scope is Scope.Cause);

        void TakeBack(Track track, bool isPartOf)
        {
            if (isPartOf)
            {
                track.Leak.TakeBack(usdPerDay, track.Leak.Sum.At, options.Leak, options.Leak / 4);
            }
        }
    }

    /// <summary>Learns nothing yet from what was flagged.</summary>
    private void HoldBack(in Sighting s)
    {
        var (time, ends) = (s.Time, s.EndsByItself(options));
        scene.Account.Hold(time, ends, scene.AccountNorm);
        scene.Type.Track.Hold(time, ends, scene.TypeNorm);
        scene.Type.HeldEvent = scene.Type.HeldEvent.With(scene.UsdAtRisk, time, ends);
        scene.Actor.Hold(time, ends, scene.ActorNorm);
        scene.Cause.Hold(time, ends, scene.CauseNorm);
        scene.Cause.Schedule = scene.Cause.Schedule.Noting(time);
        Keep(s);
    }

    private void Learn(CostedEvent e, in Sighting s)
    {
        var time = s.Time;
        scene.Account.Learn(time, 0);
        profile.EventMoney = Learned(profile.EventMoney, scene.UsdAtRisk, Expectation.OfMoney(options));
        profile.Novelty = profile.Novelty.With(scene.Firsts, time, options.Memory);
        profile.Rhythm.Learn(time);

        var type = scene.Type;
        type.Track.Learn(time, scene.News.Type);
        type.EventMoney = Learned(type.EventMoney, scene.UsdAtRisk, scene.EventNorm);
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
        Keep(s);
        recent.Add(e, s);
    }

    private void Keep(in Sighting s)
    {
        Store(scene.Type);
        actors.Keep(scene.Actor, s.Actor);
        regions.Keep(scene.Region, s.Region);
        if (scene.Cause.Name is null)
        {
            causes.Keep(scene.Cause, Sighting.CauseOf(s.Actor, s.ResourceType, s.Region));
        }
    }

    /// <summary>With an event's money, forgetting by events so that the latest <see cref="DetectionOptions.MostWeight"/> or so count.</summary>
    private Moments Learned(Moments known, double usdPerDay, Expectation norm)
    {
        var value = norm.Stepped(usdPerDay, options);
        return known.Forget(1 - (1 / (4 * options.MostWeight))).Add(value);
    }

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

    private void Store(Baseline baseline)
    {
        baselines[baseline.ResourceType] = baseline;
        changed.Add(baseline.ResourceType);
    }
}
