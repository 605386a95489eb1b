using DdocCost.Domain.Normalise;
using DdocCost.Domain.Pricing;

namespace DdocCost.Domain.Ledger;

/// <summary>
/// What runs in one account now and what has been defined there; prices each event against it. Exposure is the sum of what is known to
/// run; an event's rate is what it did to the bill, also where the resource was not known before. Single-threaded, bounded; the same
/// events in the same order give the same results, wherever the ledger was stored and taken up in between.
/// </summary>
public sealed class ResourceLedger
{
    /// <summary>How many ends are remembered an account; the oldest are forgotten first.</summary>
    public const int MaxEnded = 1_000;

    /// <summary>How many resources are known an account; the cheapest are forgotten first.</summary>
    public const int MaxRunning = 100_000;

    /// <summary>How many definitions are known an account; the oldest are forgotten first.</summary>
    public const int MaxDefinitions = 10_000;

    /// <summary>A record that is out of order by more than this has a wrong clock rather than a slow delivery.</summary>
    internal static readonly TimeSpan LatestDelivery = TimeSpan.FromDays(1);

    private const decimal MaxQuantity = 1_000_000_000_000;

    private readonly CurrentPrices current;
    private readonly RunningResources running;
    private readonly Definitions definitions;
    private readonly EndedMemory ended;
    private readonly SpendHours hours;
    private PriceBook prices;

    /// <summary>Takes up a ledger where it was left.</summary>
    /// <param name="accountId">Account.</param>
    /// <param name="running">What ran.</param>
    /// <param name="definitions">What had been defined.</param>
    /// <param name="ended">What had ended not long ago.</param>
    /// <param name="current">Prices; the embedded book where null.</param>
    public ResourceLedger(
        string accountId, IEnumerable<RunningResource> running, IEnumerable<ResourceDefinition> definitions, IEnumerable<EndedResource> ended,
        CurrentPrices? current = null)
    {
        AccountId = accountId;
        this.current = current ?? new CurrentPrices();
        prices = this.current.Book;
        this.running = new RunningResources(running);
        this.definitions = new Definitions(accountId, definitions);
        this.ended = new EndedMemory(ended);
        hours = new SpendHours(accountId);
    }

    /// <summary>Account.</summary>
    public string AccountId { get; }

    /// <summary>What runs now costs, USD per hour, priced resources only; what is still paid of paused ones included.</summary>
    public decimal ExposureUsdPerHour => running.UsdPerHour;

    /// <summary>What runs now or is paused, by <see cref="RunningResource.Id"/>.</summary>
    public IReadOnlyDictionary<string, RunningResource> Running => running.All;

    /// <summary>Resolves, prices and enters an event.</summary>
    public CostedEvent Apply(ResourceEvent e)
    {
        prices = current.Book; // one book an event
        e = AsItsStarter(e);
        var expired = Expire(e.Time);
        var before = ExposureUsdPerHour;
        var costed = e.Action == ResourceAction.None ? Refuse(e) : Enter(e);
        running.StayWithin(MaxRunning);
        definitions.StayWithin(MaxDefinitions);
        hours.Add(
            e.Service, e.Actor, e.Time, costed.AddedUsdPerHour, ExposureUsdPerHour - before, costed.OneTimeUsd,
            e.Action is ResourceAction.None or ResourceAction.Define ? 0 : 1);
        return costed with { Expired = [.. expired, .. costed.Expired], ExposureAfterUsdPerHour = ExposureUsdPerHour };
    }

    /// <summary>What was looked up belongs to whoever started the resource: it tells what that one did.</summary>
    private ResourceEvent AsItsStarter(ResourceEvent e) =>
        e.Service == LookedUp.Source && e.Changes[0] is { ResourceIds: [var id] } told && running.Find(LedgerId.Of(AccountId, e.Region, told.ResourceType, id)) is { } known
            ? e with { Actor = known.StartedBy } : e;

    /// <summary>What changed since the last call, for storage; forgets it.</summary>
    public LedgerChanges DrainChanges()
    {
        var (started, gone) = running.Drain();
        var (defined, undefined) = definitions.Drain();
        var (remembered, forgotten) = ended.Drain();
        return new LedgerChanges(started, gone, defined, hours.Drain()) { ForgottenDefinitions = undefined, Remembered = remembered, Forgotten = forgotten };
    }

    /// <summary>Ends what has come to its own end by now. Driven by event time alone, so that batches make no difference.</summary>
    private List<StoppedResource> Expire(DateTimeOffset now)
    {
        var expired = new List<StoppedResource>();
        while (running.TakeEnded(now) is { } resource)
        {
            expired.Add(Effect.Ended(resource, resource.UsdPerHour ?? 0));
            hours.Add(resource.Service, resource.StartedBy, resource.EndsBy!.Value, 0, -(resource.UsdPerHour ?? 0), 0, 0);
        }

        return expired;
    }

