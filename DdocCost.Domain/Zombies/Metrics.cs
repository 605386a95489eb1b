using System.Globalization;

namespace DdocCost.Domain.Zombies;

/// <summary>How CloudWatch sums up the values of a day.</summary>
public enum Statistic
{
    /// <summary>Added up.</summary>
    Sum = 0,

    /// <summary>The mean.</summary>
    Average,

    /// <summary>The highest.</summary>
    Maximum,

    /// <summary>The lowest.</summary>
    Minimum,
}

/// <summary>A metric that a rule looks at.</summary>
/// <param name="Name">As the rule calls it: <c>cpu</c>.</param>
/// <param name="Namespace">Such as <c>AWS/EC2</c>.</param>
/// <param name="Metric">Such as <c>CPUUtilization</c>.</param>
/// <param name="Statistic">Of each day.</param>
/// <param name="Dimensions">
/// <c>Name=value</c> pairs with commas between; <c>{id}</c>, <c>{name}</c>, <c>{account}</c> and any fact stand for what the resource has,
/// <c>{relation*}</c> for each id of a relation: one series each.
/// </param>
public sealed record MetricNeed(string Name, string Namespace, string Metric, Statistic Statistic, string Dimensions)
{
    /// <summary>CloudWatch gets nothing of this metric while there is nothing to tell: a missing day is a zero.</summary>
    /// <value>Default false: a missing day is a gap.</value>
    public bool IsSparse { get; init; }

    /// <summary>For a person: <c>%</c>, <c>bytes</c>, or empty.</summary>
    public string Unit { get; init; } = "";

    /// <summary>The queries for one resource; none where it lacks what a dimension needs.</summary>
    public IEnumerable<MetricQuery> For(Resource resource)
    {
        IEnumerable<IReadOnlyList<MetricDimension>> all = [[]];
        foreach (var pair in Dimensions.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            var values = Values(resource, pair[(at + 1)..]).Select(value => new MetricDimension(pair[..at], value)).ToList();
            all = [.. all.SelectMany(_ => values, (before, next) => (IReadOnlyList<MetricDimension>)[.. before, next])];
        }

        return all.Select(dimensions => new MetricQuery(resource.Region, Namespace, Metric, Statistic, string.Join(",", dimensions)) { DimensionList = dimensions });
    }

    private static IReadOnlyList<string> Values(Resource resource, string template) => template switch
    {
        "{id}" => [resource.Id],
        "{name}" => resource.Name is { Length: > 0 } name ? [name] : [resource.Id],
        "{account}" => [resource.AccountId],
        "{arn}" => resource.Arn is { Length: > 0 } arn ? [arn] : [],
        ['{', .. var relation, '*', '}'] => resource.Linked(relation),
        ['{', .. var fact, '}'] => resource.Text(fact) is { Length: > 0 } value ? [value] : [],
        _ => [template],
    };
}

/// <summary>A dimension of a metric.</summary>
/// <param name="Name">Such as <c>InstanceId</c>.</param>
/// <param name="Value">Such as <c>i-0a</c>.</param>
public readonly record struct MetricDimension(string Name, string Value)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name}={Value}";
}

/// <summary>One series of daily values in CloudWatch; equal where it is the same series.</summary>
/// <param name="Region">Where it is kept.</param>
/// <param name="Namespace">Namespace.</param>
/// <param name="Metric">Metric.</param>
/// <param name="Statistic">Of each day.</param>
/// <param name="Dimensions">All dimensions, as one text.</param>
public sealed record MetricQuery(string Region, string Namespace, string Metric, Statistic Statistic, string Dimensions)
{
    /// <summary>The dimensions one by one.</summary>
    public IReadOnlyList<MetricDimension> DimensionList { get; init; } = [];

    /// <inheritdoc/>
    public bool Equals(MetricQuery? other) =>
        other is not null && (Region, Namespace, Metric, Statistic, Dimensions) == (other.Region, other.Namespace, other.Metric, other.Statistic, other.Dimensions);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Region, Namespace, Metric, Statistic, Dimensions);
}

/// <summary>The value of one day.</summary>
/// <param name="Day">UTC.</param>
/// <param name="Value">In the metric's unit.</param>
public readonly record struct DayValue(DateOnly Day, double Value);

/// <summary>A metric's course by the day, UTC; days without a value are absent.</summary>
/// <param name="Days">Oldest first, each day once.</param>
public sealed record MetricSeries(IReadOnlyList<DayValue> Days)
{
    /// <summary>Share of days that must have a value before a metric is believed.</summary>
    public const double NeededCoverage = 0.9;

    /// <summary>Nothing was told.</summary>
    public static MetricSeries Empty { get; } = new([]);

    /// <summary>The values of the last whole days before a moment.</summary>
    public IReadOnlyList<DayValue> Last(int days, DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        return [.. Days.Where(day => day.Day < today && day.Day >= today.AddDays(-days))];
    }

    /// <summary>Several series seen as one: each day's values summed up by the statistic, over the days that any has.</summary>
    /// <remarks>The days that all have decide coverage: a member that says nothing hides nothing.</remarks>
    public static MetricSeries Together(IReadOnlyList<MetricSeries> parts, Statistic statistic, bool sparse) => parts is [var only] ? only : new(
    [
        .. from part in parts
           from day in part.Days
           group day.Value by day.Day into values
           where sparse || values.Count() == parts.Count
           orderby values.Key
           select new DayValue(values.Key, statistic switch
           {
               Statistic.Sum => values.Sum(),
               Statistic.Maximum => values.Max(),
               Statistic.Minimum => values.Min(),
               _ => values.Average(),
           }),
    ]);

    /// <summary>Why a window cannot be judged by this series, or null where enough days have a value.</summary>
    public string? Gap(string metric, int days, DateTimeOffset now)
    {
        var there = Last(days, now).Count;
        return there >= days * NeededCoverage ? null : string.Create(CultureInfo.InvariantCulture, $"{metric} has values for {there} of {days} days");
    }
}
