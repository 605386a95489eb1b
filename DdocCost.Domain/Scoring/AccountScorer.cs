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
    private const int MostRecent = 64;
    private const int MostIds = 10;
    private const string OtherTypes = "other";

    // A clock may jump this far; farther, a second event must confirm it.
    private static readonly TimeSpan MostAhead = TimeSpan.FromDays(31);
    private static readonly TimeSpan MostBehind = TimeSpan.FromDays(1);

    // CloudTrail is from 2013; far from the ends of the calendar, times can be added to.
    private static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Latest = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly DetectionOptions options;
    private readonly Dictionary<string, Baseline> baselines = [];
    private readonly SortedSet<string> changed = new(StringComparer.Ordinal);
    private readonly TrackTable actors;
    private readonly TrackTable causes;
    private readonly TrackTable regions;
    private readonly List<Contribution> recent;
    private AccountProfile profile;
    private bool profileChanged;

    /// <summary>Takes up where it was left.</summary>
    public AccountScorer(string accountId, IEnumerable<Baseline> baselines, AccountProfile? profile, DetectionOptions? options = null)
    {
        AccountId = accountId;
        this.options = options ?? DetectionOptions.Default;
        this.profile = profile ?? new AccountProfile { Id = accountId };
        foreach (var baseline in baselines)
        {
            this.baselines[baseline.ResourceType] = baseline;
        }

        actors = new TrackTable(MostActors, this.profile.Actors);
        causes = new TrackTable(MostCauses, this.profile.Causes);
        regions = new TrackTable(MostRegions, this.profile.Regions);
        recent = [.. this.profile.Recent];
    }

    /// <summary>Account.</summary>
    public string AccountId { get; }

    /// <summary>Scores an event, then learns from it unless it was flagged.</summary>
    public Verdict Score(CostedEvent e)
    {
        profileChanged = true;
        var time = Believe(e.Event.Time.ToUniversalTime());
        var s = Sighting.Of(e, time, options);
        Average(e, time);
        TakeBackStopped(e, s);
        if (s.UsdWithin(options.HoursToNotice) <= 0)
        {
            return ScoreFree(e, s);
        }

        var scene = Enter(s);
        var (verdict, scope, isLeak) = Appraisal.Of(s, scene, profile, e, options);
        var flagged = verdict.Severity >= Severity.Warning;
        Learn(e, s, scene, flagged);
        return flagged ? verdict with { Earlier = TakeEarlier(s, scope, isLeak) } : verdict;
    }

    /// <summary>What changed since the last call, for storage; forgets it.</summary>
    public (IReadOnlyList<Baseline> Baselines, AccountProfile? Profile) DrainChanges()
    {
        if (!profileChanged)
        {
            return ([], null);
        }

        profile = profile with { Actors = actors.ToList(), Causes = causes.ToList(), Regions = regions.ToList(), Recent = [.. recent] };
        Baseline[] changes = [.. changed.Select(type => baselines[type])];
        changed.Clear();
        profileChanged = false;
        return (changes, profile);
    }

    /// <summary>The event's time where it can be believed, else the latest that could.</summary>
    private DateTimeOffset Believe(DateTimeOffset time)
    {
        time = time < Earliest ? Earliest : time > Latest ? Latest : time;
        if (profile.KnownSince == default)
        {
            profile = profile with { KnownSince = time, Clock = time };
            return time;
        }

        var off = time > profile.Clock + MostAhead || time < profile.Clock - MostBehind;
        if (off && (time - profile.Doubted).Duration() > MostBehind)
        {
            profile = profile with { Doubted = time };
            return profile.Clock;
        }

        if (off || time > profile.Clock)
        {
            profile = profile with
            {
                Clock = time,
                KnownSince = time < profile.KnownSince ? time : profile.KnownSince,
                AveragedAt = time < profile.AveragedAt ? time : profile.AveragedAt,
                Flagged = profile.Flagged.Clocked(time),
                Novelty = profile.Novelty.Clocked(time),
            };
        }

        return time;
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
        foreach (var stopped in e.Stopped)
        {
            var usdPerDay = Sighting.Finite((double)stopped.UsdPerHour) * options.HoursToNotice;
            var since = stopped.Since is { } start && start <= s.Time ? start : s.Time;
            var actor = stopped.StartedByActor ?? s.Actor;
            var name = Sighting.CauseOf(actor, s.ResourceType, s.Region);
            var cause = causes[name];
            var ended = stopsItsOwn && actor == s.Actor && !cause.Burst.Held.IsEmpty;

            ForgetStopped(stopped);
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
                causes[name] = Without(stopped.Since is null ? cause : cause.Outlived(s.Time - since));
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
        var cause = causes[s.Cause].Roll(time, typeNorm, patience, options);
        var lasting = s.UsdWithin(options.HoursToNotice);
        var money = s.UsdWithin(s.IsAutomation ? cause.LivesHours(options) : options.HoursToNotice);
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
            money = money.Add(Expectation.OfMoney(options).After(money, options).Winsorised(held.UsdPerDay, options));
            held = default;
        }

        return baseline with { EventMoney = money, HeldEvent = held, Track = baseline.Track.Roll(time, prior, patience, options) };
    }

    private void Learn(CostedEvent e, in Sighting s, Scene scene, bool flagged)
    {
        var money = scene.UsdAtRisk;
        var lasting = s.UsdWithin(options.HoursToNotice);
        var time = s.Time;
        var ends = s.Hours < options.HoursToNotice;
        var rates = profile.Novelty;
        if (flagged)
        {
            // What was told belongs to a case now: it stays in the short windows of its cause, so that the rest of a burst is
            // recognised, and leaves those that others share.
            var burst = scene.Cause.Burst.Level;
            profile = profile with
            {
                Track = Told(scene.Account, burst),
                Flagged = profile.Flagged.Add(s.UsdPerHour, time, options.Memory),
                RunningUsdPerHour = Math.Max(0, profile.RunningUsdPerHour - s.UsdPerHour),
            };
            Store(scene.Type with { Track = Told(scene.Type.Track, burst), HeldEvent = scene.Type.HeldEvent.With(money, time, ends) });
            actors[s.Actor] = Told(scene.Actor, burst);
            causes[s.Cause] = scene.Cause.Hold(lasting, time, ends, options);
            regions[s.Region] = scene.Region.Hold(0, time, ends, options);
            return;
        }

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
        Remember(e, s);

        Track Told(Track track, double burst)
        {
            var held = track.Hold(lasting, time, ends, options);
            return held with { Burst = held.Burst.TakeBack(burst, held.Burst.Sum.At, options.Burst) };
        }
    }

    /// <summary>With an event's money, forgetting by events so that the latest <see cref="DetectionOptions.MostWeight"/> or so count.</summary>
    private Moments Learned(Moments known, double usdPerDay, Expectation norm)
    {
        var value = norm.Winsorised(usdPerDay, options);
        return known.Forget(1 - (1 / (4 * options.MostWeight))).Add(value);
    }

    private static IReadOnlyList<string> WithActor(IReadOnlyList<string> actors, string actor)
    {
        if (actors.Count > 0 && actors[^1] == actor)
        {
            return actors;
        }

        var others = actors.Where(known => known != actor);
        return [.. others.TakeLast(Baseline.MostObservedActors - 1), actor];
    }

    private void Remember(CostedEvent e, in Sighting s)
    {
        var change = Sighting.MainChange(e.Event);
        if (recent.Count >= MostRecent)
        {
            recent.RemoveAt(0);
        }

        recent.Add(new Contribution(
            s.EventId, s.Time, s.Actor, s.ResourceType, s.Region, change.Size, change.Quantity, e.AddedUsdPerHour, e.OneTimeUsd, [.. change.ResourceIds.Take(MostIds)]));
    }

    /// <summary>The latest events that belong to what was flagged now; each is handed out once.</summary>
    private Contribution[] TakeEarlier(Sighting s, Scope scope, bool isLeak)
    {
        var from = s.Time - (2 * (isLeak ? options.Leak : options.Burst));
        bool Belongs(Contribution c) => c.Time >= from && c.Time <= s.Time && scope switch
        {
            Scope.Account => true,
            Scope.Type => c.ResourceType == s.ResourceType,
            Scope.Actor => c.ActorId == s.Actor,
            _ => c.ActorId == s.Actor && c.ResourceType == s.ResourceType && c.Region == s.Region,
        };
        if (scope == Scope.Event)
        {
            return [];
        }

        Contribution[] earlier = [.. recent.Where(Belongs)];
        recent.RemoveAll(Belongs);
        return earlier;
    }

    /// <summary>What stopped is no part of a case that opens later.</summary>
    private void ForgetStopped(StoppedResource stopped)
    {
        var at = recent.FindIndex(c => c.EventId == stopped.StartedBy);
        if (at < 0)
        {
            return;
        }

        var rest = recent[at].UsdPerHour - stopped.UsdPerHour;
        if (rest > recent[at].UsdPerHour * 0.001m || recent[at].OneTimeUsd > 0)
        {
            recent[at] = recent[at] with { UsdPerHour = Math.Max(0, rest), ResourceIds = [.. recent[at].ResourceIds.Where(id => id != stopped.ResourceId)] };
        }
        else
        {
            recent.RemoveAt(at);
        }
    }

    private void Store(Baseline baseline)
    {
        baselines[baseline.ResourceType] = baseline;
        changed.Add(baseline.ResourceType);
    }
}
