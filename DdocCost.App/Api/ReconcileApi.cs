using DdocCost.App.Reconcile;
using DdocCost.Domain.Reconcile;

namespace DdocCost.App.Api;

/// <summary>Imported bills beside our estimates.</summary>
internal static class ReconcileApi
{
    /// <summary>Maps it.</summary>
    public static void Map(RouteGroupBuilder api)
    {
        var reconcile = api.MapGroup("/reconcile").WithTags("Reconcile");
        reconcile.MapGet("", ReadAsync).WithSummary("A month's bill beside our estimates, by service, with the factors learned. Without a month: the latest.").Produces<ReconcileSum>();
        reconcile.MapGet("/anomalies", AnomaliesAsync).WithSummary("What AWS Cost Anomaly Detection told, the latest first, each beside the case of ours about the same, and who told first.").Produces<Slice<AwsAnomalyItem>>();
        reconcile.MapGet("/{month}/{service}", ResourcesAsync).WithSummary("A service's resources, the most wrong first, 50 a page.").Produces<ReconcileResources>();
    }

    private static async Task<object> ReadAsync(ReconcileReader reader, ApiCaller caller, CancellationToken cancellationToken, string? month = null)
    {
        var wanted = month is null ? (DateOnly?)null : Month(month);
        var view = await reader.ReadAsync(caller.Sight, wanted, cancellationToken);
        return wanted is not null && view.Period != wanted ? throw ApiException.NotFound("month with a bill") : new ReconcileSum(
            view.Period, view.Periods, view.Total.EstimatedUsd, view.Total.BilledUsd, view.UnwatchedUsd, view.OtherUsd,
            [.. view.Services.Select(one => new ReconciledService(
                one.Service, one.EstimatedUsd, one.BilledUsd, one.ListUsd, one.DifferenceUsd, one.Error, one.NetUsd,
                one.Factor is { } factor ? new LearnedFactor(factor.Factor, factor.Error, factor.Resources, factor.Sureness) : null))]);
    }

    private static async Task<object> ResourcesAsync(string month, string service, ReconcileReader reader, ApiCaller caller, CancellationToken cancellationToken, int page = 1)
    {
        var rows = Shell.Page.Of(await reader.ResourcesAsync(caller.Sight, Month(month), service, page, cancellationToken), page);
        return new ReconcileResources(rows.Items, rows.Number, rows.HasMore);
    }

    private static async Task<object> AnomaliesAsync(AwsAnomalyReader reader, ApiCaller caller, [AsParameters] SliceQuery slice, CancellationToken cancellationToken)
    {
        var after = slice.Read() is { } cursor ? (DateOnly.FromDateTime(cursor.At.UtcDateTime), cursor.Id) : ((DateOnly, string)?)null;
        var read = await reader.ReadAsync(caller.Sight, cancellationToken, after, slice.Rows + 1);
        return slice.Of(read, one => (new DateTimeOffset(one.Aws.Began, TimeOnly.MinValue, TimeSpan.Zero), one.Aws.Id), AwsAnomalyItem.Of);
    }

    private static DateOnly Month(string month) => ReconcileReader.Month(month) ?? throw ApiException.Invalid("month", "It is a month such as 2026-09.");
}

/// <summary>A month's bill beside our estimates.</summary>
/// <param name="Month">First day; null where no bill was imported.</param>
/// <param name="Months">Months there are, the latest first.</param>
/// <param name="EstimatedUsd">Ours, at list price.</param>
/// <param name="BilledUsd">After discounts, of what is compared.</param>
/// <param name="UnwatchedUsd">Billed to accounts of which nothing is known to run.</param>
/// <param name="OtherUsd">Tax, credits and fees.</param>
/// <param name="Services">The largest first.</param>
internal sealed record ReconcileSum(
    DateOnly? Month, IReadOnlyList<DateOnly> Months, decimal EstimatedUsd, decimal BilledUsd, decimal UnwatchedUsd, decimal OtherUsd, IReadOnlyList<ReconciledService> Services);

/// <summary>A service's estimate beside its bill.</summary>
/// <param name="Service">As CloudTrail names it.</param>
/// <param name="EstimatedUsd">Ours, at list price.</param>
/// <param name="BilledUsd">After discounts.</param>
/// <param name="ListUsd">AWS's own on-demand price of what was billed, or null.</param>
/// <param name="DifferenceUsd">Estimate minus bill.</param>
/// <param name="Error">As a share of the bill, or null.</param>
/// <param name="NetUsd">The estimate at the learned factor, or null.</param>
/// <param name="Factor">Learned from the last three months, or null.</param>
internal sealed record ReconciledService(
    string Service, decimal EstimatedUsd, decimal BilledUsd, decimal? ListUsd, decimal DifferenceUsd, double? Error, decimal? NetUsd, LearnedFactor? Factor);

/// <summary>What a service is billed per dollar of our estimate.</summary>
/// <param name="Factor">1 = at list price.</param>
/// <param name="StandardError">In units of the factor; null with one resource.</param>
/// <param name="Resources">Learned from how many.</param>
/// <param name="Sureness">How sure.</param>
internal sealed record LearnedFactor(double Factor, double? StandardError, long Resources, FactorSureness Sureness);

/// <summary>Resources of a service.</summary>
/// <param name="Items">The most wrong first.</param>
/// <param name="Page">From 1.</param>
/// <param name="HasMore">Whether another page follows.</param>
internal sealed record ReconcileResources(IReadOnlyList<ResourceComparison> Items, int Page, bool HasMore);

/// <summary>An anomaly of AWS's beside ours.</summary>
/// <param name="Id">AWS's id.</param>
/// <param name="AccountId">AWS account.</param>
/// <param name="Service">As CloudTrail names it; else as AWS does.</param>
/// <param name="Region">Of its root cause, or empty.</param>
/// <param name="Began">First day, UTC.</param>
/// <param name="Ended">Last day, UTC; null while it goes on.</param>
/// <param name="ImpactUsd">Spent beyond what AWS expected.</param>
/// <param name="SeenAt">When we were first told of it.</param>
/// <param name="NotSeenAt">When we last asked before and were not, or null.</param>
/// <param name="CaseId">Our case about the same that was told first, or null.</param>
/// <param name="ToldAt">When we told it, or null.</param>
/// <param name="First">Who told first.</param>
/// <param name="AtLeastHours">By how many hours at least, or null.</param>
/// <param name="AtMostHours">By how many hours at most, or null.</param>
internal sealed record AwsAnomalyItem(
    string Id, string AccountId, string Service, string Region, DateOnly Began, DateOnly? Ended, decimal ImpactUsd, DateTimeOffset SeenAt, DateTimeOffset? NotSeenAt,
    string? CaseId, DateTimeOffset? ToldAt, FirstTeller First, double? AtLeastHours, double? AtMostHours)
{
    /// <summary>From the two.</summary>
    public static AwsAnomalyItem Of(AnomalyBesides both) => new(
        both.Aws.Id, both.Aws.AccountId, both.Aws.Service, both.Aws.Region, both.Aws.Began, both.Aws.Ended, both.Aws.ImpactUsd, both.Aws.SeenAt, both.Aws.NotSeenAt,
        both.Ours?.Id, both.ToldAt, both.First.Who, both.First.AtLeastHours, both.First.AtMostHours);
}
