using System.Net;
using DdocCost.Benchmarks.Faults;
using DdocCost.Tests.Support;
using Npgsql;

namespace DdocCost.Tests.Flow;

/// <summary>Programs that start while PostgreSQL is away, or does not let them in.</summary>
public sealed class StartTests(PostgresServer postgres) : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Waits_for_the_database_says_so_and_answers_that_it_lives_but_is_not_ready()
    {
        var database = new NpgsqlConnectionStringBuilder(await postgres.NewDatabaseAsync());
        await using var line = new CutLine(database.Port);
        line.Start();
        line.Become(LineState.Cut);
        database.Port = line.Port;
        var (pages, inside) = (Address(), Address());
        using var app = AppProcess.Start("DdocCost.App", Settings(database.ConnectionString), "serve", $"--urls={pages}", $"--Observe:Url={inside}");
        using var http = new HttpClient();

        await Eventually.TrueAsync(async () => app.HasExited || await StatusAsync(http, pages, "live") == HttpStatusCode.OK, "an answer that it lives");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(http, pages, "ready"));
        await Eventually.TrueAsync(async () => app.HasExited || await StatusAsync(http, inside, "live") == HttpStatusCode.OK, "the same inside");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(http, inside, "ready"));
        await Eventually.TrueAsync(() => Task.FromResult(app.Output.Contains($"PostgreSQL at 127.0.0.1:{line.Port} does not answer", StringComparison.Ordinal)), "a word about it");

        line.Become(LineState.Up);

        await Eventually.TrueAsync(async () => app.HasExited || await StatusAsync(http, pages, "ready") == HttpStatusCode.OK, "an app that is ready");
        Assert.False(app.HasExited, app.Output);
        Assert.Contains("is there after", app.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled", app.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DdocCost.App", "serve")]
    [InlineData("DdocCost.Jobs", "jobs")]
    public async Task Ends_with_one_line_when_the_database_does_not_come(string program, string name)
    {
        var port = ServerProcess.FreePort();
        var settings = Settings($"Host=127.0.0.1;Port={port};Username=postgres;Database=any");
        settings["Jobs:WaitForDatabase"] = "00:00:01";

        using var process = AppProcess.Start(program, settings);

        Assert.Equal(1, await process.ExitAsync(Stop));
        Assert.Contains($"{name}: PostgreSQL at 127.0.0.1:{port} did not answer within 1 s: Connection refused.", process.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at DdocCost", process.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ends_at_once_when_waiting_would_not_help()
    {
        var database = new NpgsqlConnectionStringBuilder(await postgres.NewDatabaseAsync()) { Database = "of-a-slip" };

        using var process = AppProcess.Start("DdocCost.Jobs", Settings(database.ConnectionString));

        Assert.Equal(1, await process.ExitAsync(Stop));
        Assert.StartsWith("jobs: 3D000: database \"of-a-slip\" does not exist", process.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Can_be_stopped_while_it_waits()
    {
        var settings = Settings($"Host=127.0.0.1;Port={ServerProcess.FreePort()};Username=postgres;Database=any");
        settings["Observe:Url"] = Address();
        using var process = AppProcess.Start("DdocCost.Jobs", settings);
        await Eventually.TrueAsync(() => Task.FromResult(process.HasExited || process.Output.Contains("does not answer", StringComparison.Ordinal)), "a process that waits");

        process.Interrupt();

        Assert.Equal(0, await process.ExitAsync(Stop));
        Assert.DoesNotContain("   at DdocCost", process.Output, StringComparison.Ordinal);
    }

    private static string Address() => $"http://127.0.0.1:{ServerProcess.FreePort()}";

    private static async Task<HttpStatusCode?> StatusAsync(HttpClient http, string address, string question)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri($"{address}/health/{question}"), Stop);
            return answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null; // nobody listens
        }
    }

    private Dictionary<string, string> Settings(string database) => new()
    {
        ["ConnectionStrings:Postgres"] = database,
        ["ConnectionStrings:Redis"] = $"127.0.0.1:{ServerProcess.FreePort()}", // nobody is there either, and that keeps nothing from starting
        ["Data:Folder"] = _folder["data"],
    };
}
