using System.Globalization;
using DdocCost.Domain.Ledger;

namespace DdocCost.Domain.Scoring;

/// <summary>Weighs what is known of an event's surroundings into a verdict. Pure.</summary>
internal static class Appraisal
{
    // Share of an interruption's price from which a loss is shown without interrupting anybody.
    private const double WorthShowing = 1.0 / 3;

    public static (Verdict Verdict, Scope Scope, bool IsLeak) Of(in Sighting s, Scene scene, AccountProfile profile, CostedEvent e, DetectionOptions options)
    {
        var interruption = options.InterruptionUsd + (options.ImmaterialShare * profile.UsualUsdPerHour * 24);
        var context = Context.Of(s, scene, e, options);
        var (who, what, where, newText) = Novelty.Of(s, scene, options);
        var newness = who + what + where;

        var views = new Views(scene, context.Evidence, options.BaseRate);
        var (magnitude, rate, drift) = (views.Magnitude(newness), views.Rate(who, what, newness), views.Drift(s, who, what, newness, options));
        var decisive = View.Larger(View.Larger(magnitude, rate), drift);
        var loss = Math.Max(magnitude.LossUsd, Math.Max(rate.LossUsd, drift.LossUsd));
        var critical = options.CriticalFactor * interruption;
        ScoreComponent[] components =
        [
            Sized("magnitude", magnitude, scene.Type.EventMoney.Weight, "this event"),
            Sized("rate", rate, Days(rate), $"added within the hour by {Whose(rate.Scope, s)}"),
            drift.Aspect == Aspect.Age
                ? Sized("drift", drift, scene.Cause.Lifetimes.Ended.Weight, Forgotten(drift.UsdPerDay))
                : Sized("drift", drift, Days(drift, isLeak: true), $"added over days and still running, by {Whose(drift.Scope, s)}"),
            new ScoreComponent("novelty", Evidence.Score(views.Loss(magnitude.UsdPerDay, newness), interruption), newness, null, null, profile.Novelty.Events.Value, "nats", newText),
            new ScoreComponent("context", 0, context.Evidence, null, null, 0, "nats", context.Text),
        ];
        Array.Sort(components, static (x, y) => y.Score.CompareTo(x.Score));
        var verdict = new Verdict(
            Evidence.Score(loss, interruption), SeverityOf(loss / interruption, decisive.UsdPerDay, critical), decisive.UsdPerDay, components, CauseOf(decisive.Scope, s))
        {
            CriticalFromUsd = critical,
            Weighing = new Weighing(loss, interruption, options.BaseRate, context.Evidence),
        };
        return (verdict, decisive.Scope, decisive == drift && decisive != rate && decisive != magnitude);

        ScoreComponent Sized(string name, in View view, double count, string text) => new(
            name,
            Evidence.Score(views.Loss(view.UsdPerDay, view.Surprise), interruption),
            view.Level,
            view.Norm.Usual,
            view.Norm.Deviation,
            count,
            UnitOf(view.Aspect),
            text) { UsdAtRisk = view.UsdPerDay, Surprise = view.Surprise, Newness = view.Newness, Support = view.Norm.Support };

        double Days(in View view, bool isLeak = false)
        {
            var track = view.Scope switch
            {
                Scope.Account => scene.Account,
                Scope.Type => scene.Type.Track,
                Scope.Actor => scene.Actor,
                _ => scene.Cause,
            };
            return (isLeak ? track.Leak : view.Aspect == Aspect.Starts ? track.Pace : track.Burst).Days.Weight;
        }
    }

    private static Severity SeverityOf(double interruptions, double usdAtRisk, double critical) => interruptions switch
    {
        >= 1 => usdAtRisk >= critical ? Severity.Critical : Severity.Warning,
        >= WorthShowing => Severity.Info,
        _ => Severity.None,
    };

    private static string CauseOf(Scope scope, in Sighting s) => scope switch
    {
        Scope.Account => "account",
        Scope.Type => s.ResourceType,
        _ => $"{s.Actor}|{s.ResourceType}",
    };

    private static string UnitOf(Aspect aspect) => aspect switch
    {
        Aspect.Starts => "starts",
        Aspect.Age => "h",
        _ => "USD/day",
    };

    private static string Forgotten(double usdPerDay) =>
        string.Create(CultureInfo.InvariantCulture, $"hours that the oldest has run of what should have ended, {usdPerDay:0.##} USD a day in all");

    private static string Whose(Scope scope, in Sighting s) => scope switch
    {
        Scope.Account => "the account",
        Scope.Type => s.ResourceType,
        Scope.Actor => s.Actor,
        _ => $"{s.Actor} with {s.ResourceType}",
    };
}
