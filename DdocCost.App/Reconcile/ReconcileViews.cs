using DdocCost.Domain.Reconcile;

namespace DdocCost.App.Reconcile;

/// <summary>A month of bills beside our estimates.</summary>
/// <param name="Period">The month shown; null where no bill was imported, or none with an account that is seen.</param>
/// <param name="Periods">Months there are, the latest first.</param>
/// <param name="Bills">What was imported of the month; empty for who sees only some accounts.</param>
/// <param name="Services">The largest first.</param>
/// <param name="Days">By day.</param>
/// <param name="UnwatchedUsd">Billed to accounts of which nothing is known to run: not compared.</param>
/// <param name="OtherUsd">Tax, credits and fees: not compared.</param>
public sealed record ReconcileView(
    DateOnly? Period, IReadOnlyList<DateOnly> Periods, IReadOnlyList<BillItem> Bills, IReadOnlyList<ServiceComparison> Services, IReadOnlyList<DayComparison> Days,
    decimal UnwatchedUsd, decimal OtherUsd)
{
    /// <summary>All services together.</summary>
    public ServiceComparison Total => new("", Services.Sum(one => one.EstimatedUsd), Services.Sum(one => one.BilledUsd), Services.Any(one => one.ListUsd is not null) ? Services.Sum(one => one.ListUsd ?? 0) : null, null);
}

/// <summary>An imported bill.</summary>
/// <param name="Payer">Account that pays.</param>
/// <param name="Through">Last day on it.</param>
/// <param name="ComparedAt">When it was compared, UTC.</param>
/// <param name="ImportedAt">When, UTC.</param>
/// <param name="ImportedBy">Who.</param>
/// <param name="Files">As they were called.</param>
/// <param name="Format">Which kind.</param>
/// <param name="Lines">Lines read.</param>
/// <param name="Refused">Lines that could not be read.</param>
/// <param name="Reasons">Why.</param>
public sealed record BillItem(
    string Payer, DateOnly Through, DateTimeOffset? ComparedAt, DateTimeOffset ImportedAt, string ImportedBy, IReadOnlyList<string> Files, string Format, long Lines, long Refused,
    IReadOnlyList<Malformed> Reasons);

/// <summary>A service's estimate beside its bill.</summary>
/// <param name="Service">As CloudTrail names it.</param>
/// <param name="EstimatedUsd">Ours, at list price.</param>
/// <param name="BilledUsd">After discounts.</param>
/// <param name="ListUsd">AWS's own on-demand price of what was billed; null where the bill does not tell.</param>
/// <param name="Factor">Learned from the last three months, or null.</param>
public sealed record ServiceComparison(string Service, decimal EstimatedUsd, decimal BilledUsd, decimal? ListUsd, DiscountFactor? Factor)
{
    /// <summary>Estimate minus bill, USD.</summary>
    public decimal DifferenceUsd => EstimatedUsd - BilledUsd;

    /// <summary>The estimate's error, as a share of the bill; null where nothing was billed.</summary>
    public double? Error => BilledUsd > 0 ? (double)(DifferenceUsd / BilledUsd) : null;

    /// <summary>The estimate at the learned factor, USD; null where none is learned.</summary>
    public decimal? NetUsd => Factor is { } factor ? EstimatedUsd * (decimal)factor.Factor : null;
}

/// <summary>A resource's estimate beside its bill.</summary>
/// <param name="AccountId">AWS account.</param>
/// <param name="ResourceId">As billed; empty for what is billed to no resource.</param>
/// <param name="EstimatedUsd">Ours.</param>
/// <param name="BilledUsd">After discounts.</param>
/// <param name="ListUsd">AWS's own on-demand price, or null.</param>
public sealed record ResourceComparison(string AccountId, string ResourceId, decimal EstimatedUsd, decimal BilledUsd, decimal? ListUsd)
{
    /// <summary>Estimate minus bill, USD.</summary>
    public decimal DifferenceUsd => EstimatedUsd - BilledUsd;
}

/// <summary>A day's estimate beside its bill.</summary>
/// <param name="Day">UTC.</param>
/// <param name="EstimatedUsd">Ours.</param>
/// <param name="BilledUsd">After discounts.</param>
public sealed record DayComparison(DateOnly Day, decimal EstimatedUsd, decimal BilledUsd);
