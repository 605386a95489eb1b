using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Storage;
using Npgsql;

namespace DdocCost.Domain.Sources;

/// <summary>How far sources have read, by their parts: a region, a branch of a bucket.</summary>
public sealed class SourcePositions(NpgsqlDataSource database, TimeProvider clock)
{
    /// <summary>The positions of a source, by part.</summary>
    public async Task<Dictionary<string, string>> OfAsync(string tenantId, string source, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync(
            "select part, position from pipeline.source_positions where tenant_id = $1 and source = $2",
            row => (Part: row.GetString(0), Position: row.GetString(1)), cancellationToken, tenantId, source);
        return rows.ToDictionary(row => row.Part, row => row.Position, StringComparer.Ordinal);
    }

    /// <summary>Moves a part's position; only after what lies before it is durable.</summary>
    public async Task MoveAsync(string tenantId, string source, string part, string position, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(
            """
            insert into pipeline.source_positions (tenant_id, source, part, position, moved_at) values ($1, $2, $3, $4, $5)
            on conflict (tenant_id, source, part) do update set position = excluded.position, moved_at = excluded.moved_at
            """,
            cancellationToken, tenantId, source, part, position, clock.GetUtcNow());
    }

    /// <summary>The files of a part that were taken, behind a path.</summary>
    /// <param name="tenantId">Tenant.</param>
    /// <param name="source">Source.</param>
    /// <param name="part">What their paths begin with.</param>
    /// <param name="after">Only paths behind this one, in the order of bytes.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<HashSet<SourceFile>> FilesBehindAsync(string tenantId, string source, string part, string after, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var files = await connection.QueryAsync(
            """
            select path, bytes, modified_at from pipeline.source_files
            where tenant_id = $1 and source = $2 and starts_with(path, $3) and path collate "C" > $4
            """,
            row => new SourceFile(row.GetString(0), row.GetInt64(1), row.GetFieldValue<DateTimeOffset>(2)), cancellationToken, tenantId, source, part, after);
        return [.. files];
    }

    /// <summary>Forgets files of a part that lie so far back that they are not listed again.</summary>
    public async Task ForgetFilesAsync(string tenantId, string source, string part, string upTo, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(
            "delete from pipeline.source_files where tenant_id = $1 and source = $2 and starts_with(path, $3) and path collate \"C\" <= $4",
            cancellationToken, tenantId, source, part, upTo);
    }
}

/// <summary>The table of positions.</summary>
internal sealed class SourcesMigration : IMigration
{
    public string Name => "sources";

    public async Task<string> ApplyAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync(SqlCommands.Embedded("Sources.positions.sql"), cancellationToken);
        return "read positions";
    }
}
