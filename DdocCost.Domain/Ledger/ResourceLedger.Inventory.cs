using DdocCost.Domain.Normalise;

namespace DdocCost.Domain.Ledger;

/// <content>What a scan of the account saw and the trail did not.</content>
public sealed partial class ResourceLedger
{
    /// <summary>AWS goes on listing for a while what has ended.</summary>
    private static readonly TimeSpan ListsLag = TimeSpan.FromHours(1);

    /// <summary>It takes AWS some minutes to list what has just started.</summary>
    private static readonly TimeSpan ListsBehind = TimeSpan.FromMinutes(15);

    /// <summary>
    /// It runs and is not known: it enters at its price, yet adds nothing to what was spent, as nobody was seen starting it. A record of its start that
    /// comes later takes its place.
    /// </summary>
    private void EnterFound(ResourceEvent e, ResourceChange told, string id, RunningResource? known, Effect effect)
    {
        if (known is not null)
        {
            effect.Pass(told, "is known by now");
        }
        else if (ended.Since(id, e.Time - ListsLag) is not null)
        {
            effect.Pass(told, "has ended by now");
        }
        else
        {
            var cost = Price(e, told);
            effect.Add(told, cost, cost.UsdPerHour is null ? null : 0);
            running.Put(New(e, told, id) with { UsdPerHour = cost.UsdPerHour, Service = Inventoried.ServiceOf(told.ResourceType), IsFound = true });
        }
    }

    /// <summary>The start of what a scan had found before its record came: whoever started it is known now.</summary>
    private void TakeOver(ResourceEvent e, ResourceChange told, RunningResource found, Effect effect)
    {
        effect.Note("a scan had found it before");
        running.Remove(found);
        StartNew(e, told.Size is null ? told.FilledFrom(found) : told, found.Id, effect);
    }

    private void EndMissed(ResourceEvent e, ResourceChange told, string resourceId, Effect effect)
    {
        var parts = running.PartsOf(AccountId, e.Region, told.ResourceType, resourceId);
        if (parts.Count == 0)
        {
            effect.Pass(told, "has ended by now");
        }
        else if (parts.Exists(part => part.Since > e.Time - ListsBehind))
        {
            effect.Pass(told, "was started since");
        }
        else
        {
            parts.ForEach(part => End(e, part, effect));
            effect.Note(told.Note!);
            ended.Add(new EndedResource { Id = LedgerId.Of(AccountId, e.Region, told.ResourceType, resourceId), AccountId = AccountId, EndedAt = e.Time });
        }
    }
}
