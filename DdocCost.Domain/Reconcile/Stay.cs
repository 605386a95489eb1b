using DdocCost.Domain.Ledger;
using DdocCost.Domain.Scoring;

namespace DdocCost.Domain.Reconcile;

/// <summary>A resource at one rate from one moment to another, or a sum paid at one.</summary>
public sealed record Stay
{
    /// <summary>AWS account.</summary>
    public required string AccountId { get; init; }

    /// <summary>AWS region.</summary>
    public required string Region { get; init; }

    /// <summary>Service.</summary>
    public required string Service { get; init; }

    /// <summary>service:kind.</summary>
    public required string ResourceType { get; init; }

    /// <summary>As AWS gave it.</summary>
    public required string ResourceId { get; init; }

    /// <summary>Size, or null.</summary>
    public string? Size { get; init; }

    /// <summary>From, UTC.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Until, UTC; null = it runs.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Rate, USD per hour; for a purchase the sum, USD.</summary>
    public required decimal Usd { get; init; }

    /// <summary>A sum paid at once.</summary>
    public bool IsPurchase { get; init; }

    /// <summary>eventId of what started it.</summary>
    public required string StartedByEvent { get; init; }

    /// <summary>Who started it, as far as the ledger knows.</summary>
    public string? ActorId { get; init; }

    /// <summary>For a person.</summary>
    public string? ActorName { get; init; }

    /// <summary>The event that started it, where it is stored.</summary>
    public CostEvent? Origin { get; init; }

    /// <summary>What runs, at the rate it has now; at which it ran before, events tell.</summary>
    public static Stay Of(RunningResource r)
    {
        ArgumentNullException.ThrowIfNull(r);
        return new()
        {
            AccountId = r.AccountId, Region = r.Region, Service = r.Service, ResourceType = r.ResourceType, ResourceId = r.ResourceId, Size = r.Size,
            Since = r.RateSince ?? r.Since, Until = r.EndsBy, Usd = r.UsdPerHour ?? 0, StartedByEvent = r.StartedByEvent, ActorId = r.StartedBy.Id, ActorName = r.StartedBy.Name,
        };
    }

    /// <summary>What cost something until an event, and what it paid.</summary>
    public static IEnumerable<Stay> Of(CostEvent e)
    {
        ArgumentNullException.ThrowIfNull(e);
        return Parts(e);
    }

    private static IEnumerable<Stay> Parts(CostEvent e)
    {
        foreach (var past in e.Costed.Past)
        {
            yield return new Stay
            {
                AccountId = e.AccountId, Region = past.Region, Service = past.Service, ResourceType = past.ResourceType, ResourceId = past.ResourceId, Size = past.Size,
                Since = past.From, Until = past.Until, Usd = past.UsdPerHour, StartedByEvent = past.StartedByEvent, ActorId = past.StartedByActor,
            };
        }

        if (e.Costed.OneTimeUsd > 0)
        {
            var (of, change) = (e.Costed.Event, e.Costed.Event.Changes is [var first, ..] ? first : null);
            yield return new Stay
            {
                AccountId = e.AccountId, Region = of.Region, Service = of.Service, ResourceType = change?.ResourceType ?? of.Service, ResourceId = change?.ResourceIds is [var id, ..] ? id : "",
                Size = change?.Size, Since = e.Time, Until = e.Time, Usd = e.Costed.OneTimeUsd, IsPurchase = true, StartedByEvent = of.EventId, ActorId = of.Actor.Id, ActorName = of.Actor.Name, Origin = e,
            };
        }
    }

    /// <summary>What of it lies within a period, a part for each UTC day. A purchase is its whole day.</summary>
    public IEnumerable<StayDay> Days(DateTimeOffset from, DateTimeOffset to)
    {
        if (IsPurchase)
        {
            if (Since >= from && Since < to)
            {
                var day = Day(Since);
                yield return new(day, day.AddDays(1), decimal.Round(Usd, 10));
            }

            yield break;
        }

        var end = Until is { } until && until < to ? until : to;
        for (var begin = Since > from ? Since : from; begin < end;)
        {
            var next = Day(begin).AddDays(1) is var midnight && midnight < end ? midnight : end;
            yield return new(begin, next, decimal.Round(Usd * (decimal)(next - begin).TotalHours, 10));
            begin = next;
        }
    }

    private static DateTimeOffset Day(DateTimeOffset at) => new(at.UtcDateTime.Date, TimeSpan.Zero);
}

/// <summary>What a stay cost within one UTC day.</summary>
/// <param name="From">Begin, UTC.</param>
/// <param name="To">End, UTC, not included.</param>
/// <param name="Usd">At list price.</param>
public readonly record struct StayDay(DateTimeOffset From, DateTimeOffset To, decimal Usd);
