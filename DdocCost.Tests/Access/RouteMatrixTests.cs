using System.Net;
using System.Net.Http.Headers;
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
    // Some answers stay open: live streams. Whoever was let in so far was let in.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>
    /// The approved file is exact: a route that is new, one that is gone, and one that lets in others than before all fail. What there is now is left in
    /// access-matrix.received.txt beside it: look whether each line is as it should be, and take it over. What each route tells of others' data: OthersDataTests.
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

    /// <summary>All routes of the routing table but files, with an address that has something in the place of each parameter.</summary>
    internal static IEnumerable<(string Method, string Pattern, string Address)> Routes(BrowserHost host) =>
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
        if (address.StartsWith("/api/", StringComparison.Ordinal) && method is not ("GET" or "DELETE"))
        {
            // Otherwise what answers is that a body is missing, before it is asked who sent none.
            request.Content = new StringContent("{}", new MediaTypeHeaderValue("application/json"));
        }

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

    private static void Approve(IReadOnlyList<string> received)
    {
        var path = Path.Combine(Folder(), "docs", "access-matrix.txt");
        var approved = File.ReadAllLines(path).Where(line => line.Contains(" /", StringComparison.Ordinal) && !line.Contains(". ", StringComparison.Ordinal)).ToList();
        if (!approved.SequenceEqual(received))
        {
            File.WriteAllText(Path.ChangeExtension(path, ".received.txt"), $"{Legend}\n{string.Join('\n', received)}\n", new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        }

        Assert.Empty(approved.Except(received).Select(line => $"approved, and not so any more: {line}"));
        Assert.Empty(received.Except(approved).Select(line => $"not approved: {line}"));
    }

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
