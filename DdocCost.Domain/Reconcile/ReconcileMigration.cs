using DdocCost.Domain.Storage;
using Npgsql;

namespace DdocCost.Domain.Reconcile;

/// <summary>The tables of bills.</summary>
internal sealed class ReconcileMigration : IMigration
{
    public string Name => "bills";

    public async Task<string> ApplyAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync(SqlCommands.Embedded("Reconcile.reconcile.sql"), cancellationToken);
        return "schema bills";
    }
}