    private CostedEvent Refuse(ResourceEvent e)
    {
        var would = e.Changes.Sum(change => PricedResources.Price(change, e.Region, prices).UsdPerHour) ?? 0;
        var note = would > 0 ? FormattableString.Invariant($"refused; would have cost {would:0.####} USD/h") : "refused";
        return new CostedEvent { Event = e, UsdPerHour = 0, Cost = Cost.Free(note) };
    }

    private CostedEvent Enter(ResourceEvent e)
    {
        var effect = new Effect();
        var parts = new Dictionary<(string Type, string Id), int>();
        foreach (var change in e.Changes.Select(Bounded))
        {
            switch (change.Action)
            {
                case ResourceAction.Define:
                    definitions.Add(e, change);
                    effect.Pass(change, "describes what others refer to; costs nothing itself");
                    break;
                case ResourceAction.Start or ResourceAction.Change:
                    StartOrChange(e, change, parts, effect);
                    break;
                case ResourceAction.Stop:
                    Stop(e, change, effect);
                    break;
                case ResourceAction.OneTime:
                    effect.Buy(change, PricedResources.PriceOnce(change, e.Region, prices));
                    break;
                default:
                    effect.Pass(change);
                    break;
            }
        }

        return effect.ToCostedEvent(e);
    }

    private void StartOrChange(ResourceEvent e, ResourceChange told, Dictionary<(string Type, string Id), int> parts, Effect effect)
    {
        string[] ids = told.ResourceIds.Count > 0 ? [.. told.ResourceIds.Distinct()] : [$"event:{e.EventId}"];
        foreach (var change in definitions.Resolve(e, told))
        {
            foreach (var id in ids)
            {
                var part = parts[(told.ResourceType, id)] = parts.GetValueOrDefault((told.ResourceType, id)) + 1;
                StartOrChangeOne(e, change with { Quantity = change.Quantity / ids.Length, ResourceIds = [id] }, part, effect);
            }
        }

        foreach (var id in ids)
        {
            // What took a new definition has no other parts than that tells.
            if (told.Definition is not null)
                running.PartsOf(AccountId, e.Region, told.ResourceType, id, parts[(told.ResourceType, id)] + 1).ForEach(part => End(part, effect));
            if (told.Action == ResourceAction.Start)
            {
                foreach (var owned in running.OwnedBy(e.Region, told.ResourceType, id).Where(owned => owned.PausedAt < e.Time))
                    StartOrChangeKnown(e, owned.AsChange(ResourceAction.Start), owned, effect);
            }
        }
    }

    private void StartOrChangeOne(ResourceEvent e, ResourceChange told, int part, Effect effect)
    {
        var id = LedgerId.Of(AccountId, e.Region, told.ResourceType, told.ResourceIds[0], part);
        var known = running.Find(id);
        // Looked up for what had no price: if it has one by now, or runs no more, the trail knew better.
        if (e.Service == LookedUp.Source && known is not { UsdPerHour: null })
            effect.Pass(told, "was looked up, and is known by now");
        else if (known is not null && StartsAnew(e, told, known))
            StartAgain(e, told, known, effect);
        else if (known is not null)
            StartOrChangeKnown(e, told.FilledFrom(known), AsToldBefore(e, told, known, effect), effect);
        else if (ended.Since(LedgerId.Of(AccountId, e.Region, told.ResourceType, told.ResourceIds[0]), e.Time) is { } end)
            StartLate(e, told, id, end, effect);
        else if (told.Action == ResourceAction.Change)
            ChangeUnknown(e, told, id, effect);
        else
            StartNew(e, told, id, effect);
    }

    private void StartOrChangeKnown(ResourceEvent e, ResourceChange change, RunningResource known, Effect effect)
    {
        var staysPaused = change.Action == ResourceAction.Start ? known.PausedAt >= e.Time : known.PausedAt is not null && PricedResources.ChangesOnlyPaused(change.ResourceType);
        if (staysPaused)
            ChangePaused(e, change, known, effect);
        else
            ChangeRunning(e, change, known, effect);
    }

    /// <summary>
    /// What ran before, as the record tells it: where that is another size than we believe, a change was not seen, and the record is right.
    /// </summary>
    private RunningResource AsToldBefore(ResourceEvent e, ResourceChange told, RunningResource known, Effect effect)
    {
        if (told.PreviousSize is not { } size || size == known.Size || known.PausedAt is not null)
            return known;
        var rate = Price(e, known.AsChange(ResourceAction.Change) with { Size = size }).UsdPerHour;
        if (rate is null)
            return known;
        effect.ChangedUnseen(known, size, rate.Value);
        var before = known with { Size = size, UsdPerHour = rate };
        running.Put(before);
        return before;
    }

