using System.Globalization;
using System.Text.RegularExpressions;

namespace DdocCost.Domain.Zombies;

/// <summary>Why something is a zombie.</summary>
public enum ZombieClass
{
    /// <summary>It runs and nobody uses it.</summary>
    Idle = 0,

    /// <summary>What it belonged to is gone.</summary>
    Orphan,

    /// <summary>It is kept longer than it serves.</summary>
    Stale,
}

/// <summary>How sure a finding is.</summary>
public enum Sureness
{
    /// <summary>Age alone, or a sign that stands for another.</summary>
    Low = 0,

    /// <summary>Below a threshold all the time.</summary>
    Medium,

    /// <summary>Attached to nothing, or exactly nothing on every metric all the time.</summary>
    High,
}

/// <summary>
/// What makes a kind of resource a zombie: data, and one pure function from collected facts to yes, no or not enough data. The shared
/// gates (old enough, keep tags, two scans in a row) are not its business.
/// </summary>
public sealed partial record ZombieRule
{
    /// <summary>Stable id, as in the catalogue of rules: <c>EBS-01</c>.</summary>
    public required string Id { get; init; }

    /// <summary>What it finds, in a few words.</summary>
    public required string Title { get; init; }

    /// <summary>Why that is a zombie.</summary>
    public required ZombieClass Class { get; init; }

    /// <summary>What it judges.</summary>
    public required FactKind Kind { get; init; }

    /// <summary>What else it must know of the region.</summary>
    public IReadOnlyList<FactKind> AlsoReads { get; init; } = [];

    /// <summary>When the answer is yes, in words; <c>{name}</c> stands for a threshold.</summary>
    public required string Criterion { get; init; }

    /// <summary>How far it looks back, and how old a resource must be to be judged at all.</summary>
    public required Threshold Window { get; init; }

    /// <summary>Its other numbers.</summary>
    public IReadOnlyList<Threshold> Limits { get; init; } = [];

    /// <summary>What it reads from CloudWatch.</summary>
    public IReadOnlyList<MetricNeed> Metrics { get; init; } = [];

    /// <summary>How sure a yes is.</summary>
    public required Sureness Sureness { get; init; }

    /// <summary>How the saving is computed, in words.</summary>
    public required string SavingInWords { get; init; }

    /// <summary>The saving, from the resource and list prices.</summary>
    /// <value>Default: what the resource costs by itself.</value>
    public Func<Suspect, Saving> Saves { get; init; } = suspect => suspect.ListPrice();

    /// <summary>Ids of other resources whose cost is part of the saving: findings on them are not counted again.</summary>
    public Func<Suspect, IEnumerable<string>> Covers { get; init; } = _ => [];

    /// <summary>False alarms it avoids, and how.</summary>
    public required IReadOnlyList<string> Traps { get; init; }

    /// <summary>Owners that would bring the resource back, or judge it themselves: what they own is left to them.</summary>
    /// <value>Beginnings of <see cref="Resource.Owner"/>, such as <c>autoscaling:</c>. Default none.</value>
    public IReadOnlyList<string> LeavesTo { get; init; } = [];

    /// <summary>Who uses the criterion too, or what it was derived from.</summary>
    public required string Source { get; init; }

    /// <summary>Derived from how the service is billed and measured, without precedent elsewhere: told as such.</summary>
    public bool IsDerived { get; init; }

    /// <summary>The resource may be younger than <see cref="Window"/>: the criterion itself measures the time.</summary>
    public bool JudgesYoung { get; init; }

    /// <summary>AWS does not tell since when it is so: scans must see it so for the whole window before it is called a zombie.</summary>
    public bool ConfirmsAfterWindow { get; init; }

    /// <summary>Steps to take, the safest first.</summary>
    public required IReadOnlyList<Remedy> Remedies { get; init; }

    /// <summary>The resource's type in Terraform.</summary>
    public required string Terraform { get; init; }

    /// <summary>The criterion itself.</summary>
    public required Func<Suspect, Answer> Judge { get; init; }

    /// <summary>All that must be collected for it.</summary>
    public IReadOnlyList<FactKind> Reads => [Kind, .. AlsoReads];

    /// <summary>All API calls that it takes.</summary>
    public IReadOnlyList<ApiCall> Calls =>
        [.. Reads.SelectMany(kind => kind.Calls).Concat(Metrics.Count > 0 ? [new ApiCall("cloudwatch", "GetMetricData")] : []).Distinct()];

    /// <summary>All thresholds, the window first.</summary>
    public IReadOnlyList<Threshold> Thresholds => [Window, .. Limits];

    /// <summary>The criterion with thresholds filled in.</summary>
    public string CriterionWith(RuleSetting setting) =>
        Hole().Replace(Criterion, hole => setting.ValueOf(this, hole.Groups[1].Value).ToString("0.######", CultureInfo.InvariantCulture));

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Hole();
}
