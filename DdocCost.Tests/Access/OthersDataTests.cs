using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using DdocCost.Domain.Storage;
using DdocCost.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace DdocCost.Tests.Access;

/// <summary>What every endpoint and export tells of data that is not the asker's: another tenant's, or that of an account they do not see.</summary>
public sealed class OthersDataTests(PostgresServer postgres, RedisServer redis)
{
    private const string Hidden = OthersData.Hidden;

    /// <summary>Routes that are not asked here, each with where it is instead. All others of the routing table are.</summary>
    private static readonly Dictionary<string, string> Elsewhere = new()
    {
        ["/api/v1/stream"] = "has no end: ManagingApiTests",
        ["/hubs/live"] = "has no end: AccessTests",
        ["/hubs/live/negotiate"] = "opens the hub",
        ["/_blazor"] = "carries the pages: PeoplePagesTests looks at them in a browser, restricted",
        ["/_blazor/negotiate"] = "opens the circuit",
        ["/mcp/"] = "has no GET; its tools: McpTests",
    };

    /// <summary>Addresses with more in them than a route has, for what is shown only when asked for.</summary>
    private static readonly string[] Further =
    [
        "/api/v1/search?q=launch", $"/api/v1/search?q={Hidden}", $"/api/v1/cases?account={Hidden}", "/api/v1/digests/preview?weekly=true", "/exposure/export?format=jsonl", "/exposure/export?format=csv",
        "/zombies/export?state=all", "/audit/export?format=csv", "/audit/export?format=jsonl", "/api/v1/exports/cost-events?format=jsonl", "/api/v1/exports/cost-events?format=csv", "/api/v1/exports/focus",
        $"/api/v1/cost-events/{OthersData.Event}", $"/api/v1/cost-events/{OthersData.Event}/record", $"/api/v1/accounts/{Hidden}", "/api/v1/zombies/ebs-unattached/abc", "/api/v1/cases/case-1",
        "/api/v1/backtests/backtest-1", "/api/v1/archive/runs/reprocess-1",
    ];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_address_tells_another_tenant_or_a_restricted_person_of_what_is_not_theirs()
    {
        await using var host = await StartAsync();
        await OthersData.SeedAsync(host);
        using var own = await host.ApiClientAsync(AccessRole.Administrator);
        using var other = await host.ApiClientAsync(AccessRole.Administrator, "another");
        using var restricted = await host.ApiClientAsync(AccessRole.Responder, accounts: [OthersData.Seen]);
        var (ownPages, otherPages, restrictedPages) = (await PageClientAsync(host, AccessRole.Administrator), await PageClientAsync(host, AccessRole.Administrator, "another"), await PageClientAsync(host, AccessRole.Responder, accounts: [OthersData.Seen]));
        var told = new HashSet<string>();
        string[] addresses = [.. RouteMatrixTests.Routes(host).Where(route => route.Method == "GET" && !Elsewhere.ContainsKey(route.Pattern)).Select(route => route.Address), .. Further];
        foreach (var address in addresses.Distinct())
        {
            var answers = await Task.WhenAll(((HttpClient[])[own, ownPages, other, otherPages, restricted, restrictedPages]).Select(client => TextAsync(client, address)));
            if (answers[..2].Any(Tells))
            {
                told.Add(address.Split('?')[0]);
            }

            Assert.False(answers[2..].Any(Tells), $"{address} tells of an account that is not seen");
        }

        // Where the account is told of to those who see it: the test can fail.
        Assert.Superset(
            new HashSet<string>
            {
                "/api/v1/accounts/", $"/api/v1/accounts/{Hidden}", "/api/v1/archive/", "/api/v1/archive/runs/reprocess-1", "/api/v1/backtests/", "/api/v1/backtests/backtest-1", "/api/v1/cases/", "/api/v1/cases/case-1",
                "/api/v1/cost-events/", $"/api/v1/cost-events/{OthersData.Event}", "/api/v1/digests/preview", "/api/v1/expectations/", "/api/v1/exports/cost-events", "/api/v1/exports/focus", "/api/v1/messages/", "/api/v1/quarantine",
                "/api/v1/resources", "/api/v1/routing/", "/api/v1/scans/", "/api/v1/search", "/api/v1/sensitivity/", "/api/v1/zombies/", "/api/v1/zombies/ebs-unattached/abc", "/audit/export", "/exposure/export", "/zombies/export",
            },
            told);
        Assert.All(Elsewhere.Keys, pattern => Assert.Contains(RouteMatrixTests.Routes(host), route => route.Pattern == pattern)); // none outlives its route
    }

