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

    private readonly PriceBook prices = PriceBook.Embedded;
    private readonly StoredSet<RunningResource> running;
    private readonly StoredSet<ResourceDefinition> definitions;
    private readonly EndedMemory ended;
    private readonly SpendHours hours;
    private readonly SortedSet<(DateTimeOffset EndsBy, string Id)> expiring;

    /// <summary>Takes up a ledger where it was left.</summary>
    /// <param name="accountId">Account.</param>
    /// <param name="running">What ran.</param>
    /// <param name="definitions">What had been defined.</param>
    /// <param name="ended">What had ended not long ago.</param>
    public ResourceLedger(
        string accountId, IEnumerable<RunningResource> running, IEnumerable<ResourceDefinition> definitions, IEnumerable<EndedResource> ended)
    {
        AccountId = accountId;
        this.running = new StoredSet<RunningResource>(running, resource => resource.Id);
        this.definitions = new StoredSet<ResourceDefinition>(definitions, definition => definition.Id);
        this.ended = new EndedMemory(ended);
        hours = new SpendHours(accountId);
        expiring = new(from resource in Running.Values where resource.EndsBy is not null select (resource.EndsBy!.Value, resource.Id), TimeThenId.Order);
        ExposureUsdPerHour = Rate.Plain(Running.Values.Sum(resource => resource.UsdPerHour ?? 0));
    }

    /// <summary>Account.</summary>
    public string AccountId { get; }

    /// <summary>What runs now costs, USD per hour, priced resources only; what is still paid of paused ones included.</summary>
    public decimal ExposureUsdPerHour { get; private set; }

    /// <summary>What runs now or is paused, by <see cref="RunningResource.Id"/>.</summary>
    public IReadOnlyDictionary<string, RunningResource> Running => running.All;

    /// <summary>Resolves, prices and enters an event.</summary>
    public CostedEvent Apply(ResourceEvent e)
    {
        var expired = Expire(e.Time);
        var before = ExposureUsdPerHour;
        var costed = e.Action == ResourceAction.None ? Refuse(e) : Enter(e);
        StayWithinBounds(e.Time);
        hours.Add(
            e.Service, e.Actor, e.Time, costed.AddedUsdPerHour, ExposureUsdPerHour - before, costed.OneTimeUsd,
            e.Action is ResourceAction.None or ResourceAction.Define ? 0 : 1);
        return costed with { Expired = expired, ExposureAfterUsdPerHour = ExposureUsdPerHour };
    }

    /// <summary>What changed since the last call, for storage; forgets it.</summary>
    public LedgerChanges DrainChanges()
    {
        var (started, gone) = running.Drain();
        var (defined, undefined) = definitions.Drain();
        var (remembered, forgotten) = ended.Drain();
        return new LedgerChanges(started, gone, defined, hours.Drain()) { ForgottenDefinitions = undefined, Remembered = remembered, Forgotten = forgotten };
    }

    private CostedEvent Refuse(ResourceEvent e)
    {
        var would = e.Changes.Select(change => PricedResources.Price(change, e.Region, prices).UsdPerHour).Sum() ?? 0;
        var note = would > 0 ? FormattableString.Invariant($"refused; would have cost {would:0.####} USD/h") : "refused";
        return new CostedEvent { Event = e, UsdPerHour = 0, Cost = new Cost { UsdPerHour = 0, Confidence = PriceConfidence.High, Note = note } };
    }

    private CostedEvent Enter(ResourceEvent e)
    {
        var effect = new Effect();
        var parts = new Dictionary<(string Type, string Id), int>();
        foreach (var change in e.Changes)
        {
            switch (change.Action)
            {
                case ResourceAction.Define:
                    Define(e, change, effect);
                    break;
                case ResourceAction.Start or ResourceAction.Change:
                    StartOrChange(e, change, parts, effect);
                    break;
                case ResourceAction.Stop:
                    Stop(e, change, effect);
                    break;
                case ResourceAction.OneTime:
                    effect.Add(change, Cost.Unpriced("the record does not tell the price of what was bought"), null);
                    break;
                default:
                    effect.Pass(change);
                    break;
            }
        }

        return effect.ToCostedEvent(e);
    }

    /// <summary>Remembers a description under its name; several changes of one event under one name are its parts.</summary>
    private void Define(ResourceEvent e, ResourceChange change, Effect effect)
    {
        effect.Pass(change);
        effect.Note("costs nothing itself");
        string[] names = change.Definition is { } named ? [named] : [.. change.ResourceIds.Select(id => $"{change.ResourceType}/{id}")];
        foreach (var name in names)
        {
            var id = LedgerId.OfDefinition(AccountId, e.Region, name);
            var known = definitions.Find(id);
            if (known is not null && known.Time > e.Time)
                continue;
            var sameEvent = known is not null && known.EventId == e.EventId;
            definitions.Put(new ResourceDefinition
            {
                Id = id,
                AccountId = AccountId,
                Changes = sameEvent ? [.. known!.Changes, change] : [change],
                Time = e.Time,
                EventId = e.EventId,
            });
        }
    }

    private void StartOrChange(ResourceEvent e, ResourceChange told, Dictionary<(string Type, string Id), int> parts, Effect effect)
    {
        string[] ids = told.ResourceIds.Count > 0 ? [.. told.ResourceIds.Distinct()] : [$"event:{e.EventId}"];
        var resolved = ByDefinition(e, told, effect);
        foreach (var change in resolved)
        {
            foreach (var id in ids)
            {
                var part = parts[(told.ResourceType, id)] = parts.GetValueOrDefault((told.ResourceType, id)) + 1;
                var one = change with { Quantity = change.Quantity / ids.Length, ResourceIds = [id] };
                StartOrChangeOne(e, one, LedgerId.Of(AccountId, e.Region, told.ResourceType, id, part), effect);
            }
        }

        // What took a new definition has no other parts than that tells.
        if (told.Definition is not null && told.Action == ResourceAction.Change)
        {
            foreach (var id in ids)
            {
                foreach (var surplus in PartsOf(e, told, id, parts[(told.ResourceType, id)] + 1))
                    End(surplus, effect);
            }
        }
    }

    private IReadOnlyList<ResourceChange> ByDefinition(ResourceEvent e, ResourceChange change, Effect effect)
    {
        if (change.Definition is not { } name)
            return [change];
        if (definitions.Find(LedgerId.OfDefinition(AccountId, e.Region, name)) is { } definition)
            return [.. definition.Changes.Select(defined => change.FilledFrom(defined))];
        if (change.Size is null)
            effect.Note($"{name} was not seen being defined");
        return [change];
    }

    private void StartOrChangeOne(ResourceEvent e, ResourceChange told, string id, Effect effect)
    {
        var known = running.Find(id);
        var change = known is null ? told : told.FilledFrom(known);
        var cost = PricedResources.Price(change, e.Region, prices);
        if (ended.Since(id, e.Time) is { } end && known is null)
            Late(e, change, cost, id, end, effect);
        else if (known?.PausedAt is { } pausedAt && (change.Action == ResourceAction.Change || pausedAt >= e.Time))
            ChangePaused(e, change, cost, known, effect);
        else if (known is not null)
            ChangeKnown(e, change, cost, known, effect);
        else
            StartUnknown(e, change, cost, id, effect);
    }

    /// <summary>Its end was delivered before it: nothing runs, or it was only paused.</summary>
    private void Late(ResourceEvent e, ResourceChange change, Cost cost, string id, EndedResource end, Effect effect)
    {
        effect.Note($"had already ended at {end.EndedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC: its end was delivered before its start");
        effect.Add(change, cost, 0);
        if (end.Paused && PricedResources.CanPause(change.ResourceType))
            Put(New(e, change, id) with { PausedAt = end.EndedAt, UsdPerHour = PricedResources.PriceWhilePaused(change, e.Region, prices).UsdPerHour });
    }

    private void ChangePaused(ResourceEvent e, ResourceChange change, Cost cost, RunningResource known, Effect effect)
    {
        var rate = PricedResources.PriceWhilePaused(change, e.Region, prices).UsdPerHour ?? known.UsdPerHour;
        effect.Note("is stopped; runs at this rate when it is started");
        effect.Add(change, cost, rate - (known.UsdPerHour ?? 0));
        Put(As(known, change) with { UsdPerHour = rate });
    }

    private void ChangeKnown(ResourceEvent e, ResourceChange change, Cost cost, RunningResource known, Effect effect)
    {
        var rate = cost.UsdPerHour ?? (known.PausedAt is null ? known.UsdPerHour : null);
        var old = known.UsdPerHour;
        if (cost.UsdPerHour is not null && old is null)
            effect.Note("what it cost before is not known");
        effect.Add(change, cost, cost.UsdPerHour is null ? null : rate - (old ?? 0));
        if (rate < old)
            effect.Stopped(known, (old - rate).Value);
        var begun = change.Action == ResourceAction.Start && e.Time > known.Since ? New(e, change, known.Id) : As(known, change);
        Put(begun with { UsdPerHour = rate, PausedAt = null });
    }

    private void StartUnknown(ResourceEvent e, ResourceChange change, Cost cost, string id, Effect effect)
    {
        var delta = cost.UsdPerHour;
        if (change.Action == ResourceAction.Change && delta is not null)
        {
            var before = change.PreviousSize is { } size ? PricedResources.Price(change with { Size = size }, e.Region, prices).UsdPerHour : null;
            delta -= before ?? 0;
            effect.Note(before is null ? "at most: what it cost before is not known" : $"changed from {change.PreviousSize}");
        }

        effect.Add(change, cost, delta);
        Put(New(e, change, id) with { UsdPerHour = cost.UsdPerHour });
    }

    private void Stop(ResourceEvent e, ResourceChange change, Effect effect)
    {
        var pause = PricedResources.CanPause(change.ResourceType) && Pauses(e.EventName);
        string[] ids = change.ResourceIds.Count > 0 ? [.. change.ResourceIds.Distinct()] : [""];
        foreach (var resourceId in ids)
        {
            var parts = PartsOf(e, change, resourceId, 1);
            var one = change with { Quantity = change.Quantity / ids.Length, ResourceIds = resourceId.Length == 0 ? [] : [resourceId] };
            if (parts.Count == 0)
                StopUnknown(e, one, pause, effect);
            else if (parts.All(part => part.Since > e.Time && part.Since - e.Time <= LatestDelivery))
            {
                effect.Note($"{resourceId} was started again since");
                effect.Add(one, new Cost { UsdPerHour = 0, Confidence = PriceConfidence.High }, 0);
                continue;
            }
            else
            {
                foreach (var part in parts)
                {
                    if (pause)
                        Pause(e, part, effect);
                    else
                        End(part, effect);
                }
            }

            if (resourceId.Length > 0)
                ended.Add(new EndedResource { Id = LedgerId.Of(AccountId, e.Region, change.ResourceType, resourceId), AccountId = AccountId, EndedAt = e.Time, Paused = pause });
        }
    }

    private void StopUnknown(ResourceEvent e, ResourceChange change, bool pause, Effect effect)
    {
        var cost = PricedResources.Price(change, e.Region, prices);
        effect.Note("was not seen starting");
        effect.Add(change, cost.UsdPerHour is null ? Cost.Unpriced("was not seen starting") : cost, -cost.UsdPerHour);
        if (pause && change.Size is not null && change.ResourceIds is [var id])
        {
            var meanwhile = PricedResources.PriceWhilePaused(change, e.Region, prices).UsdPerHour;
            Put(New(e, change, LedgerId.Of(AccountId, e.Region, change.ResourceType, id)) with { UsdPerHour = meanwhile, PausedAt = e.Time });
        }
    }

    private void Pause(ResourceEvent e, RunningResource resource, Effect effect)
    {
        var change = resource.AsChange(ResourceAction.Stop);
        var cost = PricedResources.Price(change, resource.Region, prices);
        var rate = PricedResources.PriceWhilePaused(change, resource.Region, prices).UsdPerHour;
        var saved = resource.PausedAt is null ? resource.UsdPerHour - (rate ?? 0) : 0;
        effect.Add(change, cost, -saved);
        if (saved > 0)
            effect.Stopped(resource, saved.Value);
        if (resource.PausedAt is null)
            Put(resource with { UsdPerHour = rate, PausedAt = e.Time });
    }

    private void End(RunningResource resource, Effect effect)
    {
        var change = resource.AsChange(ResourceAction.Stop);
        effect.Add(change, PricedResources.Price(change, resource.Region, prices), -resource.UsdPerHour);
        effect.Stopped(resource, resource.UsdPerHour ?? 0);
        Remove(resource);
    }

    /// <summary>Names of calls after which a resource can be started again.</summary>
    private static bool Pauses(string eventName) =>
        eventName.StartsWith("Stop", StringComparison.Ordinal) || eventName.StartsWith("Pause", StringComparison.Ordinal);

    private List<RunningResource> PartsOf(ResourceEvent e, ResourceChange change, string resourceId, int from)
    {
        var parts = new List<RunningResource>();
        for (var part = from; running.Find(LedgerId.Of(AccountId, e.Region, change.ResourceType, resourceId, part)) is { } known; part++)
            parts.Add(known);
        return parts;
    }

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
        EndsBy = Lifetime.MaxHours(change) is { } limit ? Later(e.Time, limit) : null,
        StartedBy = e.Actor,
        StartedByEvent = e.EventId,
        Owner = change.Owner,
    };

    private static RunningResource As(RunningResource known, ResourceChange change) =>
        known with { Size = change.Size, Traits = change.Traits, Quantity = change.Quantity, Owner = change.Owner };

    private static DateTimeOffset Later(DateTimeOffset moment, double hours) =>
        hours > (DateTimeOffset.MaxValue - moment).TotalHours ? DateTimeOffset.MaxValue : moment.AddHours(hours);

    /// <summary>Ends what has come to its own end by now. Driven by event time alone, so that batches make no difference.</summary>
    private List<StoppedResource> Expire(DateTimeOffset now)
    {
        var expired = new List<StoppedResource>();
        while (expiring.Count > 0 && expiring.Min is var (endsBy, id) && endsBy <= now)
        {
            var resource = running.Find(id)!;
            expired.Add(Effect.Ended(resource, resource.UsdPerHour ?? 0));
            Remove(resource);
            hours.Add(resource.Service, resource.StartedBy, endsBy, 0, -(resource.UsdPerHour ?? 0), 0, 0);
        }

        return expired;
    }

    private void StayWithinBounds(DateTimeOffset now)
    {
        if (Running.Count > MaxRunning)
        {
            var least = Running.Values.OrderBy(resource => resource.UsdPerHour ?? 0).ThenBy(resource => resource.Since).ThenBy(resource => resource.Id, StringComparer.Ordinal);
            foreach (var resource in least.Take(MaxRunning / 100).ToList())
                Remove(resource);
        }

        if (definitions.All.Count > MaxDefinitions)
        {
            var oldest = definitions.All.Values.OrderBy(definition => definition.Time).ThenBy(definition => definition.Id, StringComparer.Ordinal);
            foreach (var definition in oldest.Take(MaxDefinitions / 100).ToList())
                definitions.Remove(definition.Id);
        }
    }

    private void Put(RunningResource resource)
    {
        Leave(resource.Id);
        running.Put(resource);
        ExposureUsdPerHour = Rate.Plain(ExposureUsdPerHour + (resource.UsdPerHour ?? 0));
        if (resource.EndsBy is { } endsBy)
            expiring.Add((endsBy, resource.Id));
    }

    private void Remove(RunningResource resource)
    {
        Leave(resource.Id);
        running.Remove(resource.Id);
    }

    private void Leave(string id)
    {
        if (running.Find(id) is not { } known)
            return;
        ExposureUsdPerHour = Rate.Plain(ExposureUsdPerHour - (known.UsdPerHour ?? 0));
        if (known.EndsBy is { } endsBy)
            expiring.Remove((endsBy, id));
    }
}
