using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using DdocCost.App.Access.Tokens;
using DdocCost.Domain.Access;
using DdocCost.Domain.Audit;
using DdocCost.Domain.Sources;
using DdocCost.Tests.Access;
using DdocCost.Tests.Support;
using DdocCost.Tests.Zombies;
using Marten;
using Microsoft.Extensions.DependencyInjection;

namespace DdocCost.Tests.App.Api;

/// <summary>What administrators do at pages, done by programs: people, tokens, sources, runs over history.</summary>
public sealed class ManagingApiTests(PostgresServer postgres, RedisServer redis)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_person_is_invited_signs_in_is_restricted_and_shut_out_and_the_last_administrator_stays()
    {
        await using var host = await StartAsync();
        using var client = await host.ApiClientAsync(AccessRole.Administrator);

        var link = await PostAsync(client, "/api/v1/users", new { name = "new@example.com", role = "responder" });
        var id = link.GetProperty("userId").GetGuid();
        Assert.StartsWith(host.Url, link.GetProperty("url").GetString(), StringComparison.Ordinal);
        using var browser = new WebUser(host);
        using (var chosen = await browser.PostAsync(new Uri(link.GetProperty("url").GetString()!).PathAndQuery, ("Form.Password", BrowserHost.Password), ("Form.Repeated", BrowserHost.Password)))
        {
            Assert.Equal(HttpStatusCode.Redirect, chosen.StatusCode);
        }

        Assert.Equal(HttpStatusCode.Redirect, await browser.SignInAsync("new@example.com"));
        Assert.Equal(1, (await GetAsync(client, $"/api/v1/users/{id}")).GetProperty("sessions").GetInt32());

        var restricted = await PutAsync(client, $"/api/v1/users/{id}/rights", new { role = "viewer", accounts = new[] { Some.Account } });
        Assert.Equal(("viewer", 0), (restricted.GetProperty("role").GetString(), restricted.GetProperty("sessions").GetInt32())); // what was begun with other rights has ended
        Assert.NotEqual(JsonValueKind.Null, (await PutAsync(client, $"/api/v1/users/{id}/disabled", new { isDisabled = true })).GetProperty("disabledAt").ValueKind);

        var mine = (await GetAsync(client, "/api/v1/users")).EnumerateArray().Single(user => user.GetProperty("role").GetString() == "administrator").GetProperty("id").GetGuid();
        using var refused = await client.PutAsJsonAsync($"/api/v1/users/{mine}/rights", new { role = "viewer" }, Token);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("last administrator", await refused.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        await using var session = host.Store.QuerySession(BrowserHost.Tenant);
        var logged = await session.Query<AuditEntry>().Where(entry => entry.Mouth == Mouth.Api).OrderBy(entry => entry.At).Select(entry => entry.Action).ToListAsync(Token);
        Assert.Equal(["user.invite", "user.link", "user.rights", "user.disable"], logged);
    }

    [Fact]
    public async Task A_token_makes_tokens_that_are_shown_once_also_when_asked_again_and_a_service_token_makes_none()
    {
        await using var host = await StartAsync();
        using var client = await host.ApiClientAsync(AccessRole.Administrator);

        async Task<string> MakeAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/tokens") { Content = JsonContent.Create(new { name = "robot", scope = "admin", isService = true }), Headers = { { "Idempotency-Key", "one" } } };
            using var answer = await client.SendAsync(request, Token);
            return (await answer.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("secret").GetString()!;
        }

        var secret = await MakeAsync();
        Assert.Equal(secret, await MakeAsync());
        await using (var session = host.Store.QuerySession(BrowserHost.Tenant))
        {
            Assert.DoesNotContain(secret, string.Concat(await session.Query<DdocCost.App.Api.IdempotentAnswer>().Select(answer => answer.Body).ToListAsync(Token)), StringComparison.Ordinal);
        }

        using var robot = new HttpClient { BaseAddress = new Uri(host.Url), DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", secret) } };
        using var made = await robot.PostAsJsonAsync("/api/v1/tokens", new { name = "child", scope = "read" }, Token);
        using var invited = await robot.PostAsJsonAsync("/api/v1/users", new { name = "child@example.com", role = "administrator" }, Token);
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (made.StatusCode, invited.StatusCode));

        var known = (await GetAsync(client, "/api/v1/tokens")).EnumerateArray().Single(token => token.GetProperty("name").GetString() == "robot");
        using var revoked = await client.DeleteAsync($"/api/v1/tokens/{known.GetProperty("id").GetGuid()}", Token);
        Assert.Equal(HttpStatusCode.NoContent, revoked.StatusCode);
        using var after = await robot.GetAsync("/api/v1/cases", Token);
        Assert.Equal(HttpStatusCode.Unauthorized, after.StatusCode);
    }

    [Fact]
    public async Task An_account_gets_sources_and_another_key_whose_secret_no_answer_holds()
    {
        await using var host = await StartAsync();
        using var client = await host.ApiClientAsync(AccessRole.Administrator);
        await PostAsync(client, "/api/v1/accounts", new { accountId = Some.Account, name = "Production", regions = new[] { "eu-west-1" } });
        var account = $"/api/v1/accounts/{Some.Account}";

        var with = await PostAsync(client, $"{account}/sources", new { kind = "bucket", bucket = "trail-of-ours", region = "eu-west-1" });
        var source = with.GetProperty("sources")[0].GetProperty("id").GetString()!;
        Assert.Equal("paused", (await PutAsync(client, $"{account}/sources/paused", new { source, isPaused = true })).GetProperty("sources")[0].GetProperty("state").GetString());
        var moved = await PutAsync(client, $"{account}/sources", new { source, with = new { kind = "bucket", bucket = "trail-of-ours", prefix = "org", region = "eu-west-1", historyDays = 7 } });
        Assert.Equal(("s3://trail-of-ours/org/AWSLogs/", "paused"), (moved.GetProperty("sources")[0].GetProperty("place").GetString(), moved.GetProperty("sources")[0].GetProperty("state").GetString()));

        var first = await PutAsync(client, $"{account}/access", new { accessKeyId = "AKIAIOSFODNN7EXAMPL1", secret = "first-of-secrets" });
        var second = await PutAsync(client, $"{account}/access", new { accessKeyId = "AKIAIOSFODNN7EXAMPL2", secret = "second-of-secrets" });
        Assert.DoesNotContain("of-secrets", first.GetRawText() + second.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(["AKIAIOSFODNN7EXAMPL2", "AKIAIOSFODNN7EXAMPL1"], await KeysAsync());
        await PutAsync(client, $"{account}/access", new { keptKeys = new[] { "AKIAIOSFODNN7EXAMPL2" } });
        Assert.Equal(["AKIAIOSFODNN7EXAMPL2"], await KeysAsync());

        using var removed = await client.DeleteAsync($"{account}/sources?source={Uri.EscapeDataString("s3:trail-of-ours/org")}", Token);
        Assert.Equal(0, (await removed.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("sources").GetArrayLength());
        using var wrong = await client.PostAsJsonAsync($"{account}/sources", new { kind = "bucket", bucket = "-", region = "nowhere" }, Token);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        await using var session = host.Store.QuerySession(BrowserHost.Tenant);
        Assert.Equal(
            ["account.connect", "source.add", "source.pause", "source.change", "account.access", "account.access", "account.access", "source.remove"],
            await session.Query<AuditEntry>().Where(entry => entry.Mouth == Mouth.Api).OrderBy(entry => entry.At).Select(entry => entry.Action).ToListAsync(Token));

        async Task<IEnumerable<string>> KeysAsync()
        {
            await using var documents = host.Store.QuerySession(BrowserHost.Tenant);
            return (await documents.LoadAsync<ConnectedAccount>(Some.Account, Token))!.Access.AccessKeys.Select(key => key.AccessKeyId);
        }
    }

    [Fact]
    public async Task Runs_over_history_are_started_watched_and_stopped_and_senders_get_their_keys()
    {
        await using var host = await StartAsync();
        using var client = await host.ApiClientAsync(AccessRole.Administrator);

        var backtest = (await PostAsync(client, "/api/v1/backtests", new { rules = new[] { new { accountId = (string?)null, service = "ec2", sensitivity = new { usdPerDay = 500, eagerness = "quiet" } } }, days = 7 })).GetProperty("id").GetString();
        Assert.Equal("waiting", (await GetAsync(client, $"/api/v1/backtests/{backtest}")).GetProperty("state").GetString());
        using (var again = await client.PostAsJsonAsync("/api/v1/backtests", new { rules = Array.Empty<object>() }, Token))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, again.StatusCode);
        }

        (await client.DeleteAsync($"/api/v1/backtests/{backtest}", Token)).Dispose();
        Assert.Equal("cancelled", (await GetAsync(client, $"/api/v1/backtests/{backtest}")).GetProperty("state").GetString());

        var run = (await PostAsync(client, "/api/v1/archive/runs", new { from = "2026-01-01T00:00:00Z", to = "2026-02-01T00:00:00Z" })).GetProperty("id").GetString();
        (await client.DeleteAsync($"/api/v1/archive/runs/{run}", Token)).Dispose();
        Assert.Equal("stopped", (await GetAsync(client, $"/api/v1/archive/runs/{run}")).GetProperty("state").GetString());

        var push = await PostAsync(client, "/api/v1/push-sources", new { name = "hook", kind = "token" });
        var rotated = await PostAsync(client, $"/api/v1/push-sources/{push.GetProperty("id").GetString()}/rotate", new { overlapHours = 1 });
        Assert.NotEqual(push.GetProperty("secret").GetString(), rotated.GetProperty("secret").GetString());
        Assert.StartsWith("dde_", (await PostAsync(client, "/api/v1/agents", new { name = "agent" })).GetProperty("secret").GetString(), StringComparison.Ordinal);
        Assert.Equal(2, (await GetAsync(client, "/api/v1/push-sources"))[0].GetProperty("keys").GetArrayLength());
        await PutAsync(client, "/api/v1/hunt-settings", new { keepTags = new[] { "keep" }, mostUsdPerScan = 2, mostUsdPerMonth = 9, skipsRegionsWithoutSpend = false, skipsServicesWithoutSpend = false, correctsLedger = true, asksForBill = false });
        Assert.Equal(9, (await GetAsync(client, "/api/v1/hunt-settings")).GetProperty("mostUsdPerMonth").GetInt32());
        await using var session = host.Store.QuerySession(BrowserHost.Tenant);
        Assert.Equal(
            ["backtest.ask", "backtest.stop", "archive.reprocess", "archive.stop", "push.create", "push.rotate", "agent.announce", "hunt.settings", "hunt.keep-tags"],
            await session.Query<AuditEntry>().Where(entry => entry.Mouth == Mouth.Api).OrderBy(entry => entry.At).Select(entry => entry.Action).ToListAsync(Token));
    }

    [Fact]
    public async Task A_stream_ends_when_its_token_is_revoked()
    {
        var clock = new MovedClock();
        await using var host = await BrowserHost.StartAsync(postgres, await redis.AddressAsync(), builder => builder.Services.AddSingleton<TimeProvider>(clock));
        var owner = await host.AddUserAsync("owner", AccessRole.Viewer);
        using var client = new HttpClient { BaseAddress = new Uri(host.Url), DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", await host.AddTokenAsync(owner, AccessRole.Viewer)) } };
        using var stream = await client.GetAsync("/api/v1/stream", HttpCompletionOption.ResponseHeadersRead, Token);
        using var reader = new StreamReader(await stream.Content.ReadAsStreamAsync(Token));
        Assert.Equal("event: beat", await reader.ReadLineAsync(Token));

        var tokens = host.Services.GetRequiredService<ApiTokens>();
        await tokens.RevokeAsync(owner, (await tokens.ListAsync(BrowserHost.Tenant, owner.Id, Token))[0].Id, Mouth.Page, Token);
        clock.Ahead = TimeSpan.FromMinutes(1); // it asks before what comes next is told
        await host.TellAsync(BrowserHost.Tenant, Some.Case(title: "told to nobody"));

        Assert.DoesNotContain("told to nobody", await reader.ReadToEndAsync(Token).WaitAsync(TimeSpan.FromSeconds(60), Token), StringComparison.Ordinal);
    }

    private async Task<BrowserHost> StartAsync() => await BrowserHost.StartAsync(postgres, await redis.AddressAsync());

    private static async Task<JsonElement> GetAsync(HttpClient client, string path) => await client.GetFromJsonAsync<JsonElement>(path, Token);

    private static async Task<JsonElement> PostAsync(HttpClient client, string path, object body)
    {
        using var answer = await client.PostAsJsonAsync(path, body, Token);
        return await ReadAsync(answer);
    }

    private static async Task<JsonElement> PutAsync(HttpClient client, string path, object body)
    {
        using var answer = await client.PutAsJsonAsync(path, body, Token);
        return await ReadAsync(answer);
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync(Token);
        Assert.True(answer.IsSuccessStatusCode, $"{answer.RequestMessage!.RequestUri}: {(int)answer.StatusCode} {text}");
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement.Clone();
    }
}
