using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using DdocCost.Tests.App;
using DdocCost.Tests.Support;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;

namespace DdocCost.Tests.Access;

/// <summary>Every route there is, tried as everybody there is.</summary>
public sealed partial class RouteMatrixTests(PostgresServer postgres, RedisServer redis)
{
    private const string Hidden = "444455556666";

    // Some answers stay open: live streams. Whoever was let in so far was let in.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    // Not about documents, or without an end.
    private static readonly string[] Endless = ["hangfire", "stream", "mcp", "live", "_blazor"];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>
    /// Each line of the approved file must hold; which routes are open to strangers, listed or not, is in AccessTests. Whatever differs, new routes too, is left
    /// in access-matrix.received.txt beside it: look whether each line is as it should be, and take it over.
    /// </summary>
    [Fact]
    public async Task Who_gets_through_where_is_as_in_the_approved_matrix()
    {
        await using var host = await StartAsync();
        var visitors = await VisitorsAsync(host);
        var lines = new List<string>();
        foreach (var (method, pattern, address) in Routes(host))
        {
            var answers = await Task.WhenAll(visitors.Select(visitor => LetInAsync(visitor.Client, method, address)));
            lines.Add($"{method,-7} {pattern,-60} {string.Join(' ', visitors.Zip(answers).Select(pair => (pair.Second ? pair.First.Name : "-").PadRight(pair.First.Name.Length)))}".TrimEnd());
        }

        visitors.ForEach(visitor => visitor.Client.Dispose());
        Approve([.. lines.Distinct().Order(StringComparer.Ordinal)]);
    }

    [Fact]
    public async Task No_address_tells_another_tenant_or_a_restricted_person_of_an_account_that_is_not_theirs()
    {
        await using var host = await StartAsync();
        await SeedAsync(host);
        using var own = await host.ApiClientAsync(AccessRole.Administrator);
        using var other = await host.ApiClientAsync(AccessRole.Administrator, "another");
        using var restricted = await host.ApiClientAsync(AccessRole.Viewer, accounts: ["111122223333"]);
        await host.AddUserAsync("own", AccessRole.Administrator);
        await host.AddUserAsync("other", AccessRole.Administrator, "another");
        await host.AddUserAsync("restricted", AccessRole.Viewer, accounts: ["111122223333"]);
        using var ownPages = await WebUser.SignedInAsync(host, "own");
        using var otherPages = await WebUser.SignedInAsync(host, "other");
        using var restrictedPages = await WebUser.SignedInAsync(host, "restricted");
        var told = 0;
        foreach (var (_, pattern, address) in Routes(host).Where(route => route.Method == "GET" && !Endless.Any(part => route.Pattern.Contains(part, StringComparison.OrdinalIgnoreCase))))
        {
            foreach (var client in new[] { own, ownPages.Client })
            {
                told += (await TextAsync(client, address)).Contains(Hidden, StringComparison.Ordinal) ? 1 : 0;
            }

            foreach (var client in new[] { other, restricted, otherPages.Client, restrictedPages.Client })
            {
                Assert.False((await TextAsync(client, address)).Contains(Hidden, StringComparison.Ordinal), $"{pattern} tells of an account that is not seen");
            }
        }

        Assert.True(told >= 1, "The test's own account is told of nowhere: it cannot fail.");
    }

    private const string Legend =
        """
        Who gets through at each route, found by trying; DdocCost.Tests/Access/RouteMatrixTests.cs compares. A name: let in (whatever is answered then); a dash: refused.
        nobody: not signed in. viewer, responder, admin: a person of the installation's own tenant with a cookie. other: an administrator of another tenant with a cookie.
        t:viewer, t:responder, t:admin, t:other: the same with a token (scope read, triage, admin, admin).

        """;