    /// <summary>
    /// Whether a start tells that what we believe to run had ended before: AWS starts nothing twice. A second record of the same start
    /// has the same time, and a Put call replaces what runs.
    /// </summary>
    private static bool StartsAnew(ResourceEvent e, ResourceChange told, RunningResource known) =>
        told.Action == ResourceAction.Start && e.Time > known.Since && known.PausedAt is null && !e.EventName.StartsWith("Put", StringComparison.Ordinal);

    private void StartAgain(ResourceEvent e, ResourceChange told, RunningResource known, Effect effect)
    {
        effect.EndedUnseen(known);
        running.Remove(known);
        StartNew(e, told.Size is null ? told.FilledFrom(known) : told, known.Id, effect);
    }

    private void StartNew(ResourceEvent e, ResourceChange change, string id, Effect effect)
    {
        var cost = Price(e, change);
        effect.Add(change, cost, cost.UsdPerHour);
        running.Put(New(e, change, id) with { UsdPerHour = cost.UsdPerHour });
    }

    /// <summary>Its end was delivered before it: nothing runs, or it was only paused.</summary>
    private void StartLate(ResourceEvent e, ResourceChange change, string id, EndedResource end, Effect effect)
    {
        effect.Note($"had already ended at {end.EndedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC: its end was delivered before");
        var rate = end.Paused ? PriceWhilePaused(e, change) : 0;
        effect.Add(change, Price(e, change), rate);
        if (end.Paused)
            running.Put(New(e, change, id) with { PausedAt = end.EndedAt, UsdPerHour = rate });
    }

    /// <summary>A change of what was not seen starting: the difference, where the record tells what was there before; else all of it.</summary>
    private void ChangeUnknown(ResourceEvent e, ResourceChange change, string id, Effect effect)
    {
        if (PricedResources.ChangesOnlyPaused(change.ResourceType))
        {
            var paused = New(e, change, id) with { PausedAt = e.Time, UsdPerHour = PriceWhilePaused(e, change) };
            ChangePaused(e, change, paused, effect);
            return;
        }

        var cost = Price(e, change);
        if (change.QuantityAdded is { } added)
        {
            effect.Note("how many there were is not known");
            effect.Add(change, cost, cost.UsdPerHour * added);
            return;
        }

        var earlier = change.Before();
        var before = earlier is null ? null : Price(e, earlier).UsdPerHour;
        if (cost.UsdPerHour > 0)
            effect.Note(before is null ? "at most: what it cost before is not known" : $"changed from {Described(earlier!)}");
        effect.Add(change, cost, cost.UsdPerHour - (before ?? 0));
        running.Put(New(e, change, id) with { UsdPerHour = cost.UsdPerHour });
    }

    private static string Described(ResourceChange change) => change.Traits.StorageGib is { } gib
        ? FormattableString.Invariant($"{change.Size ?? "a size"} of {gib:0.##} GiB") : change.Size ?? "another size";

    private void ChangePaused(ResourceEvent e, ResourceChange change, RunningResource known, Effect effect)
    {
        var rate = PriceWhilePaused(e, change) ?? known.UsdPerHour;
        effect.Note("is stopped; runs at this rate when it is started");
        effect.Add(change, Price(e, change), rate - (known.UsdPerHour ?? 0));
        running.Put(As(known, change) with { UsdPerHour = rate });
    }

    private void ChangeRunning(ResourceEvent e, ResourceChange change, RunningResource known, Effect effect)
    {
        var cost = Price(e, change);
        // Where the new rate is not known, the old one is the best guess, unless it was nothing because it was paused.
        var rate = cost.UsdPerHour ?? (known is { PausedAt: not null, UsdPerHour: 0 } ? null : known.UsdPerHour);
        if (cost.UsdPerHour > 0 && known.UsdPerHour is null && e.Service != LookedUp.Source)
            effect.Note("at most: what it cost before is not known");
        effect.Add(change, cost, cost.UsdPerHour - (known.UsdPerHour ?? 0));
        if (rate < known.UsdPerHour)
            effect.Stopped(known, (known.UsdPerHour - rate).Value);
        var startedAnew = change.Action == ResourceAction.Start && e.Time > known.Since;
        running.Put((startedAnew ? New(e, change, known.Id) with { Tags = e.Tags ?? known.Tags } : As(known, change)) with { UsdPerHour = rate, PausedAt = null });
    }

