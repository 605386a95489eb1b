namespace DdocCost.Domain.Zombies;

/// <summary>How a finding goes from state to state. Pure functions.</summary>
public static class FindingLife
{
    private const int MostNotes = 100;

    /// <summary>A scan saw it.</summary>
    /// <param name="before">As it was, or null where it is seen for the first time.</param>
    /// <param name="ruling">A yes.</param>
    /// <param name="now">When, UTC.</param>
    /// <param name="betweenSightings">Shortest time between two sightings that confirm.</param>
    public static ZombieFinding Seen(ZombieFinding? before, Ruling ruling, DateTimeOffset now, TimeSpan betweenSightings)
    {
        var (rule, resource, sighting) = (ruling.Rule, ruling.Resource, ruling.Sighting!);
        var finding = new ZombieFinding
        {
            Id = ruling.FindingId,
            RuleId = rule.Id,
            Title = rule.Title,
            Service = rule.Kind.Service,
            AccountId = resource.AccountId,
            Region = resource.Region,
            ResourceKind = resource.Kind,
            ResourceId = resource.Id,
            Name = resource.Name,
            Owner = resource.Owner,
            State = FindingState.New,
            FirstSeenAt = before?.FirstSeenAt ?? now,
            LastSeenAt = now,
            ConfirmedAt = before?.ConfirmedAt,
            IdleSince = before is { State: not FindingState.Gone } ? before.IdleSince : sighting.IdleSince,
            CreatedAt = resource.Created ?? before?.CreatedAt,
            Birth = before?.Birth,
            Sureness = rule.Sureness,
            Criterion = sighting.Criterion,
            Saving = sighting.Saving,
            Covers = sighting.Covers,
            WastedBeforeUsd = before is null ? 0 : before.State == FindingState.Gone ? before.WastedUntil(now) ?? 0 : before.WastedBeforeUsd,
            Evidence = sighting.Evidence,
            Steps = sighting.Steps,
            Keep = before?.Keep,
            History = before?.History ?? [],
        };
        return before switch
        {
            null => Noted(finding, FindingState.New, now, "seen for the first time; one more scan must agree"),
            { State: FindingState.Gone } => Noted(finding with { FirstSeenAt = now, ConfirmedAt = null, Keep = null, IdleSince = Later(sighting.IdleSince, before.GoneAt) }, FindingState.CameBack, now, "seen again after it had gone; one more scan must agree"),
            { State: FindingState.Kept, Keep: { } keep } when keep.Until > now => finding with { State = FindingState.Kept },
            { State: FindingState.Kept } => Noted(finding with { Keep = null, ConfirmedAt = finding.ConfirmedAt ?? now }, FindingState.Confirmed, now, "the time for which it was kept is over"),
            { State: FindingState.Confirmed } => finding with { State = FindingState.Confirmed },
            _ when now - before.FirstSeenAt >= betweenSightings && now - before.FirstSeenAt >= sighting.MustLast => Noted(finding with { ConfirmedAt = now }, FindingState.Confirmed, now, "two scans in a row agree"),
            _ => finding with { State = before.State },
        };
    }

    /// <summary>It is over.</summary>
    public static ZombieFinding Gone(ZombieFinding before, DateTimeOffset now, string why) => before.State == FindingState.Gone
        ? before
        : Noted(before with { GoneAt = now, CountedIn = null }, FindingState.Gone, now, why);

    /// <summary>Somebody wants to keep it as it is. Doing it again changes reason and date.</summary>
    public static ZombieFinding Kept(ZombieFinding before, Keep keep) => before.State == FindingState.Gone
        ? before
        : Noted(before with { Keep = keep }, FindingState.Kept, keep.At, FormattableString.Invariant($"kept by {keep.By} until {keep.Until:yyyy-MM-dd}: {keep.Reason}"));

    /// <summary>Nobody wants to keep it any more.</summary>
    public static ZombieFinding Released(ZombieFinding before, string by, DateTimeOffset now) => before.State != FindingState.Kept
        ? before
        : Noted(before with { Keep = null }, before.ConfirmedAt is null ? FindingState.New : FindingState.Confirmed, now, $"no longer kept, says {by}");

    private static ZombieFinding Noted(ZombieFinding finding, FindingState state, DateTimeOffset at, string what) => finding with
    {
        State = state,
        History = [.. finding.History.TakeLast(MostNotes - 1), new FindingNote(at, state, what)],
    };

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset? b) => b > a ? b.Value : a;
}
