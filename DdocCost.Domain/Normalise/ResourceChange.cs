namespace DdocCost.Domain.Normalise;

/// <summary>One group of like resources that a record started, changed, stopped or described.</summary>
public sealed record ResourceChange
{
    /// <summary>What happened to it.</summary>
    public required ResourceAction Action { get; init; }

    /// <summary>service:kind, such as <c>ec2:instance</c>, <c>ec2:volume</c>, <c>rds:db</c>, <c>vpc:nat-gateway</c>.</summary>
    public required string ResourceType { get; init; }

    /// <summary>
    /// The size that has the price: <c>m5.large</c>, <c>gp3</c>, <c>db.r5.large</c>; null where the record does not tell, or there is
    /// only one.
    /// </summary>
    public string? Size { get; init; }

    /// <summary>How many units of <see cref="Size"/> (instances, nodes, volumes); for a change, how many there are now.</summary>
    public decimal Quantity { get; init; } = 1;

    /// <summary>
    /// The record does not tell how many: a change of size alone leaves the number as it was. <see cref="Quantity"/> is then 1.
    /// </summary>
    public bool QuantityUntold { get; init; }

    /// <summary>Ids as AWS gave them (i-…, vol-…, database name, ARN). Empty where the record has none.</summary>
    public IReadOnlyList<string> ResourceIds { get; init; } = [];

    /// <summary>What else sets the price.</summary>
    public ResourceTraits Traits { get; init; } = ResourceTraits.None;

    /// <summary>What owns it, where the record tells: <c>autoscaling:web-asg</c>, <c>eks:main/default</c>.</summary>
    public string? Owner { get; init; }

    /// <summary>
    /// The definition this refers to by name (as <c>type/name</c>), which an earlier Define may have told, such as
    /// <c>sagemaker:endpoint-config/cfg-1</c>.
    /// </summary>
    public string? Definition { get; init; }

    /// <summary>For <see cref="ResourceAction.Define"/>: the definition that this one is from now on (a launch template's default version); else null.</summary>
    public string? SameAs { get; init; }

    /// <summary>What the <see cref="Definition"/> says is filled in here.</summary>
    public bool IsDefined { get; init; }

    /// <summary>The size it had before, where the record tells.</summary>
    public string? PreviousSize { get; init; }

    /// <summary>What else set the price before, where the record tells (a volume's old size); null where it does not.</summary>
    public ResourceTraits? PreviousTraits { get; init; }

    /// <summary>
    /// By how many units the number changed, where the record tells that and not how many there are now (a shard was split);
    /// <see cref="Quantity"/> is then 1.
    /// </summary>
    public decimal? QuantityAdded { get; init; }

    /// <summary>
    /// What the record says was paid at once for all units (a reservation's upfront price), USD, in AWS China CNY; null where it does not say.
    /// </summary>
    public decimal? PaidUsd { get; init; }

    /// <summary>
    /// What the record says is owed for every hour of the term, all units (a savings plan's commitment), USD, in AWS China CNY; null where
    /// it does not say.
    /// </summary>
    public decimal? CommittedUsdPerHour { get; init; }

    /// <summary>For <see cref="ResourceAction.Reprice"/>: what newer list prices make of its rate; else null.</summary>
    public RateMove? Rate { get; init; }

    /// <summary>For <see cref="ResourceAction.Tag"/>: the tags it is given or loses, where they differ from resource to resource; null: those of the event.</summary>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    /// <summary>What was assumed or left out, for a person.</summary>
    public string? Note { get; init; }
}

/// <summary>A running resource's rate before and after newer list prices.</summary>
/// <param name="Part">Which part of the resource, from 1: a domain with master nodes has two.</param>
/// <param name="Was">USD per hour before; null where it was not known.</param>
/// <param name="Is">USD per hour from then on.</param>
public readonly record struct RateMove(int Part, decimal? Was, decimal Is);
