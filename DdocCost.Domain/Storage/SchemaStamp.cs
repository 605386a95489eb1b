using System.Reflection;
using Npgsql;

namespace DdocCost.Domain.Storage;

/// <summary>Which version last brought the database up to date, and which may still run on it.</summary>
/// <param name="Version">Counts schemas. Each change of one makes it one more.</param>
/// <param name="OldestReader">The oldest version that works on this schema. As schemas only grow, it stays as long as older programs read newer documents.</param>
/// <param name="Product">The program's own version, for a person.</param>
public sealed record SchemaStamp(int Version, int OldestReader, string Product)
{
    /// <summary>What this program makes of a database.</summary>
    public static readonly SchemaStamp Current = new(
        Version: 4, OldestReader: 1, typeof(SchemaStamp).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown");

    /// <summary>What a database says.</summary>
    /// <returns>null where it was never migrated, or before there were stamps.</returns>
    public static async Task<SchemaStamp?> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (!await connection.ScalarAsync<bool>("select to_regclass('pipeline.schema_stamp') is not null", cancellationToken))
        {
            return null;
        }

        var rows = await connection.QueryAsync(
            "select version, oldest_reader, product from pipeline.schema_stamp", row => new SchemaStamp(row.GetInt32(0), row.GetInt32(1), row.GetString(2)), cancellationToken);
        return rows is [var stamp] ? stamp : null;
    }

    /// <summary>Refuses to work on a database of a version that this program cannot read.</summary>
    /// <exception cref="SchemaTooNewException">It is too new.</exception>
    public static async Task CheckAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (await ReadAsync(connection, cancellationToken) is { } stamp && stamp.OldestReader > Current.Version)
        {
            throw new SchemaTooNewException(stamp);
        }
    }

    /// <summary>Stamps a database that is up to date; never back to an older version.</summary>
    internal static Task<int> WriteAsync(NpgsqlConnection connection, CancellationToken cancellationToken) => connection.ExecuteAsync(
        """
        insert into pipeline.schema_stamp as s (one, version, oldest_reader, product, stamped_at) values (true, $1, $2, $3, now())
        on conflict (one) do update set version = excluded.version, oldest_reader = excluded.oldest_reader, product = excluded.product, stamped_at = now()
        where s.version < excluded.version or (s.version = excluded.version and s.product <> excluded.product)
        """,
        cancellationToken, Current.Version, Current.OldestReader, Current.Product);

    /// <summary>Its table.</summary>
    internal static Task<int> CreateAsync(NpgsqlConnection connection, CancellationToken cancellationToken) => connection.ExecuteAsync(
        """
        create schema if not exists pipeline;
        create table if not exists pipeline.schema_stamp (
            one boolean primary key check (one), version integer not null, oldest_reader integer not null, product text not null, stamped_at timestamptz not null);
        """,
        cancellationToken);
}

/// <summary>The database belongs to a newer version of the product.</summary>
public sealed class SchemaTooNewException(SchemaStamp stamp) : InvalidOperationException(
    $"This database was brought up to date by version {stamp.Product} (schema {stamp.Version}), which this older program (schema {SchemaStamp.Current.Version}) cannot work on. "
    + $"Going back is not possible in place: run version {stamp.Product} again, or restore a backup from before the upgrade into an empty database (ops/restore.sh).");

/// <summary>The database was never brought up to date, or not since the last upgrade, and this process was told to leave that to others.</summary>
public sealed class SchemaTooOldException(SchemaStamp? stamp) : InvalidOperationException(
    (stamp is null
        ? "This database was never brought up to date. "
        : $"This database was last brought up to date by version {stamp.Product} (schema {stamp.Version}); this program needs schema {SchemaStamp.Current.Version}. ")
    + "Run the command migrate, or start a process with Jobs__MigrateAtStart=true.");
