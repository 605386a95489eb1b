using System.Runtime.CompilerServices;
using DdocCost.Domain.Access;
using DdocCost.Domain.Ledger;
using DdocCost.Domain.Scoring;
using Marten;
using Marten.Linq.MatchesSql;

namespace DdocCost.Domain.Reconcile;

/// <summary>Our estimates as stays: what runs (from the ledger) and what has ended or was paid at once (from the events).</summary>
public static class Stays
{
    /// <summary>All that may lie in a period, in no promised order. What ended with an unknown start, or before events are kept, is left out.</summary>
    /// <param name="session">Of the tenant.</param>
    /// <param name="sight">Which accounts.</param>
    /// <param name="from">Begin, UTC.</param>
    /// <param name="to">End, UTC.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async IAsyncEnumerable<Stay> ReadAsync(
        IQuerySession session, Sight sight, DateTimeOffset from, DateTimeOffset to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        var running = Seen(session.Query<RunningResource>().Where(resource => resource.Since < to && resource.UsdPerHour > 0), sight);
        await foreach (var resource in running.ToAsyncEnumerable(cancellationToken))
            yield return Stay.Of(resource);
        var events = Seen(session.Query<CostEvent>().Where(e => e.Time >= from), sight);
        await foreach (var e in events.OrderBy(e => e.Time).ToAsyncEnumerable(cancellationToken))
        {
            foreach (var stay in Stay.Of(e))
                yield return stay;
        }
    }

    private static IQueryable<T> Seen<T>(IQueryable<T> rows, Sight sight)
        where T : notnull => sight.SeesAll ? rows : rows.Where(row => row.MatchesSql("d.account_id = any(?)", (object)sight.Accounts));
}
