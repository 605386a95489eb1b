using Npgsql;

namespace DdocCost.Domain.Storage;

/// <summary>All migrations, in order, by one process at a time.</summary>
public sealed class Migrations(NpgsqlDataSource database, IEnumerable<IMigration> migrations)
{
    /// <summary>Key of the session advisory lock that migrating processes queue up at: "ddoc" in ASCII, then 1.</summary>
    private const long Lock = 0x64646F63_00000001;

    /// <summary>Applies what is missing; nothing where a newer version has been here that this one can still work beside.</summary>
    /// <param name="report">Hears each migration's name and result.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="SchemaTooNewException">A newer version has made the database its own.</exception>
    public async Task ApplyAsync(Action<string, string> report, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync($"set statement_timeout = 0; select pg_advisory_lock({Lock})", cancellationToken);
        await SchemaStamp.CheckAsync(connection, cancellationToken);
        await SchemaStamp.CreateAsync(connection, cancellationToken);
        if (await SchemaStamp.ReadAsync(connection, cancellationToken) is { } stamp && stamp.Version > SchemaStamp.Current.Version)
        {
            report("schema", $"is of {stamp.Product} already, left as it is");
        }
        else
        {
            foreach (var migration in migrations)
            {
                report(migration.Name, await migration.ApplyAsync(connection, cancellationToken));
            }

            await SchemaStamp.WriteAsync(connection, cancellationToken);
        }

        await connection.ExecuteAsync($"select pg_advisory_unlock({Lock})", cancellationToken);
    }

    /// <summary>Refuses to go on with a database that is not up to date.</summary>
    /// <exception cref="SchemaTooOldException">It was never migrated, or not since the last upgrade.</exception>
    /// <exception cref="SchemaTooNewException">A newer version has made it its own.</exception>
    public async Task CheckDoneAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await SchemaStamp.CheckAsync(connection, cancellationToken);
        if (await SchemaStamp.ReadAsync(connection, cancellationToken) is var stamp && (stamp is null || stamp.Version < SchemaStamp.Current.Version))
        {
            throw new SchemaTooOldException(stamp);
        }
    }

    /// <summary>Refuses to go on with a database that a newer version has made its own.</summary>
    /// <exception cref="SchemaTooNewException">It has.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await SchemaStamp.CheckAsync(connection, cancellationToken);
    }
}
