using System.Runtime.CompilerServices;
using DdocCost.Domain.Reconcile;
using DdocCost.Domain.Scoring;
using DdocCost.Domain.Sources;
using Marten;

namespace DdocCost.App.Api.Focus;

/// <summary>
/// Makes FOCUS rows of what is stored: what runs at the rate it has now (from the ledger), at which rates it and what has ended ran before (each
/// event that changed or ended something says at which and from when), and what was paid at once. What ended with an unknown start, or before
/// events are kept, is left out.
/// </summary>
internal sealed class FocusReader(IDocumentStore store, TimeProvider time)
{
    private const int Batch = 500;

    /// <summary>Rows of a period, account by account in no promised order, one a resource and UTC day.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="from">Begin, UTC.</param>
    /// <param name="to">End, UTC; what lies in the future is left out.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async IAsyncEnumerable<FocusRow> ReadAsync(ApiCaller caller, DateTimeOffset from, DateTimeOffset to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        to = to < now ? to : now;
        await using var session = store.QuerySession(caller.Tenant);
        var names = (await session.Query<ConnectedAccount>().ToListAsync(cancellationToken)).ToDictionary(account => account.AccountId, account => account.Name);
        await foreach (var stay in OriginsAsync(session, Stays.ReadAsync(session, caller.Sight, from, to, cancellationToken), cancellationToken))
        {
            foreach (var day in stay.Days(from, to))
            {
                yield return FocusRow.Of(stay, day, names.GetValueOrDefault(stay.AccountId, stay.AccountId));
            }
        }
    }

    // An event's id is its key where it is a GUID, as CloudTrail's are: the events that started things are found without an index of their own.
    private static async IAsyncEnumerable<Stay> OriginsAsync(IQuerySession session, IAsyncEnumerable<Stay> stays, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var batch in stays.Chunk(Batch).WithCancellation(cancellationToken))
        {
            var keys = batch.Select(stay => Guid.TryParse(stay.StartedByEvent, out var key) ? key : Guid.Empty).Where(key => key != Guid.Empty).Distinct().ToArray();
            var origins = (keys.Length == 0 ? [] : await session.LoadManyAsync<CostEvent>(cancellationToken, keys)).ToDictionary(e => e.Id);
            foreach (var stay in batch)
            {
                yield return Guid.TryParse(stay.StartedByEvent, out var key) && origins.TryGetValue(key, out var origin) ? stay with { Origin = origin } : stay;
            }
        }
    }
}
