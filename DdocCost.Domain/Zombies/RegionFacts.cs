namespace DdocCost.Domain.Zombies;

/// <summary>All that one scan collected in a region of an account. What could not be collected is known as such, with the reason.</summary>
public sealed class RegionFacts
{
    private readonly Dictionary<string, KindFacts> kinds = [];
    private readonly Dictionary<MetricQuery, MetricSeries> series = [];
    private readonly Dictionary<MetricQuery, string> missing = [];
    private readonly string metricsDefault;

    /// <summary>Makes one.</summary>
    /// <param name="metricsDefault">Why a metric that was not asked for is not known.</param>
    public RegionFacts(string metricsDefault = "its metrics were not read") => this.metricsDefault = metricsDefault;

    /// <summary>The kinds that were collected.</summary>
    public IReadOnlyList<FactKind> Scanned => [.. kinds.Values.Where(kind => kind.Failure is null).Select(kind => kind.Kind)];

    /// <summary>Adds what was collected of a kind.</summary>
    public RegionFacts Add(FactKind kind, IEnumerable<Resource> resources)
    {
        kinds[kind.Name] = new KindFacts(kind, [.. resources], null);
        return this;
    }

    /// <summary>Notes that a kind could not be collected.</summary>
    public RegionFacts Fail(FactKind kind, string reason)
    {
        kinds[kind.Name] = new KindFacts(kind, [], reason);
        return this;
    }

    /// <summary>Adds a metric's course.</summary>
    public void Add(MetricQuery query, MetricSeries course) => series[query] = course;

    /// <summary>Notes that a metric could not be read.</summary>
    public void Fail(MetricQuery query, string reason) => missing[query] = reason;

    /// <summary>Why a kind is not known, or null.</summary>
    public string? WhyMissing(FactKind kind) =>
        !kinds.TryGetValue(kind.Name, out var facts) ? $"{kind.Name} was not collected" : facts.Failure is { } why ? $"{kind.Name} was not scanned: {why}" : null;

    /// <summary>All resources of a kind; empty where it is not known.</summary>
    public IReadOnlyList<Resource> Of(FactKind kind) => kinds.GetValueOrDefault(kind.Name)?.Resources ?? [];

    /// <summary>All resources.</summary>
    public IEnumerable<Resource> All => kinds.Values.SelectMany(kind => kind.Resources);

    /// <summary>A resource by its id, or null.</summary>
    public Resource? Find(FactKind kind, string id) => kinds.GetValueOrDefault(kind.Name)?.ById.GetValueOrDefault(id);

    /// <summary>Resources of a kind that link to an id by a relation.</summary>
    public IEnumerable<Resource> LinkingTo(FactKind kind, string relation, string id) => kinds.GetValueOrDefault(kind.Name)?.By(relation)[id] ?? [];

    /// <summary>A metric's course, or why it is not known.</summary>
    public (MetricSeries? Course, string? Missing) Metric(MetricQuery query) =>
        series.TryGetValue(query, out var course) ? (course, null) : (null, missing.GetValueOrDefault(query) ?? metricsDefault);

    private sealed class KindFacts(FactKind kind, IReadOnlyList<Resource> resources, string? failure)
    {
        private readonly Dictionary<string, ILookup<string, Resource>> links = [];
        private Dictionary<string, Resource>? byId;

        public FactKind Kind => kind;

        public IReadOnlyList<Resource> Resources => resources;

        public string? Failure => failure;

        public Dictionary<string, Resource> ById => byId ??= resources.DistinctBy(resource => resource.Id).ToDictionary(resource => resource.Id);

        public ILookup<string, Resource> By(string relation)
        {
            if (!links.TryGetValue(relation, out var lookup))
            {
                links[relation] = lookup = (
                    from resource in resources
                    from id in resource.Linked(relation)
                    select (id, resource)).ToLookup(pair => pair.id, pair => pair.resource);
            }

            return lookup;
        }
    }
}
