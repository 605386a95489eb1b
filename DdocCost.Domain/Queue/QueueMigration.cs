using DdocCost.Domain.Storage;
using Microsoft.Extensions.Options;
using Npgsql;

namespace DdocCost.Domain.Queue;

/// <summary>
/// pgmq and the lanes, and the table of what is on its way through SQS. The extension where the server has it; else the operator's file; else our subset of it. An installation found is
/// left as it is, provided it has what we call.
/// </summary>
internal sealed class QueueMigration(IOptions<QueueOptions> options) : IMigration
{
    private static readonly string[] Needed =
    [
        "pgmq.create(text)", "pgmq.send_batch(text, jsonb[], jsonb[])", "pgmq.read(text, integer, integer, jsonb)",
        "pgmq.set_vt(text, bigint, integer)", "pgmq.delete(text, bigint[])", "pgmq.archive(text, bigint[])",
    ];

    public string Name => "queue";

    public async Task<string> ApplyAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var installation = await InstallAsync(connection, cancellationToken);
        await CheckAsync(connection, installation, cancellationToken);
        for (var lane = 0; lane < Lanes.Count; lane++)
        {
            await EnsureLaneAsync(connection, Lanes.QueueOf(lane), cancellationToken);
        }

        await LeaveExtensionAsync(connection, cancellationToken);
        await InTransactionAsync(connection, SqlCommands.Embedded("Queue.sqs.sql"), cancellationToken);
        return $"{installation}, {Lanes.Count} lanes";
    }

    private async Task<string> InstallAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (await connection.ScalarAsync<string>("select extversion from pg_extension where extname = 'pgmq'", cancellationToken) is { } version)
        {
            return $"pgmq extension {version}";
        }

        if (await connection.ScalarAsync<bool>("select to_regproc('pgmq.ddoc_table') is not null", cancellationToken))
        {
            return await InstallSubsetAsync(connection, cancellationToken); // ours; repeatable, so this is also its upgrade
        }

        if (await connection.ScalarAsync<bool>("select to_regnamespace('pgmq') is not null", cancellationToken))
        {
            return "pgmq as found in schema pgmq";
        }

        if (await connection.ScalarAsync<bool>("select exists (select from pg_available_extensions where name = 'pgmq')", cancellationToken))
        {
            await connection.ExecuteAsync("create extension pgmq", cancellationToken);
            return "pgmq extension, created";
        }

        return options.Value.SqlFile is { } file
            ? await InstallFileAsync(connection, file, cancellationToken)
            : await InstallSubsetAsync(connection, cancellationToken);
    }

    private static async Task<string> InstallSubsetAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await InTransactionAsync(connection, SqlCommands.Embedded("Queue.pgmq-subset.sql"), cancellationToken);
        return "own subset of pgmq";
    }

    private static async Task<string> InstallFileAsync(NpgsqlConnection connection, string file, CancellationToken cancellationToken)
    {
        await InTransactionAsync(connection, await File.ReadAllTextAsync(file, cancellationToken), cancellationToken);
        return $"pgmq from {Path.GetFileName(file)}";
    }

    private static async Task InTransactionAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync(sql, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task CheckAsync(NpgsqlConnection connection, string installation, CancellationToken cancellationToken)
    {
        var missing = await connection.QueryAsync(
            "select name from unnest($1) as name where to_regprocedure(name) is null", row => row.GetString(0), cancellationToken, (object)Needed);
        if (missing.Count > 0)
        {
            throw new InvalidOperationException(
                $"The database's queue ({installation}) lacks {string.Join("; ", missing)}. Upgrade pgmq, or let migrate install it into a database without a pgmq schema.");
        }
    }

    /// <summary>Some versions of the extension make queues members of it, and pg_dump leaves members out: what waits would be missing from every backup.</summary>
    private static Task<int> LeaveExtensionAsync(NpgsqlConnection connection, CancellationToken cancellationToken) => connection.ExecuteAsync(
        """
        do $$ declare member record; begin
            for member in
                select c.oid::regclass as name, case c.relkind when 'S' then 'sequence' else 'table' end as kind
                from pg_depend d join pg_extension e on e.oid = d.refobjid and e.extname = 'pgmq' join pg_class c on c.oid = d.objid
                where d.refclassid = 'pg_extension'::regclass and d.classid = 'pg_class'::regclass and d.deptype = 'e' and c.relname ~ '^[qa]_' and c.relkind in ('r', 'S')
            loop
                execute format('alter extension pgmq drop %s %s', member.kind, member.name);
            end loop;
        end $$
        """,
        cancellationToken);

    private static async Task EnsureLaneAsync(NpgsqlConnection connection, string queue, CancellationToken cancellationToken)
    {
        if (!await connection.ScalarAsync<bool>($"select to_regclass('pgmq.q_{queue}') is not null", cancellationToken))
        {
            await connection.ExecuteAsync("select pgmq.create($1)", cancellationToken, queue);
        }

        // Rows live for seconds: vacuum soon and thoroughly, and leave room so that a read's update stays on its page.
        await connection.ExecuteAsync(
            $"alter table pgmq.q_{queue} set (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_cost_delay = 0)",
            cancellationToken);
    }
}
