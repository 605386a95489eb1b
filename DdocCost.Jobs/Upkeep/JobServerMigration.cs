using DdocCost.Domain.Storage;
using Hangfire.PostgreSql;
using Npgsql;

namespace DdocCost.Jobs.Upkeep;

/// <summary>The job server's tables.</summary>
internal sealed class JobServerMigration : IMigration
{
    public string Name => "jobs";

    public Task<string> ApplyAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        PostgreSqlObjectsInstaller.Install(connection, JobsSetup.Schema);
        return Task.FromResult($"schema {JobsSetup.Schema}");
    }
}
