using System.Runtime.CompilerServices;
using DdocCost.Domain.Pipeline;
using DdocCost.Domain.Scoring;
using Marten;
using Npgsql;

namespace DdocCost.Jobs.Reprocess;

/// <summary>An account's stored events in the order in which they were scored the first time.</summary>
internal sealed class StoredEvents(IDocumentStore store)
{
    /// <summary>Reads them one by one: the account's history need not fit into memory.</summary>
    /// <param name="connection">Whose view of the database counts.</param>
    /// <param name="scope">Whose.</param>
    /// <param name="since">Those scored at that moment or later, UTC.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async IAsyncEnumerable<CostEvent> ReadAsync(
        NpgsqlConnection connection, ReprocessScope scope, DateTimeOffset since, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "select data from mt_doc_cost_events where tenant_id = $1 and account_id = $2 and created_at >= $3 order by created_at, time, id", connection)
        {
            Parameters = { new() { Value = scope.TenantId }, new() { Value = scope.AccountId }, new() { Value = since.ToUniversalTime() } },
        };
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var serializer = store.Options.Serializer();
        var together = new List<CostEvent>(); // of one delivery: in the order in which the pipeline took them
        while (await rows.ReadAsync(cancellationToken))
        {
            var e = serializer.FromJson<CostEvent>(rows, 0);
            if (together.Count > 0 && together[0].CreatedAt != e.CreatedAt)
            {
                foreach (var one in InOrder(together))
                {
                    yield return one;
                }

                together.Clear();
            }

            together.Add(e);
        }

        foreach (var one in InOrder(together))
        {
            yield return one;
        }
    }

    private static IEnumerable<CostEvent> InOrder(List<CostEvent> events) => events.OrderBy(e => e.Costed.Event, EventOrder.Instance);
}
