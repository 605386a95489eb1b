namespace DdocCost.Domain.Scoring;

/// <summary>
/// Takes out of the sums what was told: it belongs to a case now. It stays in the short windows of its cause, so that the rest of a burst is
/// recognised, and leaves those that it shares with others.
/// </summary>
internal sealed class Removal(AccountMemory memory, Scene scene)
{
    /// <summary>Takes out an event and the earlier ones that were told with it.</summary>
    public void TakeOut(in Sighting s, Contribution[] earlier, DetectionOptions options)
    {
        var (time, lasting, burst, cause, profile) = (s.Time, s.UsdLasting(options), scene.Cause.Burst.Level, scene.Cause, memory.Profile);
        profile.Flagged = profile.Flagged.Add(s.UsdPerHour, time, options.Memory);
        profile.RunningUsdPerHour = Math.Max(0, profile.RunningUsdPerHour - s.UsdPerHour);
        var ordinary = cause.Burst.UsualPart(scene.CauseNorm.Burst);
        TakeOutOf(scene.Account);
        TakeOutOf(scene.Type.Track);
        TakeOutOf(scene.Actor);
        cause.Hold(time, s.EndsByItself(options), scene.CauseNorm);
        cause.Told(time);
        cause.TakeOut(0, 0, lasting, time, options);
        cause.ForgetDay();
        cause.Standing = cause.Standing.WithoutOverdue(time, cause.Lifetimes.Expect(options)).Without(s.UsdPerHour, time);
        foreach (var contribution in earlier)
        {
            TakeOut(contribution, s, options);
        }

        void TakeOutOf(Track track)
        {
            track.TakeOut(burst, ordinary, lasting, time, options);
            track.TakeBackStart(time, options);
        }
    }

    /// <summary>What was told as having added up leaves the sum it was found in and wider ones: it is not told again.</summary>
    public void TakeOutLeak(Scope scope, double usdPerDay, DetectionOptions options)
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

    // What went before without being told is part of the same case now, and leaks no more, whoever else's sums it is in.
    private void TakeOut(Contribution c, in Sighting told, DetectionOptions options)
    {
        var usdPerHour = Sighting.Finite((double)c.UsdPerHour);
        var isOfActor = c.ActorId == told.Actor;
        var type = c.ResourceType == scene.Type.ResourceType ? scene.Type : memory.FindType(c.ResourceType);
        TakeOutOf(scene.Account);
        TakeOutOf(type?.Track);
        TakeOutOf(isOfActor ? scene.Actor : memory.Actors.Find(c.ActorId));
        if (type is not null)
        {
            memory.Keep(type);
        }

        var isOfCause = isOfActor && c.ResourceType == told.ResourceType && c.Region == told.Region;
        if ((isOfCause ? scene.Cause : memory.FindCause(c.ActorId, c.ResourceType, c.Region)) is { } cause)
        {
            TakeBack(cause);
            cause.Standing = cause.Standing.Without(usdPerHour, c.Time);
        }

        void TakeOutOf(Track? track)
        {
            TakeBack(track);
            track?.TakeBackStart(c.Time, options);
        }

        void TakeBack(Track? track) => track?.Leak.TakeBack(usdPerHour * options.HoursToNotice, c.Time, options.Leak, options.Leak / 4);
    }
}
