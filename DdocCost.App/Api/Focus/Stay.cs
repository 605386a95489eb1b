using DdocCost.Domain.Ledger;
using DdocCost.Domain.Scoring;

namespace DdocCost.App.Api.Focus;

/// <summary>A resource at one rate from one moment to another, or a sum paid at one.</summary>
internal sealed record Stay
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
    public static Stay Of(RunningResource r) => new()
    {
        AccountId = r.AccountId, Region = r.Region, Service = r.Service, ResourceType = r.ResourceType, ResourceId = r.ResourceId, Size = r.Size,
        Since = r.RateSince ?? r.Since, Until = r.EndsBy, Usd = r.UsdPerHour ?? 0, StartedByEvent = r.StartedByEvent, ActorId = r.StartedBy.Id, ActorName = r.StartedBy.Name,
    };

    /// <summary>What cost something until an event, and what it paid.</summary>
    public static IEnumerable<Stay> Of(CostEvent e)
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

    /// <summary>Its rows within a period, one a UTC day.</summary>
    public IEnumerable<FocusRow> Rows(DateTimeOffset from, DateTimeOffset to, string accountName)
    {
        if (IsPurchase)
        {
            if (Since >= from && Since < to)
            {
                var day = Day(Since);
                yield return Row(day, day.AddDays(1), decimal.Round(Usd, 10), accountName);
            }

            yield break;
        }

        var end = Until is { } until && until < to ? until : to;
        for (var begin = Since > from ? Since : from; begin < end;)
        {
            var next = Day(begin).AddDays(1) is var midnight && midnight < end ? midnight : end;
            yield return Row(begin, next, decimal.Round(Usd * (decimal)(next - begin).TotalHours, 10), accountName);
            begin = next;
        }
    }

    private static DateTimeOffset Day(DateTimeOffset at) => new(at.UtcDateTime.Date, TimeSpan.Zero);

    private FocusRow Row(DateTimeOffset from, DateTimeOffset to, decimal cost, string accountName) => new()
    {
        AccountId = AccountId, AccountName = accountName, IsPurchase = IsPurchase, Description = $"{ResourceType}{(Size is null ? "" : $" {Size}")}, estimated at list price",
        From = from, To = to, ListCost = cost, Region = Region, ResourceId = ResourceId, ResourceType = ResourceType, Service = Service,
        ActorId = Origin?.Costed.Event.Actor.Id ?? ActorId ?? "", ActorName = Origin?.Costed.Event.Actor.Name ?? ActorName ?? ActorId ?? "",
        Origin = Origin is { } e ? new FocusOrigin(Math.Round(e.Verdict.Score, 1), e.Costed.Cost.Confidence.ToString(), e.CaseId) : null,
    };
}
