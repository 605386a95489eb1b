using System.CommandLine;
using DdocCost.App.Commands.Asking;
using DdocCost.Domain.Access;
using DdocCost.Tests.Support;

namespace DdocCost.Tests.App.Api;

/// <summary>The command-line client against a real instance.</summary>
public sealed class AskCommandsTests(PostgresServer postgres, RedisServer redis)
{
    [Fact]
    public async Task Lists_what_the_token_may_see_as_a_table_or_as_json_lines()
    {
        await using var host = await BrowserHost.StartAsync(postgres, await redis.AddressAsync());
        await host.StoreAsync(BrowserHost.Tenant, Some.Case(title: "alice \u001b[31mstarted"), Some.Case("case-2", closedAt: Some.Now), Some.Running("i-1", usdPerHour: 1234.5m), Some.Running("i-2", usdPerHour: null));
        var owner = await host.AddUserAsync("viewer", AccessRole.Viewer);
        using var folder = new TempFolder();
        var token = Path.Combine(folder.Path, "token");
        await File.WriteAllTextAsync(token, await host.AddTokenAsync(owner, AccessRole.Viewer) + "\n", TestContext.Current.CancellationToken);
        string[] access = ["--url", host.Url, "--token-file", token];

        var (exit, cases) = await RunAsync(["cases", .. access]);
        Assert.Equal(0, exit);
        Assert.Contains("critical", cases, StringComparison.Ordinal);
        Assert.DoesNotContain("case-2", cases, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", cases, StringComparison.Ordinal);
        Assert.Equal(2, (await RunAsync(["cases", "--state", "all", "--json", "--limit", "5", .. access])).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        var exposure = (await RunAsync(["exposure", .. access])).Output;
        Assert.Contains("1,234.50", exposure, StringComparison.Ordinal);
        Assert.Contains("Nothing.", (await RunAsync(["zombies", .. access])).Output, StringComparison.Ordinal);
        Assert.Contains("Nothing.", (await RunAsync(["accounts", .. access])).Output, StringComparison.Ordinal);

        await File.WriteAllTextAsync(token, "ddoc_wrong", TestContext.Current.CancellationToken);
        var (refused, said) = await RunAsync(["cases", .. access]);
        Assert.Equal(1, refused);
        Assert.StartsWith("cases: 401 ", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_in_a_sentence_what_it_needs()
    {
        Assert.Contains("is no address", (await RunAsync(["cases", "--url", "nonsense"])).Output, StringComparison.Ordinal);
        Assert.StartsWith("cases: ", (await RunAsync(["cases", "--url", $"http://127.0.0.1:{ServerProcess.FreePort()}", "--token-file", "/no/such/file"])).Output, StringComparison.Ordinal);
    }

    private static async Task<(int Exit, string Output)> RunAsync(string[] arguments)
    {
        var root = new RootCommand();
        foreach (var ask in AskCommands.Create())
        {
            root.Add(ask);
        }

        using var output = new StringWriter();
        var exit = await root.Parse(arguments).InvokeAsync(new InvocationConfiguration { Output = output, Error = output }, TestContext.Current.CancellationToken);
        return (exit, output.ToString());
    }
}
