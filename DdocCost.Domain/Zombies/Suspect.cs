using System.Globalization;
using DdocCost.Domain.Normalise;
using DdocCost.Domain.Pricing;

namespace DdocCost.Domain.Zombies;

/// <summary>One resource before one rule, with all that is known: what a rule's criterion and saving are written in.</summary>
public sealed class Suspect(ZombieRule rule, RuleSetting setting, Resource resource, RegionFacts facts, Func<Resource, Past> pasts, PriceBook prices, DateTimeOffset now)
{
    private readonly Past past = pasts(resource);

    /// <summary>The resource.</summary>
    public Resource Resource => resource;

    /// <summary>The rule.</summary>
    public ZombieRule Rule => rule;

    /// <summary>When the facts were collected, UTC.</summary>
    public DateTimeOffset Now => now;

    /// <summary>The window in whole days.</summary>
    public int Days => setting.DaysOf(rule);

    /// <summary>List prices.</summary>
    public PriceBook Prices => prices;

    /// <summary>A threshold.</summary>
    public double Limit(string name) => setting.ValueOf(rule, name);

    // Facts of the resource itself

    /// <summary>Whether it is in one of these states, whatever their casing.</summary>
    public Answer State(params ReadOnlySpan<string> states)
    {
        if (resource.State is null)
            return Answer.Unclear("its state was not told");
        foreach (var state in states)
        {
            if (state.Equals(resource.State, StringComparison.OrdinalIgnoreCase))
                return Answer.Yes;
        }

        return Answer.No;
    }

    /// <summary>A text fact is one of these.</summary>
    public Answer Is(string fact, params ReadOnlySpan<string> values) =>
        resource.Text(fact) is { } text ? values.Contains(text, StringComparer.OrdinalIgnoreCase) : Answer.Unclear($"{fact} was not told");

    /// <summary>A flag.</summary>
    public Answer Flag(string fact) => resource.Flag(fact) is { } flag ? flag : Answer.Unclear($"{fact} was not told");

    /// <summary>A flag that services leave out where it is false.</summary>
    public Answer FlagOrNot(string fact) => resource.Flag(fact) ?? false;

    /// <summary>A number.</summary>
    public Reading Number(string fact) => resource.Number(fact) is { } number ? new Reading(number) : Reading.Unknown($"{fact} was not told");

    /// <summary>Whether it names anything by a relation.</summary>
    public Answer Has(string relation) => resource.Linked(relation).Count > 0;

    // Time

    /// <summary>Days since it was made: by the service, else by CloudTrail, else by the first scan that saw it.</summary>
    public Reading AgeInDays => Ago(resource.Created ?? past.StartedAt ?? past.FirstSeen, "it is not known since when it exists");

    /// <summary>Days since a moment that the service tells.</summary>
    public Reading DaysSince(string fact) => Ago(resource.Time(fact), $"{fact} was not told");

    /// <summary>Older than the window.</summary>
    public Answer IsOld => AgeInDays >= Days;

    /// <summary>A moment that the service tells lies before the window.</summary>
    public Answer NotWithinWindow(string fact) => DaysSince(fact) >= Days;

    /// <summary>
    /// It has been in its present state for the whole window: as earlier scans saw, as CloudTrail saw it stopped, or because it is told
    /// since when (<paramref name="since"/>).
    /// </summary>
    public Answer Lasted(string? since = null)
    {
        var known = new[] { past.StateSince, past.PausedAt, since is null ? null : resource.Time(since) }.OfType<DateTimeOffset>().ToList();
        return known.Count == 0
            ? Answer.Unclear("since when it is so is not known yet: later scans will tell")
            : (now - known.Min()).TotalDays >= Days ? Answer.Yes : Answer.Unclear(string.Create(CultureInfo.InvariantCulture, $"it has been so for {(now - known.Min()).TotalDays:0} of {Days} days as far as is known"));
    }

    // Metrics over the window

    /// <summary>The highest of the daily values.</summary>
    public Reading Peak(string metric) => Read(metric, days => days.Max(day => day.Value));

    /// <summary>The lowest of the daily values.</summary>
    public Reading Low(string metric) => Read(metric, days => days.Min(day => day.Value));

    /// <summary>All daily values added up.</summary>
    public Reading Total(string metric) => Read(metric, days => days.Sum(day => day.Value));

    /// <summary>The mean of the daily values.</summary>
    public Reading Mean(string metric) => Read(metric, days => days.Average(day => day.Value));

    /// <summary>None of it at all, on each of these metrics.</summary>
    public Answer Nothing(params ReadOnlySpan<string> metrics)
    {
        var answer = Answer.Yes;
        foreach (var metric in metrics)
            answer &= Total(metric).IsZero;
        return answer;
    }

    /// <summary>A metric's course over the window, or why it is not known.</summary>
    public (MetricSeries? Course, string? Missing) Course(MetricNeed need)
    {
        var queries = need.For(resource).ToList();
        if (queries.Count == 0)
            return (null, $"{need.Metric} cannot be asked for: {need.Dimensions} is not known of it");
        var parts = queries.ConvertAll(facts.Metric);
        if (parts.Find(part => part.Missing is not null).Missing is { } why)
            return (null, $"{need.Metric}: {why}");
        return (MetricSeries.Together(parts.ConvertAll(part => part.Course!), need.Statistic, need.IsSparse), null);
    }

    private Reading Read(string metric, Func<IReadOnlyList<DayValue>, double> sum)
    {
        var need = rule.Metrics.First(need => need.Name == metric);
        var (course, missing) = Course(need);
        if (course is null)
            return Reading.Unknown(missing!);
        if (need.IsSparse)
            return new Reading(course.Last(Days, now) is { Count: > 0 } some ? sum(some) : 0);
        return course.Gap(need.Metric, Days, now) is { } gap ? Reading.Unknown(gap) : new Reading(sum(course.Last(Days, now)));
    }

