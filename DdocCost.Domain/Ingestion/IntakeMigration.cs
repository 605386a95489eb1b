using DdocCost.Domain.Storage;
using Npgsql;

namespace DdocCost.Domain.Ingestion;

/// <summary>The tables of accounts, deliveries and read positions.</summary>
internal sealed class IntakeMigration : IMigration
{
    public string Name => "intake";

    public async Task<string> ApplyAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync(SqlCommands.Embedded("Ingestion.intake.sql"), cancellationToken);
        return "schema pipeline";
    }
}
