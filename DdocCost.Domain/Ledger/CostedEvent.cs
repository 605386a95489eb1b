using System.Text.Json.Serialization;
using DdocCost.Domain.Normalise;
using DdocCost.Domain.Pricing;

namespace DdocCost.Domain.Ledger;

/// <summary>A resource event with what it did to the account's bill, after the ledger resolved what the record only names.</summary>
public sealed record CostedEvent
{
    /// <summary>The event, its changes resolved (sizes filled in from definitions and from what was known to run).</summary>
    public required ResourceEvent Event { get; init; }

    /// <summary>
    /// By how much the account's running rate changed, USD per hour: positive for a start, the difference for a change, negative
    /// for a stop, 0 for a refused call; null where no price is known.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)] // required: a store that leaves nulls out could not read it back
    public required decimal? UsdPerHour { get; init; }

    /// <summary>Paid at once, USD.</summary>
    public decimal OneTimeUsd { get; init; }

    /// <summary>How the figure came about: the cost of what the event started, or of the resource as it is after a change, or
    /// of what it stopped.</summary>
    public required Cost Cost { get; init; }

    /// <summary>USD that accrues at most if nobody intervenes and the resource ends by itself (a training job); null = runs until stopped.</summary>
    public double? MaxHours { get; init; }

    /// <summary>Ids of running resources that this event stopped, with the rate each had.</summary>
    public IReadOnlyList<StoppedResource> Stopped { get; init; } = [];

    /// <summary>
    /// Resources that had ended by the time of this event and not through it, with the rate each had: by themselves (a training job's
    /// limit), or unseen (its name was used again). Not part of <see cref="UsdPerHour"/>.
    /// </summary>
    public IReadOnlyList<StoppedResource> Expired { get; init; } = [];

    /// <summary>What resources cost until this event, or until they ended before it, and cost no more or not any more so.</summary>
    public IReadOnlyList<PastRate> Past { get; init; } = [];

    /// <summary>What newer list prices made of the rates of running resources with this event; nobody's doing, so no part of <see cref="UsdPerHour"/>.</summary>
    public IReadOnlyList<RepricedResource> Repriced { get; init; } = [];

    /// <summary>The account's running rate right after the event, USD per hour.</summary>
    public decimal ExposureAfterUsdPerHour { get; init; }

    /// <summary>A price is known (or none is needed: a refused call).</summary>
    public bool IsPriced => UsdPerHour is not null || OneTimeUsd > 0;

    /// <summary>The rate added, USD per hour; 0 for a stop, a refused call or an unknown price.</summary>
    public decimal AddedUsdPerHour => Math.Max(0, UsdPerHour ?? 0);
}

/// <summary>A running resource whose list price is another from an event on.</summary>
/// <param name="ResourceId">Its id as AWS gave it.</param>
/// <param name="Was">Rate before, USD per hour; 0 where it was not known.</param>
/// <param name="Is">Rate from then on, USD per hour.</param>
/// <param name="StartedBy">eventId of the record that started it.</param>
public sealed record RepricedResource(string ResourceId, decimal Was, decimal Is, string StartedBy);

/// <summary>A resource that was running and is not any more (or runs at a lower rate).</summary>
/// <param name="ResourceId">Its id as AWS gave it (as in <see cref="RunningResource.ResourceId"/>).</param>
/// <param name="UsdPerHour">Rate that ended, USD per hour, positive.</param>
/// <param name="StartedBy">eventId of the record that started it.</param>
public sealed record StoppedResource(string ResourceId, decimal UsdPerHour, string StartedBy)
{
    /// <summary>When it had started, UTC, or null where unknown. Lets a window that saw the start forget exactly that much.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Stable id of the actor that had started it, or null where unknown.</summary>
    public string? StartedByActor { get; init; }

    /// <summary>Whether it goes on at a lower rate. For the cases of the moment; not stored.</summary>
    [JsonIgnore]
    public bool RunsOn { get; init; }
}
