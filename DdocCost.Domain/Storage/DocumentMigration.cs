using JasperFx;
using Marten;
using Npgsql;

namespace DdocCost.Domain.Storage;

/// <summary>The tables of the documents, from the stages' own mappings.</summary>
internal sealed class DocumentMigration(IDocumentStore store) : IMigration
{
    public string Name => "documents";

    public async Task<string> ApplyAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync(AutoCreate.CreateOrUpdate);
        return $"{store.Storage.AllObjects().Count()} kinds of object";
    }
}