    [Fact]
    public async Task No_change_by_another_tenant_or_a_restricted_person_reaches_what_is_not_theirs()
    {
        await using var host = await StartAsync();
        await OthersData.SeedAsync(host);
        var victim = await host.AddUserAsync("victim", AccessRole.Responder);
        await host.AddTokenAsync(victim, AccessRole.Viewer);
        using var other = await host.ApiClientAsync(AccessRole.Administrator, "another");
        using var restricted = await host.ApiClientAsync(AccessRole.Responder, accounts: [OthersData.Seen]);
        var before = await StoredAsync(host);
        var tried = 0;
        foreach (var (method, pattern, _) in RouteMatrixTests.Routes(host).Where(route => route.Method is not "GET" && route.Pattern.StartsWith("/api/v1/", StringComparison.Ordinal) && !route.Pattern.Contains("/auth/", StringComparison.Ordinal)))
        {
            var (address, body) = Attack(method, pattern, victim.Id);
            foreach (var client in new[] { other, restricted })
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), address) { Content = body is null ? null : new StringContent(JsonSerializer.Serialize(body), new MediaTypeHeaderValue("application/json")) };
                using var answer = await client.SendAsync(request, Cancelled);
                Assert.True((int)answer.StatusCode is < 500 and not 400, $"{method} {address}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(Cancelled)}");
                Assert.DoesNotContain(Hidden, await answer.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
                tried++;
            }
        }

        Assert.True(tried > 60, $"Only {tried} changes were tried.");
        Assert.Equal(before, await StoredAsync(host));
    }

    /// <summary>A request that would change what is not the asker's. Each route that changes something must be named here: the last line fails for one that is not.</summary>
    private static (string Address, object? Body) Attack(string method, string pattern, Guid victim)
    {
        var until = DateTimeOffset.UtcNow.AddDays(3);
        object? body = (method, pattern) switch
        {
            ("PATCH", "/api/v1/accounts/{id}") => new { name = "taken" },
            ("POST", "/api/v1/accounts/") => new { accountId = "999988887777", name = "mine", regions = new[] { "eu-west-1" } },
            ("POST", "/api/v1/accounts/{id}/sources") => new { kind = "event-lookup" },
            ("PUT", "/api/v1/accounts/{id}/sources") => new { source = "history", with = new { kind = "event-lookup", historyDays = 1 } },
            ("PUT", "/api/v1/accounts/{id}/sources/paused") => new { source = "history", isPaused = true },
            ("PUT", "/api/v1/accounts/{id}/access") => new { accessKeyId = "AKIAIOSFODNN7EXAMPLE", secret = "taken" },
            ("POST", "/api/v1/agents/") => new { name = "mine" },
            ("PUT", "/api/v1/agents/{id}/revoked") => new { isRevoked = true },
            ("POST", "/api/v1/archive/runs/") => new { from = until.AddDays(-30), to = until },
            ("POST", "/api/v1/backtests/") => new { rules = Array.Empty<object>() },
            ("POST", "/api/v1/cases/{id}/decisions") => new { kind = "acknowledge" },
            ("PUT", "/api/v1/channels/{id}") => new { name = "mine", kind = "webhook", settings = new { url = "https://taken.example/" } },
            ("PUT", "/api/v1/digests/{id}") => new { channelId = "channel-1", at = "08:00:00" },
            ("PUT", "/api/v1/flags/{name}") => new { mode = "off" },
            ("PUT", "/api/v1/hunt-settings/") => new { keepTags = Array.Empty<string>(), mostUsdPerScan = 1, mostUsdPerMonth = 1, skipsRegionsWithoutSpend = true, skipsServicesWithoutSpend = true, correctsLedger = true, asksForBill = false },
            ("PUT", "/api/v1/panic/") => new { reason = "taken" },
            ("POST", "/api/v1/push-sources/") => new { name = "mine", kind = "token" },
            ("POST", "/api/v1/push-sources/{id}/rotate") => new { overlapHours = 0 },
            ("PUT", "/api/v1/push-sources/{id}/paused") => new { isPaused = true },
            ("PUT", "/api/v1/routing/") => new { rules = Array.Empty<object>() },
            ("POST", "/api/v1/scans/") => new { account = Hidden },
            ("PUT", "/api/v1/sensitivity/") => new { rules = Array.Empty<object>(), version = Guid.Empty },
            ("POST", "/api/v1/tokens/") => new { name = "mine", scope = "admin" },
            ("POST", "/api/v1/users/") => new { name = "mine@example.com", role = "viewer" },
            ("PUT", "/api/v1/users/{id:guid}/rights") => new { role = "viewer" },
            ("PUT", "/api/v1/users/{id:guid}/disabled") => new { isDisabled = true },
            ("PUT", "/api/v1/zombie-rules/{id}") => new { isOn = false },
            ("PUT", "/api/v1/zombies/{rule}/{hash}/keep") => new { reason = "mine", until },
            ("DELETE", _) or ("POST", "/api/v1/accounts/{id}/test" or "/api/v1/agents/{id}/token" or "/api/v1/archive/check" or "/api/v1/channels/{id}/test" or "/api/v1/digests/{id}/send" or "/api/v1/messages/{id:guid}/resend" or "/api/v1/messages/held/send"
                or "/api/v1/users/{id:guid}/link") => null,
            _ => throw new InvalidOperationException($"{method} {pattern} changes something: say here how a stranger would try."),
        };
        return (Aim(pattern, victim), body);
    }

    /// <summary>The address of what is there and is somebody else's.</summary>
    private static string Aim(string pattern, Guid victim) => pattern
        .Replace("/accounts/{id}", $"/accounts/{Hidden}", StringComparison.Ordinal)
        .Replace("/cases/{id}", "/cases/case-1", StringComparison.Ordinal)
        .Replace("/expectations/{id}", "/expectations/case-1", StringComparison.Ordinal)
        .Replace("/channels/{id}", "/channels/channel-1", StringComparison.Ordinal)
        .Replace("/digests/{id}", "/digests/digest-1", StringComparison.Ordinal)
        .Replace("/scans/{id}", "/scans/run-1", StringComparison.Ordinal)
        .Replace("/backtests/{id}", "/backtests/backtest-1", StringComparison.Ordinal)
        .Replace("/archive/runs/{id}", "/archive/runs/reprocess-1", StringComparison.Ordinal)
        .Replace("/zombies/{rule}/{hash}", "/zombies/ebs-unattached/abc", StringComparison.Ordinal)
        .Replace("/zombie-rules/{id}", "/zombie-rules/ebs-unattached", StringComparison.Ordinal)
        .Replace("/users/{id:guid}", $"/users/{victim}", StringComparison.Ordinal)
        .Replace("{id:guid}", Guid.Empty.ToString(), StringComparison.Ordinal)
        .Replace("{name}", "none", StringComparison.Ordinal).Replace("{id}", "none", StringComparison.Ordinal)
        + (pattern.EndsWith("/sources", StringComparison.Ordinal) ? "?source=history" : pattern.EndsWith("/breakers/", StringComparison.Ordinal) ? "?name=none" : "");

    /// <summary>All that is stored of the installation's own tenant, in one line a table; but for what a token's use and a request's key leave behind.</summary>
    private static async Task<IReadOnlyList<string>> StoredAsync(BrowserHost host)
    {
        await using var connection = await host.Services.GetRequiredService<Npgsql.NpgsqlDataSource>().OpenConnectionAsync(Cancelled);
        var tables = await connection.QueryAsync(
            "select t.table_schema || '.' || t.table_name, exists (select from information_schema.columns c where (c.table_schema, c.table_name) = (t.table_schema, t.table_name) and c.column_name = 'tenant_id') from information_schema.tables t where t.table_type = 'BASE TABLE' and (t.table_name like 'mt_doc_%' or t.table_schema in ('notify', 'pipeline')) order by 1",
            row => (Name: row.GetString(0), HasTenant: row.GetBoolean(1)), Cancelled);
        var lines = new List<string>();
        foreach (var (name, hasTenant) in tables.Where(table => !table.Name.EndsWith("_idempotent_answers", StringComparison.Ordinal)))
        {
            var theirs = hasTenant ? "t.tenant_id = $1" : name.StartsWith("public.", StringComparison.Ordinal) ? "t.data ->> 'tenantId' = $1" : "$1 = ''";
            var content = name.EndsWith("_api_tokens", StringComparison.Ordinal) ? "(t.data - 'usedAt' - 'version')::text" : "t::text";
            var sum = await connection.ScalarAsync<string>($"select count(*) || ' ' || coalesce(md5(string_agg({content}, '|' order by {content})), '') from {name} t where {theirs}", Cancelled, BrowserHost.Tenant);
            lines.Add($"{name} {sum}");
        }

        Assert.True(lines.Count(line => !line.EndsWith(" 0 ", StringComparison.Ordinal)) > 15, "Hardly anything is stored.");
        return lines;
    }

    private static bool Tells(string text) => text.Contains(Hidden, StringComparison.Ordinal);

    private static async Task<HttpClient> PageClientAsync(BrowserHost host, AccessRole role, string tenant = BrowserHost.Tenant, IReadOnlyList<string>? accounts = null)
    {
        var user = await host.AddUserAsync($"page-{Guid.NewGuid():N}", role, tenant, accounts);
        return (await WebUser.SignedInAsync(host, user.Name)).Client;
    }

    private static async Task<string> TextAsync(HttpClient client, string address)
    {
        using var answer = await client.GetAsync(address, Cancelled);
        // Who asked for an account by its number is told that number; what is told beyond that is looked at.
        return (await answer.Content.ReadAsStringAsync(Cancelled)).Replace(WebUtility.UrlEncode(address), "", StringComparison.Ordinal).Replace(address, "", StringComparison.Ordinal);
    }

    private async Task<BrowserHost> StartAsync() => await BrowserHost.StartAsync(postgres, await redis.AddressAsync(), "--Access:ApiCallsPerMinute=100000");
}
