namespace DdocCost.Domain.Scoring;

/// <summary>What is normal for one resource type in one account. Document of constant size.</summary>
/// <remarks>The scorer changes its own copy in place; what it hands out changes no more.</remarks>
public sealed record Baseline
{
    /// <summary>At most so many actors are remembered by name.</summary>
    public const int MostObservedActors = 20;

    /// <summary><c>account/resource type</c>, unique per tenant.</summary>
    public required string Id { get; init; }

    /// <summary>Account.</summary>
    public required string AccountId { get; init; }

    /// <summary>Resource type, such as <c>ec2:instance</c>.</summary>
    public required string ResourceType { get; init; }

    /// <summary>Mean of the hourly cost of one event, USD per hour.</summary>
    public double MeanHourlyCost { get; set; }

    /// <summary>Standard deviation of the hourly cost of one event, USD per hour.</summary>
    public double Deviation { get; set; }

    /// <summary>How many events were learned.</summary>
    public int EventCount { get; set; }

    /// <summary>Actor ids in the order in which they were seen first, the latest of them, bounded.</summary>
    public IReadOnlyList<string> ObservedActors { get; set; } = [];

    /// <summary>Hourly cost of one event, USD per hour, nothing forgotten; <see cref="MeanHourlyCost"/> and <see cref="Deviation"/> are of it.</summary>
    public Moments HourlyCost { get; set; }

    /// <summary>Logarithm of what one event puts at risk within a day (USD), forgetting.</summary>
    public Moments EventMoney { get; set; }

    /// <summary>The largest event that was flagged and waits to be accepted.</summary>
    public Held HeldEvent { get; set; }

    /// <summary>Money this type added lately.</summary>
    public Track Track { get; init; } = new();
}
