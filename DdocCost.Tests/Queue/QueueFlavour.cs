using DdocCost.Domain.Queue;
using DdocCost.Domain.Storage;
using DdocCost.Tests.Support;
using Npgsql;

namespace DdocCost.Tests.Queue;

/// <summary>What can lie between intake and scoring.</summary>
public enum QueueFlavour
{
    /// <summary>Our own subset of pgmq.</summary>
    Subset,

    /// <summary>Upstream's SQL, from the file that <c>DDOC_PGMQ_SQL</c> names.</summary>
    SqlFile,

    /// <summary>The real extension, where the server has it.</summary>
    Extension,

    /// <summary>Amazon SQS FIFO.</summary>
    Sqs,
}

/// <summary>
/// Which of them are here, so that one suite runs against each: our subset and SQS always; upstream's file with <c>DDOC_PGMQ_SQL=pgmq.sql</c>; the
/// extension where its control file lies in the server's share folder (<c>DDOC_POSTGRES</c> names another server's programs). The product
/// prefers an extension to a file, so with an extension the file is left out.
/// </summary>
internal static class QueueFlavours
{
    public static readonly string? UpstreamSql = Environment.GetEnvironmentVariable("DDOC_PGMQ_SQL") is { Length: > 0 } path ? path : null;

    /// <summary>Those in the database.</summary>
    public static TheoryData<QueueFlavour> InPostgres => [.. Present.Where(flavour => flavour != QueueFlavour.Sqs)];

    /// <summary>All.</summary>
    public static TheoryData<QueueFlavour> All => [.. Present];

    private static IEnumerable<QueueFlavour> Present =>
    [
        QueueFlavour.Subset, .. PostgresServer.Offers("pgmq") ? [QueueFlavour.Extension] : UpstreamSql is null ? (QueueFlavour[])[] : [QueueFlavour.SqlFile], QueueFlavour.Sqs,
    ];

    /// <summary>Which queue the product has to be told to use.</summary>
    public static QueueKind KindOf(QueueFlavour flavour) => flavour == QueueFlavour.Sqs ? QueueKind.Sqs : QueueKind.Postgres;

    /// <summary>A database with the product's schema and this queue.</summary>
    public static Task<string> NewDatabaseAsync(this PostgresServer postgres, QueueFlavour flavour) => flavour == QueueFlavour.Sqs
        ? postgres.NewDatabaseAsync()
        : postgres.NewDatabaseAsync($"queue_{flavour}", database => MigrateAsync(database, flavour));

    /// <summary>Installs it into an empty database, as <c>migrate</c> does.</summary>
    /// <returns>What <c>migrate</c> says of the queue.</returns>
    public static async Task<string> MigrateAsync(string database, QueueFlavour flavour)
    {
        if (flavour == QueueFlavour.Subset)
        {
            // Ours first, so that an extension that the server offers is passed over.
            await using var connection = new NpgsqlConnection(database);
            await connection.OpenAsync();
            await connection.ExecuteAsync(SqlCommands.Embedded("Queue.pgmq-subset.sql"), CancellationToken.None);
        }

        return (await PostgresServer.MigrateAsync(database, queue => queue.SqlFile = flavour == QueueFlavour.SqlFile ? UpstreamSql : null))["queue"];
    }
}
