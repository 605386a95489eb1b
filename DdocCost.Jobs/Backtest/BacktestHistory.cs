using System.Runtime.CompilerServices;
using DdocCost.Domain.Pipeline;
using DdocCost.Domain.Scoring;
using DdocCost.Domain.Storage;
using Marten;
using Npgsql;

namespace DdocCost.Jobs.Backtest;

/// <summary>The stored history of a tenant, account by account, a page at a time: no long transaction, memory for one page.</summary>
public sealed class BacktestHistory(NpgsqlDataSource database, IDocumentStore store)
{
    private const int PageSize = 1_000;

    /// <summary>How many events each account has from a time on, in the order of account ids.</summary>
    public async Task<IReadOnlyList<(string AccountId, long Events)>> AccountsAsync(string tenantId, DateTimeOffset from, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.QueryAsync(
            "select account_id, count(*) from mt_doc_cost_events where tenant_id = $1 and time >= $2 group by account_id order by account_id collate \"C\"",
            row => (row.GetString(0), row.GetInt64(1)), cancellationToken, tenantId, from.ToUniversalTime());
    }

    /// <summary>An account's events from a time on, as the pipeline takes them: by time, and within a moment as they must have followed each other.</summary>
    public async IAsyncEnumerable<CostEvent> EventsAsync(
        string tenantId, string accountId, DateTimeOffset from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var moment = new List<CostEvent>();
        var (since, skip) = (from, 0);
        for (var isLast = false; !isLast;)
        {
            var page = await PageAsync(tenantId, accountId, since, skip, cancellationToken);
            isLast = page.Count < PageSize;
            foreach (var e in page)
            {
                if (moment.Count > 0 && moment[0].Time != e.Time)
                {
                    foreach (var ordered in InOrder(moment))
                    {
                        yield return ordered;
                    }

                    moment.Clear();
                }

                moment.Add(e);
                (since, skip) = e.Time == since ? (since, skip + 1) : (e.Time, 1);
            }
        }

        foreach (var ordered in InOrder(moment))
        {
            yield return ordered;
        }
    }

    private async Task<IReadOnlyList<CostEvent>> PageAsync(string tenantId, string accountId, DateTimeOffset since, int skip, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession(tenantId);
        return await session.Query<CostEvent>()
            .Where(e => e.AccountId == accountId && e.Time >= since)
            .OrderBy(e => e.Time).ThenBy(e => e.Id)
            .Skip(skip).Take(PageSize)
            .ToListAsync(cancellationToken);
    }

    private static IEnumerable<CostEvent> InOrder(List<CostEvent> moment) => moment.OrderBy(e => e.Costed.Event, EventOrder.Instance);
}
