using System.Globalization;
using DdocCost.Domain.Normalise;
using DdocCost.Domain.Pricing;

namespace DdocCost.Domain.Ledger;

/// <summary>Gathers what one event did, resource by resource.</summary>
internal sealed class Effect
{
    private readonly List<(ResourceChange Alike, decimal Quantity, List<string> Ids)> changes = [];
    private readonly List<Cost> costs = [];
    private readonly List<StoppedResource> stopped = [];
    private readonly List<StoppedResource> endedUnseen = [];
    private readonly List<PastRate> past = [];
    private readonly List<RepricedResource> repriced = [];
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
        if (change is { Definition: { } name, IsDefined: false } && cost.UsdPerHour is null)
            Note($"{name} was not seen being defined");
        if (change.Action == ResourceAction.Start)
            AddLifetime(change);
    }

    /// <summary>A purchase: paid at once, or owed for every hour of its term.</summary>
    /// <param name="change">What was bought, and for how much where the record tells.</param>
    /// <param name="listed">What it costs at list prices, or null.</param>
    /// <param name="cnyPerUsd">Yuan for one dollar where the record tells yuan; else null.</param>
    public void Buy(ResourceChange change, Cost? listed, decimal? cnyPerUsd)
    {
        if (change is { PaidUsd: null, CommittedUsdPerHour: null })
        {
            if (listed is not null)
            {
                Add(change, listed, 0);
                return;
            }

            Add(change, Cost.Unpriced("the record does not tell the price of what was bought"), null);
            return;
        }

        // What a commitment covers is in the exposure at its list price already.
        if (change.CommittedUsdPerHour > 0)
            Note("owed for every hour of the term; pays for usage that is counted already, so not part of the exposure");
        if (cnyPerUsd is { } rate)
            Note(string.Create(CultureInfo.InvariantCulture, $"told in CNY, at {rate:0.####} CNY a dollar"));
        var (paid, owed) = (InUsd(change.PaidUsd), InUsd(change.CommittedUsdPerHour));
        Add(change, new Cost { UsdPerHour = owed, OneTimeUsd = paid, Confidence = cnyPerUsd is null ? PriceConfidence.High : PriceConfidence.Medium }, owed);

        decimal InUsd(decimal? told) => cnyPerUsd is { } rate ? Math.Round((told ?? 0) / rate, Bill.Places) : told ?? 0;
    }

    /// <summary>A change that is no matter of money.</summary>
    public void Pass(ResourceChange change, string? note = null)
    {
        Join(change);
        if (note is not null)
            Note(note);
    }

    /// <summary>A resource that ended, or runs at so much less.</summary>
    public void Stopped(RunningResource resource, decimal usdPerHour) => stopped.Add(Ended(resource, usdPerHour));

    /// <summary>A resource that does not run at its rate from a moment on.</summary>
    public void Past(RunningResource resource, DateTimeOffset until)
    {
        if (PastRate.Of(resource, until) is { } rate)
            past.Add(rate);
    }

    /// <summary>A resource that has another list price from this event on.</summary>
    public void Repriced(RunningResource resource, decimal usdPerHour) =>
        repriced.Add(new RepricedResource(resource.ResourceId, resource.UsdPerHour ?? 0, usdPerHour, resource.StartedByEvent));

    /// <summary>A resource that must have ended before this event.</summary>
    public void EndedUnseen(RunningResource resource)
    {
        endedUnseen.Add(Ended(resource, resource.UsdPerHour ?? 0));
        Note($"the end of its namesake of {resource.Since.UtcDateTime:yyyy-MM-dd HH:mm} UTC was not seen");
    }

    /// <summary>A resource that must have been changed to another size before this event.</summary>
    public void ChangedUnseen(RunningResource resource, string size, decimal usdPerHour)
    {
        if (usdPerHour < resource.UsdPerHour)
            endedUnseen.Add(Ended(resource, resource.UsdPerHour.Value - usdPerHour));
        Note($"a change from {resource.Size} to {size} before it was not seen");
    }

    /// <summary>Something a person should know of the figure.</summary>
    public void Note(string note)
    {
        if (!notes.Contains(note))
            notes.Add(note);
    }

    /// <summary>A resource as something that ended.</summary>
    public static StoppedResource Ended(RunningResource resource, decimal usdPerHour) =>
        new(resource.ResourceId, usdPerHour, resource.StartedByEvent) { Since = resource.Since, StartedByActor = resource.StartedBy.Id, RunsOn = usdPerHour < resource.UsdPerHour };

    /// <summary>All of it together.</summary>
    public CostedEvent ToCostedEvent(ResourceEvent e)
    {
        var cost = Total();
        return new CostedEvent
        {
            Event = e with { Changes = [.. changes.Select(change => change.Alike with { Quantity = Rate.Plain(change.Quantity), ResourceIds = change.Ids })] },
            UsdPerHour = priced == 0 && unpriced > 0 ? null : Rate.Plain(delta),
            OneTimeUsd = cost.OneTimeUsd,
            Cost = cost,
            MaxHours = runsOn ? null : maxHours,
            Stopped = stopped,
            Expired = endedUnseen,
            Past = past,
            Repriced = repriced,
        };
    }

    /// <summary>Resources that came out alike are one change again, as in the record.</summary>
    private void Join(ResourceChange change)
    {
        var alike = change with { Quantity = 0, ResourceIds = [] };
        if (changes is [.., var last] && last.Alike == alike)
            changes[^1] = last with { Quantity = last.Quantity + change.Quantity };
        else
            changes.Add((alike, change.Quantity, []));
        changes[^1].Ids.AddRange(change.ResourceIds);
    }

    private void AddLifetime(ResourceChange change)
    {
        var limit = Lifetime.MaxHours(change);
        runsOn |= limit is null;
        maxHours = limit > maxHours || maxHours is null ? limit : maxHours;
        if (limit is not null && change.Traits.MaxHours is null)
            Note($"assumed to end by itself within {Lifetime.AssumedHours:0} h");
    }

    private Cost Total()
    {
        if (priced > 0 && unpriced > 0)
            Note($"without {unpriced} of {priced + unpriced} resources, whose rate is not known");
        var told = string.Join("; ", costs.Select(cost => cost.Note).Concat(notes).Where(IsNews).Distinct());
        var known = costs.FindAll(cost => cost.UsdPerHour is not null);
        if (known.Count == 0 && costs.Count > 0)
            return Cost.Unpriced(told);
        var trust = known.Select(cost => cost.Confidence).DefaultIfEmpty(PriceConfidence.High).Min();
        return new Cost
        {
            UsdPerHour = Rate.Plain(known.Sum(cost => cost.UsdPerHour!.Value)),
            OneTimeUsd = Rate.Plain(known.Sum(cost => cost.OneTimeUsd)),
            Lines = Together(known),
            Confidence = unpriced > 0 && trust > PriceConfidence.Low ? PriceConfidence.Low : trust,
            Note = told.Length == 0 ? null : told,
        };
    }

    /// <summary>What the change itself says already need not be said of its cost.</summary>
    private bool IsNews(string? note) => !string.IsNullOrEmpty(note) && !changes.Exists(change => change.Alike.Note == note);

    // One resource of one line is the rule, and grouping it was a third of what entering an event takes.
    private static CostLine[] Together(List<Cost> costs) => costs is [{ Lines: [var only] }] ? [Plain(only)] :
    [
        .. from cost in costs
           from line in cost.Lines
           group line by (line.Sku, line.Unit, line.UsdPerUnit) into alike
           select Plain(new CostLine(
               alike.Key.Sku, alike.Sum(line => line.Quantity), alike.Key.Unit, alike.Key.UsdPerUnit, alike.Sum(line => line.UsdPerHour))),
    ];

    private static CostLine Plain(CostLine line) =>
        line with { Quantity = Rate.Plain(line.Quantity), UsdPerUnit = Rate.Plain(line.UsdPerUnit), UsdPerHour = Rate.Plain(line.UsdPerHour) };
}
