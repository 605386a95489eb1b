using Npgsql;

namespace DdocCost.Domain.Storage;

/// <summary>Has every table of documents that are written very often keep few statistics.</summary>
internal sealed class StatisticsMigration : IMigration
{
    public string Name => "statistics";

    public async Task<string> ApplyAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await DocumentStatistics.KeepFewAsync(connection, @"mt\_doc\_%", cancellationToken);
        return "few, and none of the JSON, of what is written often";
    }
}
