using System.Globalization;
using DdocCost.App.Shell;
using DdocCost.Domain.Reconcile;

namespace DdocCost.App.Api.Focus;

/// <summary>
/// A row of the FinOps Open Cost and Usage Specification (FOCUS) 1.2: what one resource cost within one UTC day, or a sum paid at once. All
/// costs are our estimates at list price: no discount and no invoice is known, so the four costs are equal. Columns of ours begin with
/// <c>x_</c>, as the specification asks.
/// </summary>
internal sealed record FocusRow
{
    /// <summary>The columns that the specification marks as mandatory, those of ours last.</summary>
    public const string Columns =
        "BilledCost,BillingAccountId,BillingAccountName,BillingCurrency,BillingPeriodEnd,BillingPeriodStart,ChargeCategory,ChargeClass,ChargeDescription,"
        + "ChargePeriodEnd,ChargePeriodStart,ContractedCost,EffectiveCost,InvoiceIssuerName,ListCost,PricingQuantity,PricingUnit,ProviderName,PublisherName,"
        + "RegionId,ResourceId,ResourceType,ServiceCategory,ServiceName,SubAccountId,SubAccountName,"
        + "x_IsEstimate,x_Confidence,x_ActorId,x_ActorName,x_Score,x_CaseId";

    /// <summary>AWS account.</summary>
    public required string AccountId { get; init; }

    /// <summary>What people call the account, or its number.</summary>
    public required string AccountName { get; init; }

    /// <summary>Usage, or Purchase for a sum paid at once.</summary>
    public required bool IsPurchase { get; init; }

    /// <summary>In words.</summary>
    public required string Description { get; init; }

    /// <summary>Begin, UTC, included.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>End, UTC, not included.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>USD.</summary>
    public required decimal ListCost { get; init; }

    /// <summary>AWS region.</summary>
    public required string Region { get; init; }

    /// <summary>As AWS gave it; empty for a purchase.</summary>
    public required string ResourceId { get; init; }

    /// <summary>service:kind.</summary>
    public required string ResourceType { get; init; }

    /// <summary>Service as CloudTrail names it.</summary>
    public required string Service { get; init; }

    /// <summary>Who started it.</summary>
    public required string ActorId { get; init; }

    /// <summary>For a person.</summary>
    public required string ActorName { get; init; }

    /// <summary>Of the event that started it, where it is still stored.</summary>
    public FocusOrigin? Origin { get; init; }

    /// <summary>As a line of CSV.</summary>
    public string ToCsv()
    {
        var cost = Csv.Number(ListCost);
        var month = new DateTimeOffset(From.UtcDateTime.Year, From.UtcDateTime.Month, 1, 0, 0, 0, TimeSpan.Zero);
        return Csv.Line(
            cost, AccountId, AccountName, "USD", Csv.Moment(month.AddMonths(1)), Csv.Moment(month), IsPurchase ? "Purchase" : "Usage", "", Description,
            Csv.Moment(To), Csv.Moment(From), cost, cost, "Amazon Web Services", cost, IsPurchase ? "1" : Csv.Number((decimal)(To - From).TotalHours), IsPurchase ? "Purchases" : "Hours", "Amazon Web Services",
            "Amazon Web Services", Region, ResourceId, ResourceType, BilledService.CategoryOf(Service), BilledService.NameOf(Service), AccountId, AccountName,
            "true", Origin?.Confidence, ActorId, ActorName, Origin is { } origin ? Csv.Number((decimal)origin.Score) : "", Origin?.CaseId);
    }

    /// <summary>A day of a stay.</summary>
    public static FocusRow Of(Stay stay, StayDay day, string accountName) => new()
    {
        AccountId = stay.AccountId, AccountName = accountName, IsPurchase = stay.IsPurchase, Description = $"{stay.ResourceType}{(stay.Size is null ? "" : $" {stay.Size}")}, estimated at list price",
        From = day.From, To = day.To, ListCost = day.Usd, Region = stay.Region, ResourceId = stay.ResourceId, ResourceType = stay.ResourceType, Service = stay.Service,
        ActorId = stay.Origin?.Costed.Event.Actor.Id ?? stay.ActorId ?? "", ActorName = stay.Origin?.Costed.Event.Actor.Name ?? stay.ActorName ?? stay.ActorId ?? "",
        Origin = stay.Origin is { } e ? new FocusOrigin(Math.Round(e.Verdict.Score, 1), e.Costed.Cost.Confidence.ToString(), e.CaseId) : null,
    };
}

/// <summary>What is known of the event that started something.</summary>
/// <param name="Score">0 to 100.</param>
/// <param name="Confidence">Of its price.</param>
/// <param name="CaseId">The case it belongs to, or null.</param>
internal sealed record FocusOrigin(double Score, string Confidence, string? CaseId);
