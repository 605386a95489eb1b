using DdocCost.Domain.Normalise;
using DdocCost.Domain.Pricing;

namespace DdocCost.Domain.Ledger;

/// <content>What ends or is paused.</content>
public sealed partial class ResourceLedger
{
    private void Stop(ResourceEvent e, ResourceChange told, Effect effect)
    {
        string[] ids = told.ResourceIds.Count > 0 ? [.. told.ResourceIds.Distinct()] : [""];
        foreach (var id in ids)
            StopOne(e, told with { Quantity = told.Quantity / ids.Length, ResourceIds = id.Length == 0 ? [] : [id] }, id, effect);
    }

    private void StopOne(ResourceEvent e, ResourceChange change, string resourceId, Effect effect)
    {
        if (e.Service == Inventoried.Source)
        {
            EndMissed(e, change, resourceId, effect);
            return;
        }

        RunningResource[] known =
            [.. running.PartsOf(AccountId, e.Region, change.ResourceType, resourceId), .. running.OwnedBy(e.Region, change.ResourceType, resourceId)];
        if (known is [var first, ..] && first.Since > e.Time && (first.IsFound || first.Since - e.Time <= LatestDelivery))
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
                End(e, resource, effect);
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
        running.Put(Rerated(resource, resource, rate, e, effect) with { PausedAt = resource.PausedAt ?? e.Time });
    }

    private void End(ResourceEvent e, RunningResource resource, Effect effect)
    {
        var change = resource.AsChange(ResourceAction.Stop);
        effect.Add(change, PricedResources.Price(change, resource.Region, prices), -resource.UsdPerHour);
        effect.Stopped(resource, resource.UsdPerHour ?? 0);
        effect.Past(resource, e.Time);
        running.Remove(resource);
    }

    /// <summary>Whether a call leaves what can be started again.</summary>
    private static bool Pauses(string eventName) =>
        eventName.StartsWith("Stop", StringComparison.Ordinal) || eventName.StartsWith("Pause", StringComparison.Ordinal);
}
