namespace DdocCost.Domain.Scoring;

/// <summary>Looks at every sum of money that an event is part of. Pure.</summary>
/// <param name="scene">What is known of its surroundings.</param>
/// <param name="contextNats">What the surroundings say of every sum, nats.</param>
/// <param name="calm">What little being done here says of what is done now, nats; it counts with what is new.</param>
/// <param name="baseRate">See <see cref="DetectionOptions.BaseRate"/>.</param>
internal readonly struct Views(Scene scene, double contextNats, double calm, double baseRate)
{
    /// <summary>Expected loss of an amount, USD, with evidence in nats.</summary>
    public double Loss(double usdPerDay, double evidence) => usdPerDay * Evidence.Chance(evidence + contextNats, baseRate);

    /// <summary>The event by itself.</summary>
    public View Magnitude(double newness)
    {
        var surprise = scene.EventNorm.Surprise(scene.UsdAtRisk);
        if (surprise > 0 && scene.Cause.Burst.Days.Weight > 0)
        {
            surprise = Math.Min(surprise, scene.CauseNorm.Burst.Surprise(scene.UsdAtRisk));
        }

        return Of(Scope.Event, Aspect.Money, scene.UsdAtRisk, scene.UsdAtRisk, scene.EventNorm, surprise, newness + Calm(surprise + newness));
    }

    /// <summary>What was added within the hour, in dollars and in number. What is usual for a cause with a history is held against nobody else.</summary>
    public View Rate(double who, double what, double newness)
    {
        var most = Added(Scope.Cause, scene.Cause.Burst.Level, scene.CauseNorm, newness);
        most = View.Larger(most, Added(Scope.Actor, scene.Actor.Burst.Odd, scene.ActorNorm, who));
        most = View.Larger(most, Added(Scope.Type, scene.Type.Track.Burst.Odd, scene.TypeNorm, what));
        most = View.Larger(most, Added(Scope.Account, scene.Account.Burst.Odd, scene.AccountNorm, 0));
        most = View.Larger(most, Paced(Scope.Cause, scene.Cause, scene.CauseNorm, newness));
        most = View.Larger(most, Paced(Scope.Actor, scene.Actor, scene.ActorNorm, who));
        most = View.Larger(most, Paced(Scope.Type, scene.Type.Track, scene.TypeNorm, what));
        return View.Larger(most, Paced(Scope.Account, scene.Account, scene.AccountNorm, 0));
    }

    /// <summary>What was added over days and still runs, in dollars and in number, what has become usual by small steps, and what should have ended.</summary>
    public View Drift(in Sighting s, double who, double what, double newness, DetectionOptions options)
    {
        var usual = scene.Cause.Leak.UsualPart(scene.CauseNorm.Leak);
        var most = Lasting(Scope.Cause, scene.Cause.Leak, 0, scene.CauseNorm, newness);
        most = View.Larger(most, Lasting(Scope.Actor, scene.Actor.Leak, usual, scene.ActorNorm, who));
        most = View.Larger(most, Lasting(Scope.Type, scene.Type.Track.Leak, usual, scene.TypeNorm, what));
        most = View.Larger(most, Lasting(Scope.Account, scene.Account.Leak, usual, scene.AccountNorm, 0));
        most = View.Larger(most, Tallied(Scope.Cause, Aspect.Starts, scene.Cause, scene.Cause.Tally.Level, scene.CauseNorm, newness));
        most = View.Larger(most, Tallied(Scope.Cause, Aspect.StartsOfAll, scene.Cause, Unusual(scene.Cause.Tally), scene.AccountNorm, newness));
        most = View.Larger(most, Tallied(Scope.Actor, Aspect.Starts, scene.Actor, scene.Actor.Tally.Odd, scene.ActorNorm, who));
        most = View.Larger(most, Tallied(Scope.Type, Aspect.Starts, scene.Type.Track, scene.Type.Track.Tally.Odd, scene.TypeNorm, what));
        most = View.Larger(most, Grown(scene.Cause.Burst, options));
        return View.Larger(most, Overdue(s.Time, options));
    }

    private View Added(Scope scope, double usdPerDay, in Norm norm, double newness)
    {
        var surprise = norm.Burst.Surprise(usdPerDay);
        return Of(scope, Aspect.Money, usdPerDay, usdPerDay, norm.Burst, surprise, newness + Calm(surprise + newness));
    }

    // That little is done makes what is large or new stand out more, twice as much at most, and says nothing of what is as it always is.
    private double Calm(double evidence) => Math.Min(calm, evidence);

    // At risk is what goes beyond the usual: the rest is there on any other day as well.
    private static double Beyond(double usdPerDay, double level, in Expectation norm) =>
        level > 0 ? usdPerDay * Math.Max(0, 1 - (norm.Usual / level)) : 0;

    // How often is judged within the hour; what it costs is all that was added so far and still runs.
    private View Paced(Scope scope, Track track, in Norm norm, double newness)
    {
        var starts = track.Pace.Odd;
        var usdPerDay = Beyond(Math.Max(track.Burst.Level, track.Leak.Sum.Value), starts, norm.Pace);
        var surprise = norm.Pace.Surprise(starts);
        return Of(scope, Aspect.Starts, usdPerDay, starts, norm.Pace, surprise, newness + Calm(surprise + newness));
    }

    // How much lasts is judged by what is old enough; what it costs is all that was added and still runs.
    private View Lasting(Scope scope, in Window window, double usual, in Norm norm, double newness)
    {
        var level = window.Level - usual;
        var usdPerDay = window.Level > 0 ? window.Sum.Value * level / window.Level : 0;
        return Of(scope, Aspect.Money, Beyond(usdPerDay, level, norm.Leak), level, norm.Leak, norm.Leak.Surprise(level), newness);
    }

    // How often over days; what it costs is what of that still runs. What a cause without a history starts is held against what is usual for the
    // account as well, which is known better; not with the account's money, which is of other things too.
    private View Tallied(Scope scope, Aspect aspect, Track track, double starts, in Norm norm, double newness) =>
        Of(scope, aspect, Beyond(track.Leak.Sum.Value, starts, norm.Tally), starts, norm.Tally, norm.Tally.Surprise(starts), newness);

    private double Unusual(Window tally) => Math.Min(tally.Level - tally.UsualPart(scene.CauseNorm.Tally), scene.Account.Tally.Odd);

    // What goes beyond what is usual today is sudden, and is judged as that.
    private View Grown(Window burst, DetectionOptions options)
    {
        if (burst.Growth.Rise <= 0)
        {
            return default;
        }

        var (usdPerDay, norm) = (Math.Min(burst.Level, scene.CauseNorm.Burst.Upper), burst.Growth.Before(scene.CauseNorm.Burst, options));
        return Of(Scope.Cause, Aspect.Growth, Beyond(usdPerDay, usdPerDay, norm), usdPerDay, norm, norm.Surprise(usdPerDay), 0);
    }

    private View Overdue(DateTimeOffset time, DetectionOptions options)
    {
        var (standing, lifetimes) = (scene.Cause.Standing, scene.Cause.Lifetimes);
        if (standing.Batches is not { Length: > 1 } || lifetimes.MostEvidence <= 0)
        {
            return default;
        }

        var life = lifetimes.Expect(options);
        var overdue = standing.Forgotten(time, lifetimes, life, this);
        return Of(Scope.Cause, Aspect.Age, overdue.UsdPerDay, overdue.Hours, life, overdue.Evidence, 0);
    }

    private View Of(Scope scope, Aspect aspect, double usdPerDay, double level, in Expectation norm, double surprise, double newness) =>
        new(scope, aspect, usdPerDay, level, norm, surprise, newness, Loss(usdPerDay, surprise + newness));
}
