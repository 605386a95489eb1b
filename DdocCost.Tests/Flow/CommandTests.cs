using DdocCost.Tests.Support;

namespace DdocCost.Tests.Flow;

/// <summary>The commands that work on the database, as processes.</summary>
public sealed class CommandTests(PostgresServer postgres)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Migrate_can_be_repeated_and_says_what_is_there()
    {
        var configuration = Configuration(await postgres.NewEmptyDatabaseAsync());
        await RunAsync(configuration, "migrate");

        var (exit, output) = await RunAsync(configuration, "migrate");

        Assert.True(exit == 0, output);
        Assert.Equal(["adoption:", "documents:", "partitions:", "compression:", "intake:", "queue:", "sources:", "prices:", "outbox:", "bills:", "jobs:"], output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[0]).Where(word => word.EndsWith(':')));
    }

    [Fact]
    public async Task A_database_that_does_not_answer_is_named_in_a_sentence()
    {
        var (exit, output) = await RunAsync(Configuration($"Host=127.0.0.1;Port={ServerProcess.FreePort()};Username=nobody"), "migrate");

        Assert.Equal(1, exit);
        Assert.StartsWith("migrate: Failed to connect to 127.0.0.1", output, StringComparison.Ordinal);
        Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task A_path_with_nothing_at_it_is_named_in_a_sentence()
    {
        var (exit, output) = await RunAsync(Configuration(await postgres.NewDatabaseAsync()), "import", "/no/such/folder", "--tenant", "acme");

        Assert.Equal(2, exit);
        Assert.Contains("import: Could not find a part of the path '/no/such/folder'", output, StringComparison.Ordinal);
    }

    private static Dictionary<string, string> Configuration(string database) => new()
    {
        ["ConnectionStrings:Postgres"] = database,
        ["ConnectionStrings:Redis"] = $"127.0.0.1:{ServerProcess.FreePort()}",
        ["Data:Folder"] = Path.Combine(Path.GetTempPath(), "ddoc-test-commands"),
    };

    private static async Task<(int Exit, string Output)> RunAsync(Dictionary<string, string> configuration, params string[] arguments)
    {
        using var app = AppProcess.Start("DdocCost.App", configuration, arguments);
        return (await app.ExitAsync(Stop), app.Output);
    }
}
