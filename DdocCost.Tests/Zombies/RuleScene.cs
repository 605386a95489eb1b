using DdocCost.Domain.Normalise;
using DdocCost.Domain.Pricing;
using DdocCost.Domain.Zombies;

namespace DdocCost.Tests.Zombies;

/// <summary>One resource before one rule: what a test says differs from a resource that has been there for long and of which nothing is known.</summary>
internal sealed class RuleScene
{
    public static readonly DateTimeOffset Now = new(2026, 6, 15, 12, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<string, List<Resource>> _others = [];
    private readonly Dictionary<string, Func<int, double?>> _metrics = [];
    private readonly HashSet<string> _failed = [];
    private readonly HashSet<string> _broken = [];
    private Past _past = new(Ago(1000), Ago(1000));

    public RuleScene(string rule)
    {
        Rule = RuleCatalogue.Find(rule) ?? throw new ArgumentException($"There is no rule {rule}.");
        Resource = Made(Rule.Kind, "it");
    }

    public ZombieRule Rule { get; }

    public Resource Resource { get; private set; }

    public static DateTimeOffset Ago(double days) => Now.AddDays(-days);

    public static Resource Made(FactKind kind, string id) => new()
    {
        Kind = kind.Name, PricedAs = kind.PricedAs == kind.Name ? null : kind.PricedAs, Id = id, Arn = "arn:" + id, AccountId = "111122223333", Region = "eu-west-1", Created = Ago(1000),
    };

    public RuleScene With(Func<Resource, Resource> change)
    {
        Resource = change(Resource);
        return this;
    }

    public RuleScene State(string state) => With(r => r with { State = state });

    public RuleScene Fact(string name, object? value) => With(r => value is null ? r with { Facts = r.Facts.Where(f => f.Key != name).ToDictionary() } : r.With(name, value));

    public RuleScene Link(string relation, params string[] ids) => With(r => ids.Length == 0 ? r with { Links = r.Links.Where(l => l.Key != relation).ToDictionary() } : r.Linking(relation, ids));

    public RuleScene Size(string size, decimal quantity = 1) => With(r => r with { Size = size, Quantity = quantity });

    public RuleScene Traits(ResourceTraits traits) => With(r => r with { Traits = traits });

    public RuleScene Owner(string owner) => With(r => r with { Owner = owner });

    public RuleScene Created(double daysAgo) => With(r => r with { Created = Ago(daysAgo) });

    public RuleScene Past(Past past)
    {
        _past = past;
        return this;
    }

    /// <summary>Known to earlier scans in this state for so many days.</summary>
    public RuleScene SoFor(double days) => Past(new Past(Ago(1000), Ago(days)));

    public RuleScene Beside(FactKind kind, string id, Func<Resource, Resource>? change = null)
    {
        if (!_others.TryGetValue(kind.Name, out var others))
            _others[kind.Name] = others = [];
        others.RemoveAll(other => other.Id == id);
        others.Add((change ?? (r => r))(Made(kind, id)));
        return this;
    }

    public RuleScene Without(FactKind kind)
    {
        _others.Remove(kind.Name);
        return this;
    }

    public RuleScene Failed(FactKind kind)
    {
        _failed.Add(kind.Name);
        return this;
    }

    public RuleScene Broken(string metric)
    {
        _broken.Add(metric);
        return this;
    }

    public RuleScene Metric(string name, Func<int, double?> value)
    {
        Assert.Contains(Rule.Metrics, metric => metric.Name == name);
        _metrics[name] = value;
        return this;
    }

    public RuleScene Metric(string name, double value) => Metric(name, _ => value);

    /// <summary>Nothing happens on any day: zeros, or nothing at all of what is told only when it happens.</summary>
    public RuleScene Quiet()
    {
        foreach (var metric in Rule.Metrics)
            _metrics[metric.Name] = metric.IsSparse ? _ => null : _ => 0;
        return this;
    }

    public RuleScene NoMetrics()
    {
        _metrics.Clear();
        return this;
    }

    /// <summary>What the hunter says of the resource by this rule.</summary>
    public Ruling Judge(RuleSetting? setting = null)
    {
        var facts = new RegionFacts();
        foreach (var kind in Rule.Reads)
        {
            IEnumerable<Resource> own = kind == Rule.Kind ? [Resource] : [];
            _ = _failed.Contains(kind.Name) ? facts.Fail(kind, "AccessDenied") : facts.Add(kind, own.Concat(_others.GetValueOrDefault(kind.Name) ?? []));
        }

        foreach (var (metric, query) in Rule.Metrics.SelectMany(metric => metric.For(Resource).Select(query => (metric, query))))
        {
            var today = DateOnly.FromDateTime(Now.UtcDateTime);
            var course = _metrics.GetValueOrDefault(metric.Name) is not { } value ? []
                : Enumerable.Range(1, 400).Reverse().Select(ago => (Day: today.AddDays(-ago), Value: value(ago - 1))).Where(day => day.Value is not null).Select(day => new DayValue(day.Day, day.Value!.Value));
            if (_broken.Contains(metric.Name))
                facts.Fail(query, "CloudWatch refused (AccessDenied)");
            else
                facts.Add(query, new MetricSeries([.. course]));
        }

        var settings = new Dictionary<string, RuleSetting>();
        if (setting is not null)
            settings[Rule.Id] = setting;
        return new Hunter([Rule], new HuntSettings(), settings, PriceBook.Embedded)
            .Judge(facts, resource => ReferenceEquals(resource, Resource) ? _past : new Past(Ago(1000), Ago(1000)), Now)
            .Single(ruling => ReferenceEquals(ruling.Resource, Resource));
    }
}