    private void Stop(ResourceEvent e, ResourceChange told, Effect effect)
    {
        string[] ids = told.ResourceIds.Count > 0 ? [.. told.ResourceIds.Distinct()] : [""];
        foreach (var id in ids)
            StopOne(e, told with { Quantity = told.Quantity / ids.Length, ResourceIds = id.Length == 0 ? [] : [id] }, id, effect);
    }

    private void StopOne(ResourceEvent e, ResourceChange change, string resourceId, Effect effect)
    {
        RunningResource[] known =
            [.. running.PartsOf(AccountId, e.Region, change.ResourceType, resourceId), .. running.OwnedBy(e.Region, change.ResourceType, resourceId)];
        if (known is [var first, ..] && first.Since > e.Time && first.Since - e.Time <= LatestDelivery)
        {
            effect.Add(change, Cost.Free($"{resourceId} was started again since"), 0);
            return;
        }

        var pauses = Pauses(e.EventName);
        if (known.Length == 0)
            StopUnknown(e, change, pauses, effect);
        foreach (var resource in known)
        {
            if (pauses && PricedResources.CanPause(resource.ResourceType))
                Pause(e, resource, effect);
            else
                End(resource, effect);
        }

        if (resourceId.Length > 0)
        {
            var id = LedgerId.Of(AccountId, e.Region, change.ResourceType, resourceId);
            ended.Add(new EndedResource { Id = id, AccountId = AccountId, EndedAt = e.Time, Paused = pauses && PricedResources.CanPause(change.ResourceType) });
        }
    }

    /// <summary>The end of what was not seen starting: its rate where the record alone tells it.</summary>
    private void StopUnknown(ResourceEvent e, ResourceChange change, bool pauses, Effect effect)
    {
        var cost = Price(e, change);
        var paused = pauses && cost.UsdPerHour is not null && PricedResources.CanPause(change.ResourceType) ? PriceWhilePaused(e, change) : null;
        effect.Note("was not seen starting");
        effect.Add(change, cost.UsdPerHour is null ? Cost.Unpriced("was not seen starting") : cost, (paused ?? 0) - cost.UsdPerHour);
        if (paused is not null && change.ResourceIds is [var id])
            running.Put(New(e, change, LedgerId.Of(AccountId, e.Region, change.ResourceType, id)) with { UsdPerHour = paused, PausedAt = e.Time });
    }

    private void Pause(ResourceEvent e, RunningResource resource, Effect effect)
    {
        var change = resource.AsChange(ResourceAction.Stop);
        var rate = resource.PausedAt is null ? PriceWhilePaused(e, change) : resource.UsdPerHour;
        var saved = resource.UsdPerHour - (rate ?? 0);
        effect.Add(change, Price(e, change), -saved);
        if (saved > 0)
            effect.Stopped(resource, saved.Value);
        running.Put(resource with { UsdPerHour = rate, PausedAt = resource.PausedAt ?? e.Time });
    }

    private void End(RunningResource resource, Effect effect)
    {
        var change = resource.AsChange(ResourceAction.Stop);
        effect.Add(change, PricedResources.Price(change, resource.Region, prices), -resource.UsdPerHour);
        effect.Stopped(resource, resource.UsdPerHour ?? 0);
        running.Remove(resource);
    }

    /// <summary>A record may tell any number; sums must not overflow. What is beyond reason is unpriced further on.</summary>
    private static ResourceChange Bounded(ResourceChange change) =>
        change.Quantity is >= 0 and <= MaxQuantity ? change : change with { Quantity = Math.Clamp(change.Quantity, 0, MaxQuantity) };

    /// <summary>Whether a call leaves what can be started again.</summary>
    private static bool Pauses(string eventName) =>
        eventName.StartsWith("Stop", StringComparison.Ordinal) || eventName.StartsWith("Pause", StringComparison.Ordinal);

    private Cost Price(ResourceEvent e, ResourceChange change) => PricedResources.Price(change, e.Region, prices);

    private decimal? PriceWhilePaused(ResourceEvent e, ResourceChange change) => PricedResources.PriceWhilePaused(change, e.Region, prices).UsdPerHour;

    private RunningResource New(ResourceEvent e, ResourceChange change, string id) => new()
    {
        Id = id,
        AccountId = AccountId,
        ResourceId = change.ResourceIds[0],
        Region = e.Region,
        Service = e.Service,
        ResourceType = change.ResourceType,
        Size = change.Size,
        Traits = change.Traits,
        Quantity = change.Quantity,
        Since = e.Time,
        EndsBy = Lifetime.EndsBy(e.Time, change),
        StartedBy = e.Actor,
        StartedByEvent = e.EventId,
        Owner = change.Owner,
        Tags = e.Tags,
    };

    private static RunningResource As(RunningResource known, ResourceChange change) =>
        known with { Size = change.Size, Traits = change.Traits, Quantity = change.Quantity, Owner = change.Owner };
}
