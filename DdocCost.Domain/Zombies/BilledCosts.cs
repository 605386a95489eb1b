using DdocCost.Domain.Pricing;

namespace DdocCost.Domain.Zombies;

/// <summary>Where a saving's figure comes from.</summary>
public enum SavingBasis
{
    /// <summary>On-demand list prices.</summary>
    ListPrice = 0,

    /// <summary>What the account was billed for the resource.</summary>
    Billed,
}

/// <summary>Knows what resources of an account were billed. Several may be registered; each is asked for what the ones before it do not know.</summary>
public interface IBilledCosts
{
    /// <summary>What an account's resources were billed lately.</summary>
    /// <returns>null where this knows nothing of the account.</returns>
    Task<BilledCosts?> ReadAsync(string tenantId, string accountId, CancellationToken cancellationToken);
}

/// <summary>What resources were billed, by id or ARN as the bill names them.</summary>
/// <param name="Source">For a person: <c>Cost Explorer</c>.</param>
/// <param name="ByResource">For each, USD and the whole days it was billed for.</param>
public sealed record BilledCosts(string Source, IReadOnlyDictionary<string, (decimal Usd, int Days)> ByResource)
{
    /// <summary>Fewer days than this make no month.</summary>
    public const int FewestDays = 7;

    private const decimal DaysPerMonth = Bill.HoursPerMonth / 24m;

    /// <summary>
    /// A finding's saving by what its resource was billed. Only where the saving is the price of that very resource: a part of it, or what belongs to others, the bill
    /// does not tell. The list price stays in the note.
    /// </summary>
    /// <param name="saving">At list price.</param>
    /// <param name="resource">The finding's resource.</param>
    /// <param name="listed">What the resource costs by itself at list price, USD per hour, or null.</param>
    public Saving Of(Saving saving, Resource resource, decimal? listed)
    {
        if (saving.UsdPerMonth is not > 0 || listed is null || Math.Abs((listed.Value * Bill.HoursPerMonth) - saving.UsdPerMonth.Value) > 0.01m || Find(resource) is not { } billed || billed.Days < FewestDays)
            return saving;
        var month = Math.Round(billed.Usd / billed.Days * DaysPerMonth, 4);
        return saving with
        {
            UsdPerMonth = month,
            Basis = SavingBasis.Billed,
            IsCeiling = false,
            Confidence = PriceConfidence.High,
            Note = FormattableString.Invariant($"billed on {billed.Days} days, by {Source}; {saving.UsdPerMonth:0.00} USD a month at list price"),
        };
    }

    private (decimal Usd, int Days)? Find(Resource resource) =>
        ByResource.TryGetValue(resource.Id, out var byId) ? byId
        : resource.Arn is { } arn && ByResource.TryGetValue(arn, out var byArn) ? byArn
        : null;
}
