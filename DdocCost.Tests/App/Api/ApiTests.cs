using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using DdocCost.Domain.Access;
using DdocCost.Domain.Audit;
using DdocCost.Domain.Scoring;
using DdocCost.Tests.Support;
using Marten;

namespace DdocCost.Tests.App.Api;

/// <summary>The API as a program sees it: over HTTP, against the whole application.</summary>
public sealed class ApiTests(PostgresServer postgres, RedisServer redis)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cases_are_listed_in_slices_that_neither_repeat_nor_leave_out_while_new_ones_arrive()
    {
        await using var host = await StartAsync();
        using var client = await host.ApiClientAsync(AccessRole.Viewer);
        // Several at one moment: time alone would not tell where to go on.
        await host.StoreAsync(BrowserHost.Tenant, [.. Enumerable.Range(1, 7).Select(n => Some.Case($"case-{n}", at: Some.Now.AddMinutes(-(n / 3))))]);
        await host.StoreAsync("another", Some.Case("secret"));

        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var slice = await GetAsync(client, $"/api/v1/cases?limit=2&cursor={cursor}");
            seen.AddRange(slice.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!));
            cursor = slice.GetProperty("next").GetString();
            await host.StoreAsync(BrowserHost.Tenant, Some.Case($"new-{seen.Count}", at: Some.Now.AddMinutes(1)));
        }
        while (cursor is not null);

        Assert.Equal(["case-1", "case-2", "case-3", "case-4", "case-5", "case-6", "case-7"], seen.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_case_tells_what_runs_and_how_to_end_it_and_takes_decisions_that_are_audited()
    {
        await using var host = await StartAsync();
        using var client = await host.ApiClientAsync(AccessRole.Responder);
        await host.StoreAsync(BrowserHost.Tenant, Some.Case(running: "i-0123456789abcdef0"), Some.Running());

        var detail = await GetAsync(client, "/api/v1/cases/case-1");
        Assert.Equal("critical", detail.GetProperty("case").GetProperty("severity").GetString());
        Assert.Contains("i-0123456789abcdef0", detail.GetProperty("undo")[0].GetProperty("command").GetString(), StringComparison.Ordinal);

        var answers = await PostAsync(client, "/api/v1/cases/case-1/decisions", new { kind = "acknowledge" });
        Assert.StartsWith("Responder-", answers.GetProperty("acknowledged").GetProperty("by").GetString(), StringComparison.Ordinal);
        using var administrator = await host.ApiClientAsync(AccessRole.Administrator);
        var audit = await GetAsync(administrator, "/api/v1/audit?subject=case/case-1");
        Assert.Equal(("case.acknowledge", "api"), (audit.GetProperty("items")[0].GetProperty("action").GetString(), audit.GetProperty("items")[0].GetProperty("mouth").GetString()));
    }

    [Fact]
    public async Task Every_error_is_problem_details_that_say_what_is_wrong()
    {
        await using var host = await StartAsync();
        using var client = await host.ApiClientAsync(AccessRole.Responder);
        await host.StoreAsync(BrowserHost.Tenant, Some.Case());
        (string Method, string Path, string? Body, int Status, string Word)[] wrong =
        [
            ("GET", "/api/v1/cases?severity=loud", null, 400, "severity"),
            ("GET", "/api/v1/cases?cursor=nonsense", null, 400, "cursor"),
            ("GET", "/api/v1/cases?limit=many", null, 400, "cannot be read"),
            ("GET", "/api/v1/cases/none", null, 404, "no such case"),
            ("GET", "/api/v1/nothing", null, 404, "nothing at this address"),
            ("PUT", "/api/v1/cases", "{}", 405, "other methods"),
            ("PUT", "/api/v1/zombies/rule/hash/keep", "{}", 400, "missing"),
            ("POST", "/api/v1/cases/case-1/decisions", "{\"kind\":\"explode\"}", 400, "kind"),
            ("POST", "/api/v1/cases/case-1/decisions", "{\"kind\":\"snooze\"}", 400, "until"),
            ("POST", "/api/v1/cases/case-1/decisions", "{\"kind\":\"snooze\",\"until\":\"2001-01-01T00:00:00Z\"}", 422, "future"),
            ("POST", "/api/v1/cases/case-1/decisions", "{\"kind\":\"note\",\"texd\":\"a\"}", 400, "not known"),
            ("POST", "/api/v1/cases/case-1/decisions", "not json", 400, "cannot be read"),
            ("PUT", "/api/v1/panic", "{\"reason\":\"because\"}", 403, "\"status\":403"),
        ];

        foreach (var (method, path, body, status, word) in wrong)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path)
            {
                Content = body is null ? null : new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")),
            };
            using var answer = await client.SendAsync(request, Token);
            var text = await answer.Content.ReadAsStringAsync(Token);
            Assert.True(status == (int)answer.StatusCode, $"{method} {path} {body}: {(int)answer.StatusCode} {text}");
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
            Assert.Contains(word, text, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task Nobody_gets_in_without_signing_in_and_is_told_so_as_a_program_understands_it()
    {
        await using var host = await StartAsync();
        using var nobody = new HttpClient { BaseAddress = new Uri(host.Url) };

        foreach (var path in (string[])["/api/v1/cases", "/api/v1/stream", "/api/v1/openapi.json"])
        {
            using var answer = await nobody.GetAsync(path, Token);
            Assert.Equal((HttpStatusCode.Unauthorized, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        }
    }

    [Fact]
    public async Task What_a_client_has_already_is_not_sent_again()
    {
        await using var host = await StartAsync();
        using var client = await host.ApiClientAsync(AccessRole.Viewer);
        await host.StoreAsync(BrowserHost.Tenant, Some.Case());
        using var first = await client.GetAsync("/api/v1/cases/case-1", Token);

        // What a case costs grows by the second; its list does not.
        using var list = await client.GetAsync("/api/v1/cases", Token);
        using var again = new HttpRequestMessage(HttpMethod.Get, "/api/v1/cases");
        again.Headers.IfNoneMatch.Add(list.Headers.ETag!);
        using var second = await client.SendAsync(again, Token);
        await host.StoreAsync(BrowserHost.Tenant, Some.Case("case-2"));
        using var changed = new HttpRequestMessage(HttpMethod.Get, "/api/v1/cases");
        changed.Headers.IfNoneMatch.Add(list.Headers.ETag!);
        using var third = await client.SendAsync(changed, Token);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotModified, HttpStatusCode.OK), (first.StatusCode, second.StatusCode, third.StatusCode));
        Assert.Empty(await second.Content.ReadAsByteArrayAsync(Token));
    }

    [Fact]
    public async Task A_change_sent_again_under_its_key_is_done_once_and_answered_alike()
    {
        await using var host = await StartAsync();
        using var client = await host.ApiClientAsync(AccessRole.Responder);
        await host.StoreAsync(BrowserHost.Tenant, Some.Case());

        var answers = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            using var answer = await SendAsync("{\"kind\":\"note\",\"text\":\"looking\"}", "key-1");
            answers.Add(await answer.Content.ReadAsStringAsync(Token));
            Assert.True(answer.IsSuccessStatusCode, answers[^1]);
        }

        using var other = await SendAsync("{\"kind\":\"note\",\"text\":\"else\"}", "key-1");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
        Assert.Single(answers.Distinct());
        Assert.Equal(1, (await GetAsync(client, "/api/v1/cases/case-1")).GetProperty("answers").GetProperty("notes").GetArrayLength());
        await using var session = host.Store.QuerySession(BrowserHost.Tenant);
        Assert.Equal(1, await session.Query<AuditEntry>().CountAsync(entry => entry.Subject == "case/case-1", Token));

        async Task<HttpResponseMessage> SendAsync(string body, string key)
        {
            var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/cases/case-1/decisions") { Content = new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")) };
            request.Headers.Add("Idempotency-Key", key);
            return await client.SendAsync(request, Token);
        }
    }

    [Fact]
    public async Task Another_tenants_things_are_not_there()
    {
        await using var host = await StartAsync();
        using var client = await host.ApiClientAsync(AccessRole.Administrator, "another");
        var e = Some.Event(usdPerHour: 1);
        await host.StoreAsync(BrowserHost.Tenant, Some.Case(), Some.Running(), e, AuditEntry.Of(Some.Now, "bob", Mouth.Page, "case.wrong", "case/case-1"));

        foreach (var path in (string[])["/api/v1/cases", "/api/v1/cost-events", "/api/v1/resources", "/api/v1/audit?subject=case/case-1", "/api/v1/zombies", "/api/v1/baselines", "/api/v1/quarantine", "/api/v1/scans"])
        {
            Assert.Equal(0, (await GetAsync(client, path)).GetProperty("items").GetArrayLength());
        }

        foreach (var path in (string[])["/api/v1/cases/case-1", $"/api/v1/cost-events/{e.Id}", $"/api/v1/cost-events/{e.Id}/record"])
        {
            using var answer = await client.GetAsync(path, Token);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }

        using var decided = await client.PostAsJsonAsync("/api/v1/cases/case-1/decisions", new { kind = "wrong" }, Token);
        Assert.Equal(HttpStatusCode.NotFound, decided.StatusCode);
    }

    [Fact]
    public async Task Everything_that_is_listed_answers()
    {
        await using var host = await StartAsync();
        using var client = await host.ApiClientAsync(AccessRole.Administrator);
        await host.StoreAsync(BrowserHost.Tenant, Some.Case(), Some.Running(), Some.Event(usdPerHour: 1));
        var document = await GetAsync(client, "/api/v1/openapi.json");
        var reads = document.GetProperty("paths").EnumerateObject()
            .Where(path => path.Value.TryGetProperty("get", out _) && !path.Name.Contains('{', StringComparison.Ordinal) && path.Name != "/api/v1/stream").Select(path => path.Name).ToList();

        Assert.True(reads.Count >= 20, string.Join(' ', reads));
        foreach (var path in reads)
        {
            using var answer = await client.GetAsync(path == "/api/v1/search" ? $"{path}?q=alice" : path, Token);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync(Token)}");
        }
    }

    [Fact]
    public async Task Who_listens_hears_of_a_case_as_it_is_stored()
    {
        await using var host = await StartAsync();
        using var client = await host.ApiClientAsync(AccessRole.Viewer);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/stream");
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(Token));
        Assert.Equal("event: beat", await reader.ReadLineAsync(Token)); // from here on it is subscribed

        await host.TellAsync("another", Some.Case("secret"));
        await host.TellAsync(BrowserHost.Tenant, Some.Case("heard"));

        string? line;
        do
        {
            line = await reader.ReadLineAsync(Token).AsTask().WaitAsync(TimeSpan.FromSeconds(30), Token);
            Assert.DoesNotContain("secret", line, StringComparison.Ordinal);
        }
        while (line?.Contains("\"heard\"", StringComparison.Ordinal) != true);
    }

    private async Task<BrowserHost> StartAsync() => await BrowserHost.StartAsync(postgres, await redis.AddressAsync());

    private static async Task<JsonElement> GetAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path, Token);
        return await ReadAsync(answer, path);
    }

    private static async Task<JsonElement> PostAsync(HttpClient client, string path, object body)
    {
        using var answer = await client.PostAsJsonAsync(path, body, Token);
        return await ReadAsync(answer, path);
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer, string path)
    {
        var text = await answer.Content.ReadAsStringAsync(Token);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {text}");
        return JsonElement.Parse(text);
    }
}
