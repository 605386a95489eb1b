using DdocCost.Domain.Storage;
using Npgsql;

namespace DdocCost.Domain.Notify;

/// <summary>The tables of the outbox.</summary>
internal sealed class NotifyMigration : IMigration
{
    public string Name => "outbox";

    public async Task<string> ApplyAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync(SqlCommands.Embedded("Notify.notify.sql"), cancellationToken);
        return "schema notify";
    }
}
