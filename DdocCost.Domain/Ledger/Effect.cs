using DdocCost.Domain.Normalise;
using DdocCost.Domain.Pricing;

namespace DdocCost.Domain.Ledger;

/// <summary>Gathers what one event did, resource by resource.</summary>
internal sealed class Effect
{
    private readonly List<ResourceChange> changes = [];
    private readonly List<Cost> costs = [];
    private readonly List<StoppedResource> stopped = [];
    private readonly List<string> notes = [];
    private decimal delta;
    private int priced;
    private int unpriced;
    private bool runsOn;
    private double? maxHours;

    /// <summary>One resource.</summary>
    /// <param name="change">Resolved, of this resource alone.</param>
    /// <param name="cost">What it costs (of a stop: what it cost).</param>
    /// <param name="usdPerHour">By how much the bill changed, USD per hour, or null where unknown.</param>
    public void Add(ResourceChange change, Cost cost, decimal? usdPerHour)
    {
        Join(change);
        costs.Add(cost);
        delta += usdPerHour ?? 0;
        if (usdPerHour is null)
            unpriced++;
        else
            priced++;
        if (change.Action != ResourceAction.Start)
            return;
        var limit = Lifetime.MaxHours(change);
        runsOn |= limit is null;
        maxHours = limit > maxHours || maxHours is null ? limit : maxHours;
        if (limit is not null && change.Traits.MaxHours is null)
            Note($"assumed to end by itself within {Lifetime.AssumedHours:0} h");
    }

    /// <summary>A change that is no matter of money.</summary>
    public void Pass(ResourceChange change) => changes.Add(change);

    public void Stopped(RunningResource resource, decimal usdPerHour) =>
        stopped.Add(Ended(resource, usdPerHour));

    /// <summary>A resource as something that ended.</summary>
    public static StoppedResource Ended(RunningResource resource, decimal usdPerHour) =>
        new(resource.ResourceId, usdPerHour, resource.StartedByEvent) { Since = resource.Since, StartedByActor = resource.StartedBy.Id };

    public void Note(string note)
    {
        if (!notes.Contains(note))
            notes.Add(note);
    }

    public CostedEvent ToCostedEvent(ResourceEvent e)
    {
        var cost = Total();
        return new CostedEvent
        {
            Event = e with { Changes = changes.Count == 0 ? e.Changes : changes },
            UsdPerHour = priced == 0 && unpriced > 0 ? null : Rate.Plain(delta),
            OneTimeUsd = cost.OneTimeUsd,
            Cost = cost,
            MaxHours = runsOn ? null : maxHours,
            Stopped = stopped,
        };
    }

    /// <summary>Resources that came out alike are one change again, as in the record.</summary>
    private void Join(ResourceChange change)
    {
        if (changes is [.., var last] && last with { Quantity = 0, ResourceIds = [] } == change with { Quantity = 0, ResourceIds = [] })
            changes[^1] = last with { Quantity = last.Quantity + change.Quantity, ResourceIds = [.. last.ResourceIds, .. change.ResourceIds] };
        else
            changes.Add(change);
    }

    private Cost Total()
    {
        var known = costs.Where(cost => cost.UsdPerHour is not null || cost.OneTimeUsd > 0).ToList();
        var reasons = costs.Except(known).Select(cost => cost.Note!);
        if (priced > 0 && unpriced > 0)
            Note($"without {unpriced} of {priced + unpriced} resources, whose price is not known");
        var told = string.Join("; ", known.Select(cost => cost.Note).Concat(reasons).Concat(notes).Where(note => !string.IsNullOrEmpty(note)).Distinct());
        if (known.Count == 0 && costs.Count > 0)
            return Cost.Unpriced(told);
        var trust = known.Count == 0 ? PriceConfidence.High : known.Min(cost => cost.Confidence);
        return new Cost
        {
            UsdPerHour = Rate.Plain(known.Sum(cost => cost.UsdPerHour ?? 0)),
            OneTimeUsd = known.Sum(cost => cost.OneTimeUsd),
            Lines = Together(known),
            Confidence = unpriced > 0 && trust > PriceConfidence.Low ? PriceConfidence.Low : trust,
            Note = told.Length == 0 ? null : told,
        };
    }

    private static CostLine[] Together(IEnumerable<Cost> costs) =>
        [.. from cost in costs
            from line in cost.Lines
            group line by (line.Sku, line.Unit, line.UsdPerUnit) into alike
            select new CostLine(
                alike.Key.Sku, Rate.Plain(alike.Sum(line => line.Quantity)), alike.Key.Unit, Rate.Plain(alike.Key.UsdPerUnit), Rate.Plain(alike.Sum(line => line.UsdPerHour)))];
}
