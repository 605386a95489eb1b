using DdocCost.Domain.Ledger;
using Marten;

namespace DdocCost.Domain.Anomalies;

/// <summary>What of a case still runs, as the ledger has it.</summary>
public static class CaseResources
{
    private const int Most = 500;

    /// <summary>The resources, the dearest first; at most 500.</summary>
    public static async Task<IReadOnlyList<RunningResource>> RunningAsync(this IQuerySession session, AnomalyCase anomaly, CancellationToken cancellationToken)
    {
        if (anomaly.RunningResourceIds.Count == 0)
        {
            return [];
        }

        var ids = anomaly.RunningResourceIds.ToArray();
        var found = await session.Query<RunningResource>()
            .Where(r => r.AccountId == anomaly.AccountId && (r.Id.IsOneOf(ids) || r.ResourceId.IsOneOf(ids)))
            .Take(Most).ToListAsync(cancellationToken);
        return [.. found.OrderByDescending(r => r.UsdPerHour ?? 0).ThenBy(r => r.ResourceId, StringComparer.Ordinal)];
    }
}