    private static async Task<List<(string Name, HttpClient Client)>> VisitorsAsync(BrowserHost host)
    {
        var visitors = new List<(string, HttpClient)> { ("nobody", new WebUser(host).Client) };
        (string Name, AccessRole Role, string Tenant)[] people =
            [("viewer", AccessRole.Viewer, BrowserHost.Tenant), ("responder", AccessRole.Responder, BrowserHost.Tenant), ("admin", AccessRole.Administrator, BrowserHost.Tenant), ("other", AccessRole.Administrator, "another")];
        foreach (var (name, role, tenant) in people)
        {
            await host.AddUserAsync(name, role, tenant);
            visitors.Add((name, (await WebUser.SignedInAsync(host, name)).Client));
        }

        foreach (var (name, role, tenant) in people)
        {
            visitors.Add(($"t:{name}", await host.ApiClientAsync(role, tenant)));
        }

        return visitors;
    }

    private static IEnumerable<(string Method, string Pattern, string Address)> Routes(BrowserHost host) =>
        from endpoint in host.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
        where endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is null
        let pattern = "/" + endpoint.RoutePattern.RawText!.TrimStart('/')
        where !pattern.StartsWith("/_framework", StringComparison.Ordinal) && !pattern.Contains(":file}", StringComparison.Ordinal)
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods is { Count: > 0 } methods ? methods : ["GET", "POST"]
        orderby pattern, method
        select (method, pattern, RouteParameter().Replace(pattern, match => match.Value.StartsWith("{*", StringComparison.Ordinal) ? "" : match.Value.Contains("guid", StringComparison.OrdinalIgnoreCase) ? Guid.Empty.ToString() : match.Value.Contains(":int", StringComparison.Ordinal) ? "1" : "case-1"));

    private static async Task<bool> LetInAsync(HttpClient client, string method, string address)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        patience.CancelAfter(Patience);
        try
        {
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            return answer.StatusCode switch
            {
                HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => false,
                HttpStatusCode.Redirect => answer.Headers.Location!.ToString() is var to && !to.Contains("/sign-in?returnUrl=", StringComparison.Ordinal) && !to.Contains("/denied", StringComparison.Ordinal),
                _ => true,
            };
        }
        catch (OperationCanceledException) when (!Cancelled.IsCancellationRequested)
        {
            return true;
        }
    }

    private static async Task<string> TextAsync(HttpClient client, string address)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        patience.CancelAfter(Patience);
        try
        {
            using var answer = await client.GetAsync(address.Contains("export", StringComparison.Ordinal) ? $"{address}?format=csv" : address, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            return answer.Content.Headers.ContentType?.MediaType == "text/event-stream" ? "" : await answer.Content.ReadAsStringAsync(patience.Token);
        }
        catch (OperationCanceledException) when (!Cancelled.IsCancellationRequested)
        {
            return "";
        }
    }

    /// <summary>Something of an account that only some see.</summary>
    internal static Task SeedAsync(BrowserHost host) => host.StoreAsync(
        BrowserHost.Tenant, Some.Case(title: $"launch in {Hidden}") with { AccountId = Hidden }, Some.Running() with { Id = $"{Hidden}/sa-east-1/ec2:instance/i-1", AccountId = Hidden },
        Some.Event() with { AccountId = Hidden }, Some.Hour(new DateTimeOffset(Some.Now.Ticks - (Some.Now.Ticks % TimeSpan.TicksPerHour), TimeSpan.Zero), 10, 10, account: Hidden));

    private static void Approve(IReadOnlyList<string> received)
    {
        var path = Path.Combine(Folder(), "docs", "access-matrix.txt");
        var approved = File.ReadAllLines(path).Where(line => line.Contains(" /", StringComparison.Ordinal) && !line.Contains(". ", StringComparison.Ordinal)).ToDictionary(RouteOf);
        if (!approved.Values.Order(StringComparer.Ordinal).SequenceEqual(received))
        {
            File.WriteAllText(Path.ChangeExtension(path, ".received.txt"), $"{Legend}\n{string.Join('\n', received)}\n", new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        }

        Assert.True(received.Count(line => approved.ContainsKey(RouteOf(line))) > 50, "Hardly any approved route is there.");
        Assert.All(received, line => Assert.Equal(approved.GetValueOrDefault(RouteOf(line), line), line));
    }

    private static string RouteOf(string line) => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(2));

    private static string Folder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "DdocCost.sln")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }

    private async Task<BrowserHost> StartAsync() => await BrowserHost.StartAsync(postgres, await redis.AddressAsync(), "--Access:ApiCallsPerMinute=100000");

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex RouteParameter();
}
