using Npgsql;

namespace DdocCost.Domain.Storage;

/// <summary>What PostgreSQL learns about documents that are written very often, each time a table of them has grown.</summary>
internal static class DocumentStatistics
{
    /// <summary>
    /// Most common values and steps of a histogram that it keeps of a column. It reads 300 rows for each, so its own 100 would be 30,000 rows every time, for which an index on an
    /// expression opens the JSON. Queries of these documents find their way by which index leads to them, not by how values spread.
    /// </summary>
    private const int Values = 20;

    /// <summary>
    /// Of the JSON as a whole, for which no query asks, nothing; of columns and of expressions that have an index little. Changes what is not so yet, in tables of lean documents
    /// (those without Marten's version, <see cref="DocumentColumns.Lean"/>) and their indexes.
    /// </summary>
    /// <param name="connection">Open.</param>
    /// <param name="tables">Pattern of <c>like</c> that the names of the documents' tables match.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <remarks>The target in the catalogue is -1 where nothing was set, null since PostgreSQL 17.</remarks>
    public static Task KeepFewAsync(NpgsqlConnection connection, string tables, CancellationToken cancellationToken) => connection.ExecuteAsync(
        $"""
        do $$
        declare c record;
        begin
            for c in
                select r.oid::regclass as name, case when x.indexrelid is null then 'table' else 'index' end as kind,
                    case when x.indexrelid is null then quote_ident(a.attname) else a.attnum::text end as part, w.target
                from pg_class d
                cross join lateral (select d.oid union all select indexrelid from pg_index where indrelid = d.oid and indexprs is not null) o (oid)
                join pg_class r on r.oid = o.oid
                join pg_attribute a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
                left join pg_index x on x.indexrelid = r.oid
                cross join lateral (select case when x.indexrelid is null and a.attname = 'data' then 0 else {Values} end) w (target)
                where d.relkind = 'r' and d.relname like '{tables}' and d.relnamespace = current_schema()::regnamespace
                    and not exists (select from pg_attribute v where v.attrelid = d.oid and v.attname = 'mt_version')
                    and (x.indexrelid is null or x.indkey[a.attnum - 1] = 0) and a.attstattarget is distinct from w.target
            loop
                execute format('alter %s %s alter column %s set statistics %s', c.kind, c.name, c.part, c.target);
            end loop;
        end $$
        """,
        cancellationToken);
}
