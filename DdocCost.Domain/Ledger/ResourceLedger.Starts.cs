using DdocCost.Domain.Normalise;
using DdocCost.Domain.Pricing;

namespace DdocCost.Domain.Ledger;

/// <content>What starts, starts again, or changes.</content>
public sealed partial class ResourceLedger
{
    private void StartOrChange(ResourceEvent e, ResourceChange told, Dictionary<(string Type, string Id), int> parts, Effect effect)
    {
        string[] ids = told.ResourceIds.Count > 0 ? [.. told.ResourceIds.Distinct()] : [$"event:{e.EventId}"];
        if (e.Service == LookedUp.Source && !parts.ContainsKey((told.ResourceType, ids[0])) && running.Find(LedgerId.Of(AccountId, e.Region, told.ResourceType, ids[0])) is not { UsdPerHour: null })
        {
            // Looked up for what had no price: if it has one by now, or runs no more, the trail knew better.
            effect.Pass(told, "was looked up, and is known by now");
            return;
        }

        foreach (var change in definitions.Resolve(e, told, effect))
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
                running.PartsOf(AccountId, e.Region, told.ResourceType, id, parts[(told.ResourceType, id)] + 1).ForEach(part => End(e, part, effect));
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
        var known = running.Find(id) ?? LaterPart(e, told, id, part);
        if (e.Service == Inventoried.Source)
            EnterFound(e, told, id, known, effect);
        else if (known is { IsFound: true } && told.Action == ResourceAction.Start)
            TakeOver(e, told, known, effect);
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

    /// <summary>
    /// A further part of what waited for its definition, as it was while it waited: it has run since the first did. Null in all other cases.
    /// </summary>
    private RunningResource? LaterPart(ResourceEvent e, ResourceChange told, string id, int part) =>
        part > 1 && Answers(e) && running.Find(LedgerId.Of(AccountId, e.Region, told.ResourceType, told.ResourceIds[0])) is { } first
            ? first with { Id = id, Size = null, Traits = ResourceTraits.None, Quantity = 1, UsdPerHour = null } : null;

    /// <summary>Whether an event tells what something waited for that was started before it.</summary>
    private static bool Answers(ResourceEvent e) => e.Service == LookedUp.Source || e.Changes[0].Action == ResourceAction.Define;

    /// <summary>What runs without a price until a definition is seen, and now is.</summary>
    private bool ResolveWaiting(ResourceEvent e, Effect effect)
    {
        string[] defined = [.. e.Changes.Where(change => change is { Action: ResourceAction.Define, Definition: not null, SameAs: null }).Select(change => change.Definition!).Distinct()];
        var waiting = running.Waiting(e.Region, name => defined.Any(known => Definitions.Means(name, known)));
        foreach (var resource in waiting)
        {
            StartOrChange(e, resource.AsChange(ResourceAction.Change) with { Definition = resource.Definition, Traits = resource.Traits, QuantityUntold = true, Quantity = 1 }, [], effect);
        }

        return waiting.Count > 0;
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
        effect.Past(known, e.Time);
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
        running.Put(Rerated(known, As(known, change), rate, e, effect));
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
        if (startedAnew)
            effect.Past(known, e.Time);
        running.Put((startedAnew ? New(e, change, known.Id) with { Tags = e.Tags ?? known.Tags, UsdPerHour = rate } : Rerated(known, As(known, change), rate, e, effect)) with { PausedAt = null });
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
        EndsBy = Lifetime.EndsBy(e.Time, change),
        StartedBy = e.Actor,
        StartedByEvent = e.EventId,
        Owner = change.Owner,
        Definition = change.Definition,
        Tags = e.Tags,
    };

    private static RunningResource As(RunningResource known, ResourceChange change) =>
        known with { Size = change.Size, Traits = change.Traits, Quantity = change.Quantity, Owner = change.Owner, Definition = change.Definition ?? known.Definition };
}
