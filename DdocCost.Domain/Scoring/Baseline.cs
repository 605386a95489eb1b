namespace DdocCost.Domain.Scoring;

/// <summary>What is normal for one resource type in one account. Document.</summary>
public sealed record Baseline
{
    /// <summary><c>account/resource type</c>, unique per tenant.</summary>
    public required string Id { get; init; }

    /// <summary>Account.</summary>
    public required string AccountId { get; init; }

    /// <summary>Resource type, such as <c>ec2:instance</c>.</summary>
    public required string ResourceType { get; init; }

    /// <summary>Mean of the hourly cost of one event, USD per hour.</summary>
    public double MeanHourlyCost { get; init; }

    /// <summary>Standard deviation of the hourly cost of one event, USD per hour.</summary>
    public double Deviation { get; init; }

    /// <summary>How many events were learned.</summary>
    public int EventCount { get; init; }

    /// <summary>Actor ids seen, newest last, bounded.</summary>
    public IReadOnlyList<string> ObservedActors { get; init; } = [];
}

/// <summary>What is normal for an account as a whole: rates, drift, what has been seen. One bounded document an account; its id is the account id.</summary>
public sealed record AccountProfile
{
    /// <summary>Account id, unique per tenant.</summary>
    public required string Id { get; init; }
}
