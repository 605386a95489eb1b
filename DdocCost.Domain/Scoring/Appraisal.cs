using System.Globalization;
using DdocCost.Domain.Ledger;

namespace DdocCost.Domain.Scoring;

/// <summary>How wide a sum of money was looked at.</summary>
internal enum Scope
{
    Event,
    Cause,
    Actor,
    Type,
    Account,
}

/// <summary>One sum of money and what speaks for its being unwanted.</summary>
/// <param name="Scope">Whose money.</param>
/// <param name="UsdPerDay">Money at risk, USD within a day.</param>
/// <param name="Level">What is compared with the expectation, in its unit.</param>
/// <param name="Norm">What is expected of it.</param>
/// <param name="Surprise">Evidence of its size, nats.</param>
/// <param name="Newness">Evidence of who, what and where being new, nats.</param>
internal readonly record struct View(Scope Scope, double UsdPerDay, double Level, Expectation Norm, double Surprise, double Newness);

/// <summary>Weighs what is known of an event's surroundings into a verdict. Pure.</summary>
internal static class Appraisal
{
    private const double Clearly = 1.1;

    // Share of an interruption's price from which a loss is shown without interrupting anybody.
    private const double WorthShowing = 1.0 / 3;

    public static (Verdict Verdict, Scope Scope, bool IsLeak) Of(in Sighting s, Scene scene, AccountProfile profile, CostedEvent e, DetectionOptions options)
    {
        var interruption = options.InterruptionUsd + (options.ImmaterialShare * profile.UsualUsdPerHour * 24);
        var context = Context.Of(s, scene, e, options);
        var (who, what, where, newText) = Novelty.Of(s, scene, options);
        var newness = who + what + where;

        var magnitude = Look(Scope.Event, scene.UsdAtRisk, scene.EventNorm, newness);
        if (scene.Cause.Burst.Days.Weight > 0)
        {
            magnitude = magnitude with { Surprise = Math.Min(magnitude.Surprise, scene.CauseNorm.Burst.Surprise(scene.UsdAtRisk)) };
        }

        var rate = Largest(
            Look(Scope.Cause, scene.Cause.Burst.Level, scene.CauseNorm.Burst, newness),
            Look(Scope.Actor, Unusual(scene.Actor.Burst.Level, scene.Cause.Burst, scene.CauseNorm.Burst), scene.ActorNorm.Burst, who),
            Look(Scope.Type, Unusual(scene.Type.Track.Burst.Level, scene.Cause.Burst, scene.CauseNorm.Burst), scene.TypeNorm.Burst, what),
            Look(Scope.Account, Unusual(scene.Account.Burst.Level, scene.Cause.Burst, scene.CauseNorm.Burst), scene.AccountNorm.Burst, 0),
            Paced(Scope.Cause, scene.Cause, scene.CauseNorm, scene.Cause.Pace.Level, newness),
            Paced(Scope.Actor, scene.Actor, scene.ActorNorm, Unusual(scene.Actor.Pace.Level, scene.Cause.Pace, scene.CauseNorm.Pace), who),
            Paced(Scope.Type, scene.Type.Track, scene.TypeNorm, Unusual(scene.Type.Track.Pace.Level, scene.Cause.Pace, scene.CauseNorm.Pace), what),
            Paced(Scope.Account, scene.Account, scene.AccountNorm, Unusual(scene.Account.Pace.Level, scene.Cause.Pace, scene.CauseNorm.Pace), 0));
        var drift = Largest(
            Leak(Scope.Cause, scene.Cause.Leak, scene.Cause.Leak.Level, scene.CauseNorm.Leak, newness),
            Leak(Scope.Actor, scene.Actor.Leak, Unusual(scene.Actor.Leak.Level, scene.Cause.Leak, scene.CauseNorm.Leak), scene.ActorNorm.Leak, who),
            Leak(Scope.Type, scene.Type.Track.Leak, Unusual(scene.Type.Track.Leak.Level, scene.Cause.Leak, scene.CauseNorm.Leak), scene.TypeNorm.Leak, what),
            Leak(Scope.Account, scene.Account.Leak, Unusual(scene.Account.Leak.Level, scene.Cause.Leak, scene.CauseNorm.Leak), scene.AccountNorm.Leak, 0));

        var lifetimes = scene.Cause.Lifetimes;
        var forgotten = scene.Cause.Standing.Forgotten(s.Time, lifetimes, lifetimes.Expect(options), (usd, evidence) => usd * Evidence.Chance(evidence + context.Evidence, options.BaseRate));
        var overdue = new View(Scope.Cause, forgotten.UsdPerDay, forgotten.Hours, lifetimes.Expect(options), forgotten.Evidence, 0);
        drift = Largest(drift, overdue);
        var decisive = Largest(magnitude, rate, drift);
        var loss = Math.Max(LossOf(magnitude), Math.Max(LossOf(rate), LossOf(drift)));
        var score = Evidence.Score(loss, interruption);
        var critical = options.CriticalFactor * interruption;
        var severity = SeverityOf(loss / interruption, decisive.UsdPerDay, critical);
        ScoreComponent[] components =
        [
            Sized("magnitude", magnitude, scene.Type.EventMoney.Weight, "USD/day", "this event"),
            Sized("rate", rate, Seen(rate.Scope, leak: false), "USD/day", $"added within the hour by {Whose(rate.Scope, s)}"),
            drift == overdue
                ? Sized("drift", drift, lifetimes.Ended.Weight, "h", Forgotten(forgotten.UsdPerDay))
                : Sized("drift", drift, Seen(drift.Scope, leak: true), "USD/day", $"added over days and still running, by {Whose(drift.Scope, s)}"),
            new ScoreComponent("novelty", Evidence.Score(Loss(magnitude, newness), interruption), newness, null, null, profile.Novelty.Events.Value, "nats", newText),
            new ScoreComponent("context", 0, context.Evidence, null, null, 0, "nats", context.Text),
        ];
        Array.Sort(components, static (x, y) => y.Score.CompareTo(x.Score));
        var isLeak = decisive == drift && decisive != rate && decisive != magnitude;
        var cause = decisive.Scope switch
        {
            Scope.Account => "account",
            Scope.Type => s.ResourceType,
            _ => $"{s.Actor}|{s.ResourceType}",
        };
        return (new Verdict(score, severity, decisive.UsdPerDay, components, cause) { CriticalFromUsd = critical, Weighing = new Weighing(loss, interruption, options.BaseRate, context.Evidence) }, decisive.Scope, isLeak);

        // What is usual for a cause with a history is not held against anybody else.
        double Unusual(double whole, Window ofCause, Expectation norm) =>
            ofCause.Days.Weight <= 0 ? whole : whole - Math.Min(ofCause.Level, norm.Usual + norm.Deviation);

        static string Forgotten(double usdPerDay) =>
            string.Create(CultureInfo.InvariantCulture, $"hours that the oldest has run of what should have ended, {usdPerDay:0.##} USD a day in all");

        View Look(Scope scope, double usdPerDay, Expectation norm, double newness) =>
            new(scope, usdPerDay, usdPerDay, norm, norm.Surprise(usdPerDay), newness);

        // How much lasts is judged by what is old enough; what it costs is all that was added and still runs.
        View Leak(Scope scope, Window window, double level, Expectation norm, double newness) =>
            new(scope, window.Level > 0 ? window.Sum.Value * level / window.Level : 0, level, norm, norm.Surprise(level), newness);

        View Paced(Scope scope, Track track, Norm norm, double starts, double newness) =>
            new(scope, track.Burst.Level, starts, norm.Pace, norm.Pace.Surprise(starts), newness);

        double Loss(in View view, double evidence) =>
            view.UsdPerDay * Evidence.Chance(evidence + context.Evidence, options.BaseRate);

        double LossOf(in View view) => Loss(view, view.Surprise + view.Newness);

        // The narrowest comes first: a wider sum must say clearly more.
        View Largest(params ReadOnlySpan<View> views)
        {
            var best = views[0];
            foreach (ref readonly var view in views[1..])
            {
                if (LossOf(view) > Clearly * LossOf(best))
                {
                    best = view;
                }
            }

            return best;
        }

        ScoreComponent Sized(string name, in View view, double count, string unit, string text) => new(
            name,
            Evidence.Score(Loss(view, view.Surprise), interruption),
            view.Level,
            view.Norm.Usual,
            view.Norm.Deviation,
            count,
            unit,
            text) { UsdAtRisk = view.UsdPerDay, Surprise = view.Surprise, Newness = view.Newness, Support = view.Norm.Support };

        double Seen(Scope scope, bool leak)
        {
            var track = scope switch
            {
                Scope.Account => scene.Account,
                Scope.Type => scene.Type.Track,
                Scope.Actor => scene.Actor,
                _ => scene.Cause,
            };
            return (leak ? track.Leak : track.Burst).Days.Weight;
        }
    }

    private static Severity SeverityOf(double interruptions, double usdAtRisk, double critical) => interruptions switch
    {
        >= 1 => usdAtRisk >= critical ? Severity.Critical : Severity.Warning,
        >= WorthShowing => Severity.Info,
        _ => Severity.None,
    };

    private static string Whose(Scope scope, in Sighting s) => scope switch
    {
        Scope.Account => "the account",
        Scope.Type => s.ResourceType,
        Scope.Actor => s.Actor,
        _ => $"{s.Actor} with {s.ResourceType}",
    };
}
