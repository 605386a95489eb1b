namespace DdocCost.Domain.Ledger;

/// <summary>
/// A rate at which a resource ran from one moment to another, and does not any more: it ended, was stopped, was changed, or list prices are others.
/// With the rate that a <see cref="RunningResource"/> has now, these are all that a resource has ever cost.
/// </summary>
public sealed record PastRate
{
    /// <summary>Its id as AWS gave it.</summary>
    public required string ResourceId { get; init; }

    /// <summary>service:kind.</summary>
    public required string ResourceType { get; init; }

    /// <summary>Service.</summary>
    public required string Service { get; init; }

    /// <summary>AWS region.</summary>
    public required string Region { get; init; }

    /// <summary>Its size at the time, or null.</summary>
    public string? Size { get; init; }

    /// <summary>USD per hour, positive.</summary>
    public required decimal UsdPerHour { get; init; }

    /// <summary>From, UTC.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Until, UTC; later than <see cref="From"/>.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>eventId of the record that started it.</summary>
    public required string StartedByEvent { get; init; }

    /// <summary>Stable id of who started it.</summary>
    public required string StartedByActor { get; init; }

    /// <summary>What a resource's rate was until a moment; null where it cost nothing, or not for any time.</summary>
    internal static PastRate? Of(RunningResource resource, DateTimeOffset until)
    {
        var from = resource.RateSince ?? resource.Since;
        return resource.UsdPerHour is not { } rate || rate <= 0 || from >= until ? null : new PastRate
        {
            ResourceId = resource.ResourceId,
            ResourceType = resource.ResourceType,
            Service = resource.Service,
            Region = resource.Region,
            Size = resource.Size,
            UsdPerHour = rate,
            From = from,
            Until = until,
            StartedByEvent = resource.StartedByEvent,
            StartedByActor = resource.StartedBy.Id,
        };
    }
}
