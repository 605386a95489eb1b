using DdocCost.Domain.Storage;
using Npgsql;

namespace DdocCost.Tests.Support;

/// <summary>Takes consumers' connections away while they work, and with each its lane's lock and its transaction; the consumer goes on working for all it knows.</summary>
internal static class LaneCuts
{
    /// <summary>
    /// Cuts until everything that was sent is scored. The next cut waits until some deliveries were scored since the last: where connecting takes longer than the time between two cuts, nobody
    /// would ever get anywhere.
    /// </summary>
    /// <param name="pipeline">On the database of the consumers.</param>
    /// <param name="sending">What sends deliveries.</param>
    /// <param name="each">How many deliveries are scored between two cuts.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>How many connections were cut.</returns>
    public static async Task<long> UntilScoredAsync(Pipeline pipeline, Task sending, int each, CancellationToken cancellationToken)
    {
        await using var connection = await pipeline.Get<NpgsqlDataSource>().OpenConnectionAsync(cancellationToken);
        var (cut, last) = (0L, 0L);
        while (true)
        {
            var ended = sending.IsCompleted; // asked before the backlog: what is sent in between is seen next time
            var (backlog, applied) = (await connection.QueryAsync(
                "select coalesce(sum(sent_seq - applied_seq), 0)::bigint, coalesce(sum(applied_seq), 0)::bigint from pipeline.accounts", row => (row.GetInt64(0), row.GetInt64(1)), cancellationToken))[0];
            if (ended && backlog == 0)
            {
                await sending;
                return cut;
            }

            if (cut == 0 || applied >= last + each)
            {
                cut += await connection.ScalarAsync<long>(
                    """
                    select count(*) from (
                        select pg_terminate_backend(pid) from pg_locks join pg_database on pg_database.oid = pg_locks.database
                        where locktype = 'advisory' and classid = 1818324581 and datname = current_database() order by random() limit 1) cut
                    """,
                    cancellationToken);
                last = applied;
            }

            await Task.Delay(10, cancellationToken);
        }
    }
}
