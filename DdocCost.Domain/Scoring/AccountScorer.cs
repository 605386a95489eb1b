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
    private readonly Dictionary<string, Baseline> baselines = [];
    private readonly SortedSet<string> changed = new(StringComparer.Ordinal);
    private readonly TrackTable actors;
    private readonly TrackTable causes;
    private readonly TrackTable regions;
    private readonly RecentContributions recent;
    private AccountProfile profile;
    private bool profileChanged;

    /// <summary>Takes up where it was left.</summary>
    public AccountScorer(string accountId, IEnumerable<Baseline> baselines, AccountProfile? profile, DetectionOptions? options = null)
    {
        AccountId = accountId;
        this.options = options ?? DetectionOptions.Default;
        this.profile = profile is null ? new AccountProfile { Id = accountId } : profile with { Track = profile.Track.Copy() };
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
        (profile, var time) = EventClock.Believe(profile, e.Event.Time);
        var s = Sighting.Of(e, time, options);
        Average(e, time);
        TakeBackStopped(e, s);
        if (s.UsdWithin(options.HoursToNotice) <= 0)
        {
            return ScoreFree(e, s);
        }

        var scene = Enter(s);
        var (verdict, scope, isLeak) = Appraisal.Of(s, scene, profile, e, options);
        if (verdict.Severity == Severity.None)
        {
            Learn(e, s, scene);
            return verdict;
        }

        var earlier = recent.Take(s, scope, 2 * (isLeak ? options.Leak : options.Burst));
        HoldBack(s, verdict.Severity == Severity.Info ? scene : Told(s, scene, earlier));
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
        profile = profile with { Track = profile.Track.Accepted(isAccepted) };
        if (baselines.TryGetValue(resourceType, out var baseline))
        {
            Store(baseline with { Track = baseline.Track.Accepted(isAccepted), HeldEvent = baseline.HeldEvent with { IsAccepted = isAccepted } });
        }

        foreach (var (table, name) in new[] { (actors, actorId), (causes, Sighting.CauseOf(actorId, resourceType, region)), (regions, region) })
        {
            if (table.TryGet(name, out var track))
            {
                table[name] = track.Accepted(isAccepted);
            }
        }
    }

    /// <summary>What changed since the last call, for storage; forgets it.</summary>
    public (IReadOnlyList<Baseline> Baselines, AccountProfile? Profile) DrainChanges()
    {
        if (!profileChanged)
        {
            return ([], null);
        }

        profile = profile with { Actors = actors.ToList(), Causes = causes.ToList(), Regions = regions.ToList(), Recent = recent.ToList() };
        Baseline[] changes = [.. changed.Select(type => baselines[type] with { Track = baselines[type].Track.Copy() })];
        changed.Clear();
        profileChanged = false;
        return (changes, profile with { Track = profile.Track.Copy() });
    }

    /// <summary>Keeps the average of what runs, flagged resources left out.</summary>
    private void Average(CostedEvent e, DateTimeOffset time)
    {
        var share = 1 - DecayingSum.Decay(time - profile.AveragedAt, options.Acceptance);
        var running = Sighting.Finite((double)e.ExposureAfterUsdPerHour) - profile.Flagged.Until(time, options.Memory);
        profile = profile with
        {
            UsualUsdPerHour = profile.AveragedAt == default ? 0 : profile.UsualUsdPerHour + (share * (profile.RunningUsdPerHour - profile.UsualUsdPerHour)),
            RunningUsdPerHour = Math.Max(0, running),
            AveragedAt = time > profile.AveragedAt ? time : profile.AveragedAt,
        };
    }

    private void TakeBackStopped(CostedEvent e, in Sighting s)
    {
        var time = s.Time;
        var stopsItsOwn = e.Event.Actor.Kind is ActorKind.Automation or ActorKind.AwsService;
        foreach (var expired in e.Expired)
        {
            recent.Stop(expired);
        }

        foreach (var stopped in e.Stopped)
        {
            var usdPerDay = Sighting.Finite((double)stopped.UsdPerHour) * options.HoursToNotice;
            var since = stopped.Since is { } start && start <= s.Time ? start : s.Time;
            var actor = stopped.StartedByActor ?? s.Actor;
            var name = Sighting.CauseOf(actor, s.ResourceType, s.Region);
            var cause = causes[name];
            var ended = stopsItsOwn && actor == s.Actor && !cause.Burst.Held.IsEmpty;

            recent.Stop(stopped);
            profile = profile with { Track = Without(profile.Track) };
            if (baselines.TryGetValue(s.ResourceType, out var baseline))
            {
                var held = ended ? baseline.HeldEvent with { HasEnded = true } : baseline.HeldEvent;
                Store(baseline with { Track = Without(baseline.Track), HeldEvent = held });
            }

            if (actors.TryGet(actor, out var known))
            {
                actors[actor] = Without(known);
            }

            if (causes.TryGet(name, out cause))
            {
                causes[name] = Without(stopped.Since is null ? cause : cause with
                {
                    Lifetimes = cause.Lifetimes.EndedAfter(s.Time - since, 1.0 / e.Stopped.Count, options),
                    Standing = cause.Standing.Without(Sighting.Finite((double)stopped.UsdPerHour), since),
                });
            }

            Track Without(Track track) => (ended ? track.Ended() : track).TakeBack(usdPerDay, since, time, options);
        }
    }

    /// <summary>Nothing was added: a stop, a refused call, a definition, an unknown price.</summary>
    private Verdict ScoreFree(CostedEvent e, in Sighting s)
    {
        if (e.Event.Action != ResourceAction.None)
        {
            return Verdict.Quiet;
        }

        var actor = actors[s.Actor];
        actors[s.Actor] = actor with { Refused = actor.Refused.Add(1, s.Time, options.Burst), LastSeen = s.Time > actor.LastSeen ? s.Time : actor.LastSeen };
        return new Verdict(0, Severity.None, 0, [new ScoreComponent("context", 0, 0, null, null, 0, "USD", "refused or a dry run: costs nothing")], "");
    }

    /// <summary>Looks up what the event touches, moves it on to the event's time and adds the event's money.</summary>
    private Scene Enter(in Sighting s)
    {
        var time = s.Time;
        var age = time - profile.KnownSince;
        var patience = age < options.Acceptance ? age : options.Acceptance;
        var prior = Norm.Prior(options);

        var account = profile.Track.Roll(time, prior, patience, options);
        var accountNorm = account.Expect(prior, options);
        var type = Rolled(BaselineOf(s.ResourceType), accountNorm, time, patience);
        var typeNorm = type.Track.Expect(accountNorm, options);
        var actor = actors[s.Actor].Roll(time, accountNorm, patience, options);
        var cause = causes[s.Cause].Roll(time, typeNorm, patience, options, isOfCause: true).WithStanding(s, options);
        var lasting = s.UsdLasting(options);
        var money = s.UsdWithin(s.IsAutomation ? cause.Lifetimes.Hours(options) : options.HoursToNotice);
        var scene = new Scene
        {
            UsdAtRisk = money,
            News = profile.Novelty.At(age, options),
            Account = account.Add(money, lasting, time, options),
            AccountNorm = accountNorm,
            Type = type with { Track = type.Track.Add(money, lasting, time, options) },
            TypeNorm = typeNorm,
            EventNorm = Expectation.OfMoney(options).After(profile.EventMoney, options).After(type.EventMoney, options),
            Actor = actor.Add(money, lasting, time, options),
            ActorNorm = actor.Expect(accountNorm, options),
            Cause = cause.Add(money, lasting, time, options),
            CauseNorm = cause.Expect(typeNorm, options),
            Region = regions[s.Region].Roll(time, accountNorm, patience, options),
        };
        return scene;
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

    private Baseline Rolled(Baseline baseline, Norm prior, DateTimeOffset time, TimeSpan patience)
    {
        var money = baseline.EventMoney;
        var held = baseline.HeldEvent;
        if (held.IsDue(time, patience, options))
        {
            money = held.Teach(money, Expectation.OfMoney(options).After(money, options), isOfCause: false, options);
            held = default;
        }

        return baseline with { EventMoney = money, HeldEvent = held, Track = baseline.Track.Roll(time, prior, patience, options) };
    }

    /// <summary>
    /// What was told belongs to a case now: it stays in the short windows of its cause, so that the rest of a burst is recognised, and leaves
    /// those that it shares with others.
    /// </summary>
    private Scene Told(in Sighting s, Scene scene, Contribution[] earlier)
    {
        var (time, actorId, lasting, burst) = (s.Time, s.Actor, s.UsdLasting(options), scene.Cause.Burst.Level);
        profile = profile with
        {
            Flagged = profile.Flagged.Add(s.UsdPerHour, time, options.Memory),
            RunningUsdPerHour = Math.Max(0, profile.RunningUsdPerHour - s.UsdPerHour),
        };
        return scene with
        {
            Account = WithoutEarlier(scene.Account.Without(burst, lasting, time, options), _ => true),
            Type = scene.Type with { Track = WithoutEarlier(scene.Type.Track.Without(burst, lasting, time, options), c => c.ResourceType == scene.Type.ResourceType) },
            Actor = WithoutEarlier(scene.Actor.Without(burst, lasting, time, options), c => c.ActorId == actorId),
            Cause = WithoutEarlier(scene.Cause.Hold(time, s.EndsByItself(options), scene.CauseNorm).Without(0, lasting, time, options).ForgetDay(), c => c.ActorId == actorId && c.ResourceType == scene.Type.ResourceType) with
            {
                Standing = scene.Cause.Standing.WithoutOverdue(time, scene.Cause.Lifetimes.Expect(options)).Without(s.UsdPerHour, time),
            },
        };

        // What went before without being noticed is part of the same case now, and leaks no more.
        Track WithoutEarlier(Track track, Func<Contribution, bool> isItsOwn) => track with
        {
            Leak = earlier.Where(isItsOwn).Aggregate(track.Leak, (leak, c) =>
                leak.TakeBack(Sighting.Finite((double)c.UsdPerHour) * options.HoursToNotice, c.Time, options.Leak, options.Leak / 4)),
        };
    }

    /// <summary>Learns nothing yet from what was flagged.</summary>
    private void HoldBack(in Sighting s, Scene scene)
    {
        var (time, ends) = (s.Time, s.EndsByItself(options));
        profile = profile with { Track = scene.Account.Hold(time, ends, scene.AccountNorm) };
        Store(scene.Type with { Track = scene.Type.Track.Hold(time, ends, scene.TypeNorm), HeldEvent = scene.Type.HeldEvent.With(scene.UsdAtRisk, time, ends) });
        actors[s.Actor] = scene.Actor.Hold(time, ends, scene.ActorNorm);
        causes[s.Cause] = scene.Cause.Hold(time, ends, scene.CauseNorm);
        regions[s.Region] = scene.Region.Hold(time, ends, scene.AccountNorm);
    }

    private void Learn(CostedEvent e, in Sighting s, Scene scene)
    {
        var money = scene.UsdAtRisk;
        var time = s.Time;
        var rates = profile.Novelty;
        profile = profile with
        {
            Track = scene.Account.Learn(time, 0),
            EventMoney = Learned(profile.EventMoney, money, Expectation.OfMoney(options)),
            Novelty = new NoveltyRates(
                rates.Events.Add(1, time, options.Memory),
                rates.Actors.Add(scene.Actor.IsNew ? 1 : 0, time, options.Memory),
                rates.Causes.Add(scene.Cause.IsNew ? 1 : 0, time, options.Memory),
                rates.Types.Add(scene.Type.Track.IsNew ? 1 : 0, time, options.Memory),
                rates.Regions.Add(scene.Region.IsNew ? 1 : 0, time, options.Memory)),
        };
        var hourly = scene.Type.HourlyCost.Add(s.UsdPerHour);
        Store(scene.Type with
        {
            Track = scene.Type.Track.Learn(time, scene.News.Type),
            EventMoney = Learned(scene.Type.EventMoney, money, scene.EventNorm),
            HourlyCost = hourly,
            MeanHourlyCost = hourly.Mean,
            Deviation = hourly.Deviation() ?? 0,
            EventCount = scene.Type.EventCount + 1,
            ObservedActors = WithActor(scene.Type.ObservedActors, s.Actor),
        });
        actors[s.Actor] = scene.Actor.Learn(time, scene.News.Actor);
        causes[s.Cause] = scene.Cause.Learn(time, scene.News.Cause);
        regions[s.Region] = scene.Region.Add(0, 0, time, options).Learn(time, scene.News.Region);
        recent.Add(e, s);
    }

    /// <summary>With an event's money, forgetting by events so that the latest <see cref="DetectionOptions.MostWeight"/> or so count.</summary>
    private Moments Learned(Moments known, double usdPerDay, Expectation norm)
    {
        var value = norm.Winsorised(usdPerDay, options);
        return known.Forget(1 - (1 / (4 * options.MostWeight))).Add(value);
    }

    private static IReadOnlyList<string> WithActor(IReadOnlyList<string> actors, string actor)
    {
        foreach (var known in actors)
        {
            if (known == actor)
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