    // Other resources of the region

    /// <summary>Whether any of a kind is like that; unclear where the kind was not scanned.</summary>
    public Answer Any(FactKind kind, Func<Resource, bool> like) =>
        facts.WhyMissing(kind) is { } why ? Answer.Unclear(why) : facts.Of(kind).Any(like);

    /// <summary>How many of a kind are like that; not known where the kind was not scanned.</summary>
    public Reading Count(FactKind kind, Func<Resource, bool> like) =>
        facts.WhyMissing(kind) is { } why ? Reading.Unknown(why) : new Reading(facts.Of(kind).Count(like));

    /// <summary>Whether any of a kind links here; unclear where the kind was not scanned.</summary>
    public Answer IsLinkedFrom(FactKind kind, string relation) => IsLinkedFrom(kind, relation, resource.Id);

    /// <summary>Whether any of a kind links to an id; unclear where the kind was not scanned.</summary>
    public Answer IsLinkedFrom(FactKind kind, string relation, string id) =>
        facts.WhyMissing(kind) is { } why ? Answer.Unclear(why) : facts.LinkingTo(kind, relation, id).Any();

    /// <summary>Whether a thing with this id exists; unclear where the kind was not scanned.</summary>
    public Answer Exists(FactKind kind, string? id) =>
        id is null ? Answer.Unclear($"which {kind.Name} it belongs to was not told")
        : facts.WhyMissing(kind) is { } why ? Answer.Unclear(why) : facts.Find(kind, id) is not null;

    /// <summary>
    /// Whether it links to things of a kind and all of them are like that: no where it links to none, unclear where one of them was not seen.
    /// </summary>
    public Answer All(FactKind kind, string relation, Func<Suspect, Answer> like)
    {
        if (resource.Linked(relation).Count == 0)
            return Answer.No;
        if (facts.WhyMissing(kind) is { } why)
            return Answer.Unclear(why);
        var all = Answer.Yes;
        foreach (var id in resource.Linked(relation))
            all &= facts.Find(kind, id) is { } other ? like(About(other)) : Answer.Unclear($"{id} was not seen");
        return all;
    }

    /// <summary>Those of a kind that link here.</summary>
    public IEnumerable<Resource> LinkedFrom(FactKind kind, string relation) => facts.LinkingTo(kind, relation, resource.Id);

    /// <summary>Those of a kind that it links to.</summary>
    public IEnumerable<Resource> LinkedTo(FactKind kind, string relation) =>
        resource.Linked(relation).Select(id => facts.Find(kind, id)).OfType<Resource>();

    // Money

    /// <summary>What it costs by itself.</summary>
    public Saving ListPrice() => PriceOf(resource);

    /// <summary>What it costs while it is stopped.</summary>
    public Saving StoppedPrice() =>
        Saving.Of(PricedResources.PriceWhilePaused(ChangeOf(resource, resource.PricedAs ?? resource.Kind), resource.Region, prices));

    /// <summary>What a resource costs by itself, as its own kind or as another that is priced.</summary>
    public Saving PriceOf(Resource other, string? priced = null) => Saving.Of(CostOf(other, prices, priced));

    /// <summary>What a resource costs by itself at list prices, as its own kind or as another that is priced.</summary>
    public static Cost CostOf(Resource resource, PriceBook prices, string? priced = null) =>
        PricedResources.Price(ChangeOf(resource, priced), resource.Region, prices);

    /// <summary>What several cost.</summary>
    public Saving SumOf(IEnumerable<Resource> others) => others.Aggregate(Saving.None, (sum, other) => sum + PriceOf(other));

    /// <summary>What it costs in parts of several sizes, told as <c>ml.m5.large*2,ml.g4dn.xlarge*1</c>.</summary>
    public Saving Parts(string parts, string priced) => parts.Split(',', StringSplitOptions.RemoveEmptyEntries)
        .Select(part => part.Split('*'))
        .Select(part => resource with { Size = part[0], Quantity = decimal.TryParse(part[^1], NumberStyles.Number, CultureInfo.InvariantCulture, out var count) ? count : 1 })
        .Aggregate(Saving.None, (sum, part) => sum + PriceOf(part, priced));

    /// <summary>So many of a product of the price book, all the time.</summary>
    public Saving Price(string service, string product, double quantity)
    {
        if (!double.IsFinite(quantity) || quantity is < 0 or > 1e15)
            return Saving.Unpriced("how much of it there is was not told");
        var bill = new Bill(prices, ChangeOf(resource, resource.Kind), resource.Region);
        return Saving.Of(bill.Add(service, product, (decimal)quantity).ToCost());
    }

    /// <summary>A size in bytes, as GiB of storage at a price per GB-month.</summary>
    public Saving Storage(string service, string product, string bytesFact) => resource.Number(bytesFact) is { } bytes
        ? Price(service, product, bytes / 1_073_741_824)
        : Saving.Unpriced($"{bytesFact} was not told");

    /// <summary>A resource as the start of it.</summary>
    public static ResourceChange ChangeOf(Resource resource, string? priced = null) => new()
    {
        Action = ResourceAction.Start,
        ResourceType = priced ?? resource.PricedAs ?? resource.Kind,
        ResourceIds = [resource.Id],
        Owner = resource.Owner,
        Size = resource.Size,
        Quantity = resource.Quantity,
        Traits = resource.Traits,
    };

    private Suspect About(Resource other) => new(rule, setting, other, facts, pasts, prices, now);

    private Reading Ago(DateTimeOffset? moment, string unknown) => moment is { } then ? new Reading((now - then).TotalDays) : Reading.Unknown(unknown);
}
