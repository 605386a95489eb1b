namespace DdocCost.Domain.Scoring;

/// <summary>Weighs what is known of an event's surroundings into a verdict. Pure.</summary>
internal static class Appraisal
{
    // Share of an interruption's price from which a loss is shown without interrupting anybody.
    private const double WorthShowing = 1.0 / 3;

    public static (Verdict Verdict, Scope Scope, bool IsLeak) Of(in Sighting s, Scene scene, AccountProfile profile, DetectionOptions options)
    {
        var interruption = options.InterruptionUsd + (options.ImmaterialShare * profile.UsualUsdPerHour * 24);
        var context = Surroundings.Of(s, scene, profile, options);
        var contextNats = context.Evidence;
        var (who, what, where) = Novelty.Of(s, scene, options);
        var offHours = s.IsAutomation ? scene.Cause.Schedule.Evidence(s.Time) : 0;
        var newness = who + what + where + offHours;

        var views = new Views(scene, contextNats, context.Calm, options.BaseRate);
        var (magnitude, rate, drift) = (views.Magnitude(newness), views.Rate(who, what, newness), views.Drift(s, who, what, newness, options));
        var sudden = View.Larger(magnitude, rate);
        var decisive = View.Larger(sudden, drift);
        var loss = Math.Max(magnitude.LossUsd, Math.Max(rate.LossUsd, drift.LossUsd));
        var critical = options.CriticalFactor * interruption;
        var weighing = new Weighing(loss, interruption, options.BaseRate, contextNats);
        var verdict = new Verdict(
            Evidence.Score(loss, interruption),
            SeverityOf(loss / interruption, decisive.UsdPerDay, critical),
            decisive.UsdPerDay,
            new Explanation
            {
                Sighting = s,
                Magnitude = magnitude,
                Rate = rate,
                Drift = drift,
                Counts = (scene.Type.EventMoney.Weight, Days(rate), Days(drift, isLeak: true), profile.Novelty.Events.Value),
                Newness = newness,
                Firsts = scene.Firsts,
                IsOffHours = offHours >= Surroundings.WorthSaying,
                Context = context,
                Weighing = weighing,
                HoursToNotice = options.HoursToNotice,
            },
            CauseOf(decisive.Scope, s, scene))
        {
            CriticalFromUsd = critical,
            Weighing = weighing,
        };
        return (verdict, decisive.Scope, drift is { LossUsd: > 0, Aspect: not Aspect.Growth } && View.IsLarger(sudden, drift));

        double Days(in View view, bool isLeak = false)
        {
            if (view.Aspect is Aspect.Age or Aspect.Growth)
            {
                return view.Aspect == Aspect.Age ? scene.Cause.Lifetimes.Ended.Weight : scene.Cause.Burst.Growth.Steps.Weight;
            }

            var track = (view.Scope, view.Aspect) switch
            {
                (Scope.Account, _) or (_, Aspect.StartsOfAll) => scene.Account,
                (Scope.Type, _) => scene.Type.Track,
                (Scope.Actor, _) => scene.Actor,
                _ => scene.Cause,
            };
            return ((isLeak, view.Aspect) switch
            {
                (true, Aspect.Starts or Aspect.StartsOfAll) => track.Tally,
                (true, _) => track.Leak,
                (false, Aspect.Starts) => track.Pace,
                _ => track.Burst,
            }).Days.Weight;
        }
    }

    private static Severity SeverityOf(double interruptions, double usdAtRisk, double critical) => interruptions switch
    {
        >= 1 => usdAtRisk >= critical ? Severity.Critical : Severity.Warning,
        >= WorthShowing => Severity.Info,
        _ => Severity.None,
    };

    private static string CauseOf(Scope scope, in Sighting s, Scene scene) => scope switch
    {
        Scope.Account => "account",
        Scope.Type => s.ResourceType,
        _ => scene.Cause.Label ??= $"{s.Actor}|{s.ResourceType}",
    };
}
