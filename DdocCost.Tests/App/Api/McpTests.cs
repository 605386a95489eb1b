using System.Net;
using System.Text.Json;
using DdocCost.Domain.Access;
using DdocCost.Tests.Support;
using ModelContextProtocol.Client;

namespace DdocCost.Tests.App.Api;

/// <summary>What a language model may ask, through the protocol's own client.</summary>
public sealed class McpTests(PostgresServer postgres, RedisServer redis)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_model_learns_what_costs_money_who_started_it_and_what_is_odd_and_can_change_nothing()
    {
        await using var host = await BrowserHost.StartAsync(postgres, await redis.AddressAsync());
        await host.StoreAsync(BrowserHost.Tenant, Some.Case(), Some.Running("i-1", usdPerHour: 5), Some.Running("i-2", usdPerHour: 50));
        await host.StoreAsync("another", Some.Case("secret"), Some.Running("i-secret", usdPerHour: 500));
        using var http = await host.ApiClientAsync(AccessRole.Viewer);
        await using var client = await ConnectAsync(host, http);

        var tools = await client.ListToolsAsync(cancellationToken: Token);
        Assert.Equal(["explain_case", "what_costs_money_now", "what_is_idle", "what_is_odd", "who_started_it"], tools.Select(tool => tool.Name).Order(StringComparer.Ordinal));
        Assert.All(tools, tool => Assert.True(tool.ProtocolTool.Annotations?.ReadOnlyHint));

        var now = await AskAsync(client, "what_costs_money_now", []);
        Assert.Contains("\"i-2\"", now, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", now, StringComparison.Ordinal);
        Assert.Contains("alice", await AskAsync(client, "who_started_it", new() { ["resource"] = "i-1" }), StringComparison.Ordinal);
        Assert.Contains("case-1", await AskAsync(client, "what_is_odd", new() { ["severity"] = "critical" }), StringComparison.Ordinal);
        Assert.Contains("Far above what is usual", await AskAsync(client, "explain_case", new() { ["id"] = "case-1" }), StringComparison.Ordinal);
        Assert.True((await client.CallToolAsync("who_started_it", new Dictionary<string, object?> { ["resource"] = "i-1\0" }, cancellationToken: Token)).IsError);
        Assert.True((await client.CallToolAsync("explain_case", new Dictionary<string, object?> { ["id"] = "secret" }, cancellationToken: Token)).IsError);
    }

    [Fact]
    public async Task Nobody_is_heard_without_a_token()
    {
        await using var host = await BrowserHost.StartAsync(postgres, await redis.AddressAsync());
        using var nobody = new HttpClient { BaseAddress = new Uri(host.Url) };

        using var answer = await nobody.PostAsync("/mcp", new StringContent("{}", new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")), Token);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    private static Task<McpClient> ConnectAsync(BrowserHost host, HttpClient http) => McpClient.CreateAsync(
        new HttpClientTransport(new HttpClientTransportOptions { Endpoint = new Uri($"{host.Url}/mcp"), TransportMode = HttpTransportMode.StreamableHttp }, http), cancellationToken: Token);

    private static async Task<string> AskAsync(McpClient client, string tool, Dictionary<string, object?> arguments)
    {
        var answer = await client.CallToolAsync(tool, arguments, cancellationToken: Token);
        Assert.False(answer.IsError ?? false, JsonSerializer.Serialize(answer));
        return JsonSerializer.Serialize(answer.StructuredContent);
    }
}
