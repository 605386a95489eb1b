using DdocCost.Domain.Storage;
using DdocCost.Tests.Support;
using Npgsql;

namespace DdocCost.Tests.Storage;

/// <summary>Which versions may work on a database.</summary>
public sealed class SchemaStampTests(PostgresServer postgres)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Migrating_stamps_the_database()
    {
        await using var connection = await OpenAsync(await postgres.NewDatabaseAsync());

        Assert.Equal(SchemaStamp.Current, await SchemaStamp.ReadAsync(connection, Stop));
    }

    [Fact]
    public async Task An_index_on_a_large_table_takes_as_long_as_it_takes()
    {
        var database = await postgres.NewDatabaseAsync();
        await using var connection = await OpenAsync(database);
        await connection.ExecuteAsync("drop index mt_doc_cost_events_idx_actor", Stop);
        await using var inTheWay = await OpenAsync(database);
        await using var transaction = await inTheWay.BeginTransactionAsync(Stop);
        await inTheWay.ExecuteAsync("lock table mt_doc_cost_events in share row exclusive mode", Stop);
        var held = inTheWay.ExecuteAsync("select pg_sleep(7)", Stop); // longer than any other command may take below

        var migrating = PostgresServer.MigrateAsync($"{database};Command Timeout=5");
        await held;
        await transaction.CommitAsync(Stop);
        await migrating;

        Assert.NotNull(await connection.ScalarAsync<string>("select to_regclass('mt_doc_cost_events_idx_actor')::text", Stop));
    }

    [Fact]
    public async Task A_database_of_a_version_we_cannot_read_is_refused_in_words()
    {
        var database = await postgres.NewDatabaseAsync();
        await StampAsync(database, SchemaStamp.Current.Version + 2, SchemaStamp.Current.Version + 1);

        using var migrate = AppProcess.Start("DdocCost.App", Settings(database), "migrate");

        Assert.Equal(1, await migrate.ExitAsync(Stop));
        Assert.StartsWith("migrate: This database was brought up to date by version 9.9.9", migrate.Output, StringComparison.Ordinal);
        Assert.Contains("ops/restore.sh", migrate.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "This database was never brought up to date.")]
    [InlineData(true, "This database was last brought up to date by version 9.9.9 (schema 1)")]
    public async Task A_database_that_is_not_up_to_date_is_refused_in_words_by_a_process_that_leaves_migrating_to_others(bool isOld, string words)
    {
        var database = isOld ? await postgres.NewDatabaseAsync() : await postgres.NewEmptyDatabaseAsync();
        if (isOld)
        {
            await StampAsync(database, version: 1, oldestReader: 1);
        }

        var settings = Settings(database);
        settings["Jobs:MigrateAtStart"] = "false";
        using var jobs = AppProcess.Start("DdocCost.Jobs", settings);

        Assert.Equal(1, await jobs.ExitAsync(Stop));
        Assert.Contains($"jobs: {words}", jobs.Output, StringComparison.Ordinal);
        Assert.Contains("Run the command migrate", jobs.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_an_upgrade_is_under_way_the_old_version_may_still_start_and_leaves_the_stamp_alone()
    {
        var database = await postgres.NewDatabaseAsync();
        await StampAsync(database, SchemaStamp.Current.Version + 1, SchemaStamp.Current.Version);

        using var migrate = AppProcess.Start("DdocCost.App", Settings(database), "migrate");

        Assert.True(await migrate.ExitAsync(Stop) == 0, migrate.Output);
        await using var connection = await OpenAsync(database);
        Assert.Equal(SchemaStamp.Current.Version + 1, (await SchemaStamp.ReadAsync(connection, Stop))!.Version);
    }

    private static async Task StampAsync(string database, int version, int oldestReader)
    {
        await using var connection = await OpenAsync(database);
        await connection.ExecuteAsync("update pipeline.schema_stamp set version = $1, oldest_reader = $2, product = '9.9.9'", Stop, version, oldestReader);
    }

    private static async Task<NpgsqlConnection> OpenAsync(string database)
    {
        var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(Stop);
        return connection;
    }

    private static Dictionary<string, string> Settings(string database) => new()
    {
        ["ConnectionStrings:Postgres"] = database,
        ["ConnectionStrings:Redis"] = $"127.0.0.1:{ServerProcess.FreePort()}",
        ["Data:Folder"] = Path.Combine(Path.GetTempPath(), "ddoc-test-commands"),
    };
}
