using DdocCost.Tests.Reconcile;
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
        Assert.Equal(["adoption:", "documents:", "partitions:", "compression:", "statistics:", "intake:", "queue:", "sources:", "prices:", "outbox:", "bills:", "jobs:"], output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[0]).Where(word => word.EndsWith(':')));
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

    [Fact]
    public async Task Bill_takes_in_the_files_of_a_month_once_and_names_what_it_cannot_read()
    {
        using var folder = new TempFolder();
        var configuration = Configuration(await postgres.NewDatabaseAsync());
        await File.WriteAllBytesAsync(folder["a.csv.gz"], Bills.Gzip(Bills.File(Bills.ReportHeader, Bills.Report(), "too,few")), Stop);
        await File.WriteAllBytesAsync(folder["b.parquet"], await ParquetBills.ReportAsync(groups: 1, rows: 4), Stop);
        await File.WriteAllTextAsync(folder["no.csv"], "a,b,c", Stop);

        var first = await RunAsync(configuration, "bill", folder["a.csv.gz"], folder["b.parquet"], "--tenant", "acme");
        var again = await RunAsync(configuration, "bill", folder["a.csv.gz"], folder["b.parquet"], "--tenant", "acme");
        var none = await RunAsync(configuration, "bill", folder["no.csv"], "--tenant", "acme");
        var nobody = await RunAsync(configuration, "bill", "s3://bills/export", "--tenant", "acme", "--account", "111122223333");
        var noMonth = await RunAsync(configuration, "bill", "--cost-explorer", "--month", "soon", "--tenant", "acme");

        Assert.True(first.Exit == 0, first.Output);
        Assert.Contains("5 lines of 2026-03 imported, 1 malformed.", first.Output, StringComparison.Ordinal);
        Assert.Contains("1 × another number of columns than the first line, first in line 3", first.Output, StringComparison.Ordinal);
        Assert.Contains("nothing changed", again.Output, StringComparison.Ordinal);
        Assert.Equal((0, 2, 2, 2), (again.Exit, none.Exit, nobody.Exit, noMonth.Exit));
        Assert.Contains("bill: The first line names", none.Output, StringComparison.Ordinal);
        Assert.Contains("bill: the account 111122223333 is not connected.", nobody.Output, StringComparison.Ordinal);
        Assert.Contains("bill: 'soon' is no month", noMonth.Output, StringComparison.Ordinal);
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
