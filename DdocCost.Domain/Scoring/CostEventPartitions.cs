using System.Globalization;
using DdocCost.Domain.Storage;
using Npgsql;

namespace DdocCost.Domain.Scoring;

/// <summary>
/// The partitions of the cost events' table, one a calendar month (UTC) of the event's time: <c>…_before</c> for what was before the first of them,
/// <c>…_m202611</c> and so on, and <c>…_default</c> for times that no month is there for yet, such as those of a clock that is years ahead.
/// </summary>
/// <remarks>Why months, and why "counted once" holds across them: docs/decisions/retention.md.</remarks>
public static class CostEventPartitions
{
    /// <summary>The table itself.</summary>
    public const string Table = "mt_doc_cost_events";

    /// <summary>The partition of times that no month is there for.</summary>
    public const string Rest = Table + "_default";

    /// <summary>
    /// Rows beyond 2 KB, nearly every cost event, PostgreSQL would compress and often move to a second table, for a fifth less space and half of
    /// what storing them takes. They stay as they are up to 4 KB.
    /// </summary>
    private const int LargestPlainRow = 4096;

    /// <summary>
    /// By how much of itself a month grows until PostgreSQL analyses it anew. With its default of a tenth that was a tenth of an import's time; how many rows
    /// there are it tells from the pages, only how they spread is older.
    /// </summary>
    private const string GrowthToAnalyse = "0.4";

    /// <summary>Makes what is missing up to the next month. What lies in the default partition moves to the month that is made for it.</summary>
    /// <param name="connection">Open, without a transaction.</param>
    /// <param name="now">Now.</param>
    /// <param name="cancellationToken">Stops it between two months.</param>
    /// <returns>How many were made.</returns>
    public static async Task<int> EnsureAsync(NpgsqlConnection connection, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var month = MonthOf(now);
        if (!await ExistsAsync(connection, Rest, cancellationToken))
        {
            await connection.ExecuteAsync($"create table {Rest} partition of {Table} default", cancellationToken);
        }

        var made = 0;
        if ((await ListAsync(connection, cancellationToken)).Count == 0)
        {
            await MakeAsync(connection, Table + "_before", null, month, cancellationToken);
            made++;
        }

        foreach (var from in new[] { month, month.AddMonths(1) })
        {
            var partitions = await ListAsync(connection, cancellationToken);
            if (partitions.TrueForAll(partition => partition.To <= from || partition.From > from))
            {
                await MakeAsync(connection, NameOf(from), from, from.AddMonths(1), cancellationToken);
                made++;
            }
        }

        return made;
    }

    /// <summary>All partitions but the default one, oldest first.</summary>
    public static async Task<List<CostEventPartition>> ListAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        // Bounds are shown in the session's zone, with its offset: FOR VALUES FROM ('2026-11-01 00:00:00+00') TO (…), or FROM (MINVALUE).
        var rows = await connection.QueryAsync(
            $"""
            select name, bounds[1]::timestamptz, bounds[2]::timestamptz from (
                select c.relname::text as name, regexp_match(pg_get_expr(c.relpartbound, c.oid), $re$FROM \((?:MINVALUE|'([^']*)')\) TO \('([^']*)'\)$re$) as bounds
                from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = '{Table}'::regclass) p
            where bounds is not null order by 3
            """,
            row => new CostEventPartition(row.GetString(0), row.IsDBNull(1) ? null : row.GetFieldValue<DateTimeOffset>(1), row.GetFieldValue<DateTimeOffset>(2)),
            cancellationToken);
        return rows;
    }

    /// <summary>
    /// The table as it was before it had partitions becomes the first of them, in one transaction: no row is copied but those of later months.
    /// </summary>
    /// <returns>Whether there was one.</returns>
    public static async Task<bool> AdoptAsync(NpgsqlConnection connection, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!await connection.ScalarAsync<bool>("select exists (select from pg_class where oid = to_regclass($1) and relkind = 'r')", cancellationToken, Table))
        {
            return false;
        }

        var (before, end) = (Table + "_before", Literal(MonthOf(now).AddMonths(1)));
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync(
            $"""
            alter table {Table} rename to {before};
            do $$
            declare i record;
            begin
                for i in select c.relname, con.conname from pg_index x join pg_class c on c.oid = x.indexrelid
                    left join pg_constraint con on con.conindid = c.oid and con.contype = 'p' where x.indrelid = '{before}'::regclass
                loop
                    if i.conname is not null then
                        execute format('alter table {before} drop constraint %I', i.conname);
                    else
                        execute format('alter index %I rename to %I', i.relname, left(i.relname, 56) || '_before');
                    end if;
                end loop;
            end $$;
            alter table {before} alter column time set not null, add primary key (tenant_id, id, time);
            create table {Table} (like {before} including defaults including compression) partition by range (time);
            alter table {Table} add constraint pkey_{Table}_tenant_id_id_time primary key (tenant_id, id, time);
            create table {Rest} partition of {Table} default;
            with moved as (delete from {before} where time >= {end} returning *) insert into {Table} select * from moved;
            alter table {Table} attach partition {before} for values from (minvalue) to ({end});
            """,
            cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private static async Task MakeAsync(NpgsqlConnection connection, string name, DateTimeOffset? from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var (start, end) = (from is { } first ? Literal(first) : "minvalue", Literal(to));
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync(
            $"""
            lock table {Table} in share update exclusive mode;
            lock table {Rest} in access exclusive mode;
            create table {name} (like {Table} including defaults including compression);
            with moved as (delete from {Rest} where time < {end}{(from is null ? "" : $" and time >= {start}")} returning *) insert into {name} select * from moved;
            alter table {Table} attach partition {name} for values from ({start}) to ({end});
            alter table {name} set (toast_tuple_target = {LargestPlainRow}, autovacuum_analyze_scale_factor = {GrowthToAnalyse});
            """,
            cancellationToken);
        await DocumentStatistics.KeepFewAsync(connection, name, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static Task<bool> ExistsAsync(NpgsqlConnection connection, string name, CancellationToken cancellationToken) =>
        connection.ScalarAsync<bool>("select to_regclass($1) is not null", cancellationToken, name);

    private static DateTimeOffset MonthOf(DateTimeOffset moment) => new(moment.UtcDateTime.Year, moment.UtcDateTime.Month, 1, 0, 0, 0, TimeSpan.Zero);

    private static string NameOf(DateTimeOffset month) => string.Create(CultureInfo.InvariantCulture, $"{Table}_m{month.UtcDateTime:yyyyMM}");

    private static string Literal(DateTimeOffset moment) => string.Create(CultureInfo.InvariantCulture, $"'{moment.UtcDateTime:yyyy-MM-dd} 00:00:00+00'");
}

/// <summary>A month of cost events.</summary>
/// <param name="Name">The table's name.</param>
/// <param name="From">First moment, UTC; null for everything before <paramref name="To"/>.</param>
/// <param name="To">The moment at which it ends, UTC.</param>
public sealed record CostEventPartition(string Name, DateTimeOffset? From, DateTimeOffset To);
