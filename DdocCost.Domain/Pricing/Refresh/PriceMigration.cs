using DdocCost.Domain.Storage;
using Npgsql;

namespace DdocCost.Domain.Pricing.Refresh;

/// <summary>The tables of refreshes.</summary>
internal sealed class PriceMigration : IMigration
{
    public string Name => "prices";

    public async Task<string> ApplyAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync(SqlCommands.Embedded("Pricing.Refresh.prices.sql"), cancellationToken);
        return "schema pricing";
    }
}
