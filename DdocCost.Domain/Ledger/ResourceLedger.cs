using DdocCost.Domain.Normalise;
using DdocCost.Domain.Pricing;

namespace DdocCost.Domain.Ledger;

/// <summary>
/// What runs in one account now and what has been defined there; prices each event against it. Exposure is the sum of what is known to
/// run; an event's rate is what it did to the bill, also where the resource was not known before. Single-threaded, bounded; the same
/// events in the same order give the same results, wherever the ledger was stored and taken up in between.
/// </summary>
public sealed partial class ResourceLedger
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
        if (e.Action != ResourceAction.Reprice)
            hours.Add(ServiceOf(e), e.Actor, e.Time, costed.AddedUsdPerHour, ExposureUsdPerHour - before, costed.OneTimeUsd, Counts(costed.Event) ? 1 : 0);
        return costed with
        {
            Expired = [.. expired.Select(resource => Effect.Ended(resource, resource.UsdPerHour ?? 0)), .. costed.Expired],
            Past = [.. expired.Select(resource => PastRate.Of(resource, resource.EndsBy!.Value)).OfType<PastRate>(), .. costed.Past],
            ExposureAfterUsdPerHour = ExposureUsdPerHour,
        };
    }

    /// <summary>What was looked up belongs to whoever started the resource: it tells what that one did.</summary>
    private ResourceEvent AsItsStarter(ResourceEvent e) =>
        e.Service == LookedUp.Source && LookedUpIn(e) is { } known ? e with { Actor = known.StartedBy } : e;

    private string ServiceOf(ResourceEvent e) => e.Service switch
    {
        LookedUp.Source when LookedUpIn(e) is { } known => known.Service,
        Inventoried.Source => Inventoried.ServiceOf(e.Changes[0].ResourceType),
        _ => e.Service,
    };

    private RunningResource? LookedUpIn(ResourceEvent e) =>
        e.Changes[^1] is { ResourceIds: [var id] } told ? running.Find(LedgerId.Of(AccountId, e.Region, told.ResourceType, id)) : null;

    /// <summary>Whether it is one of the events that cost money.</summary>
    private static bool Counts(ResourceEvent e) => e.Action is ResourceAction.Start or ResourceAction.Change or ResourceAction.Stop or ResourceAction.OneTime;

    /// <summary>What changed since the last call, for storage; forgets it.</summary>
    public LedgerChanges DrainChanges()
    {
        var (started, gone) = running.Drain();
        var (defined, undefined) = definitions.Drain();
        var (remembered, forgotten) = ended.Drain();
        return new LedgerChanges(started, gone, defined, hours.Drain()) { ForgottenDefinitions = undefined, Remembered = remembered, Forgotten = forgotten };
    }

    /// <summary>Ends what has come to its own end by now. Driven by event time alone, so that batches make no difference.</summary>
    private List<RunningResource> Expire(DateTimeOffset now)
    {
        var expired = new List<RunningResource>();
        while (running.TakeEnded(now) is { } resource)
        {
            expired.Add(resource);
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
                    effect.Buy(change, PricedResources.PriceOnce(change, e.Region, prices), ChinaPrices.Has(e.Region) ? prices.Rates.CnyPerUsd : null);
                    break;
                case ResourceAction.Tag:
                    Tag(e, change, effect);
                    break;
                case ResourceAction.Reprice:
                    Reprice(e, change, effect);
                    break;
                default:
                    effect.Pass(change);
                    break;
            }
        }

        // What was looked up answers for one resource, and says so itself.
        if (e is { Action: ResourceAction.Define, Service: not LookedUp.Source } && ResolveWaiting(e, effect))
            e = e with { Action = ResourceAction.Change };
        return effect.ToCostedEvent(e);
    }

    /// <summary>A record may tell any number; sums must not overflow. What is beyond reason is unpriced further on.</summary>
    private static ResourceChange Bounded(ResourceChange change) =>
        change.Quantity is >= 0 and <= MaxQuantity ? change : change with { Quantity = Math.Clamp(change.Quantity, 0, MaxQuantity) };

    private Cost Price(ResourceEvent e, ResourceChange change) => PricedResources.Price(change, e.Region, prices);

    private decimal? PriceWhilePaused(ResourceEvent e, ResourceChange change) => PricedResources.PriceWhilePaused(change, e.Region, prices).UsdPerHour;
}
