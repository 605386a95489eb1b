using System.Globalization;
using JasperFx;
using Marten;
using Npgsql;
using Weasel.Core;
using Weasel.Postgresql;

namespace DdocCost.Domain.Storage;

/// <summary>The tables of the documents, from the stages' own mappings.</summary>
internal sealed class DocumentMigration(IDocumentStore store) : IMigration
{
    public string Name => "documents";

    public async Task<string> ApplyAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var migration = await store.Storage.CreateMigrationAsync();
        if (migration.Difference != SchemaPatchDifference.None)
        {
            migration.AssertPatchingIsValid(AutoCreate.CreateOrUpdate);
            await using var script = new StringWriter(CultureInfo.InvariantCulture);
            migration.WriteAllUpdates(script, new PostgresqlMigrator(), AutoCreate.CreateOrUpdate);

            // Not by Marten, which gives up after half a minute: another index on ten million rows takes longer.
            await using var change = new NpgsqlCommand(script.ToString(), connection) { CommandTimeout = 0 };
            await change.ExecuteNonQueryAsync(cancellationToken);
        }

        return $"{store.Storage.AllObjects().Count()} kinds of object";
    }
}
