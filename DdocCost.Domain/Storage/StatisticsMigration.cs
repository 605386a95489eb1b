using Npgsql;

namespace DdocCost.Domain.Storage;

/// <summary>
/// Of documents that are written very often PostgreSQL keeps no statistics of the JSON as a whole, for which no query asks: comparing and sorting thousands of them
/// each time a table has grown is up to a tenth of what an import takes of PostgreSQL. Indexes on expressions have their own.
/// </summary>
internal sealed class StatisticsMigration : IMigration
{
    public string Name => "statistics";

    public async Task<string> ApplyAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        // Those are the documents without Marten's version (DocumentColumns.Lean). The target is -1 where nothing was set, null since PostgreSQL 17.
        const string Lean = "not exists (select from pg_attribute v where v.attrelid = a.attrelid and v.attname = 'mt_version')";
        await DocumentJson.AlterAsync(connection, $"a.attstattarget is distinct from 0 and {Lean}", "set statistics 0", cancellationToken);
        return "none of the JSON that is written often";
    }
}
