using System.Net;
using System.Net.Http.Json;
using System.Security.Claims;
using DdocCost.App.Access;
using DdocCost.App.Access.People;
using DdocCost.Domain.Audit;
using DdocCost.Tests.Support;
using Marten;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DdocCost.Tests.Access;

/// <summary>Sessions, second factors, one-time links and their limits, over HTTP.</summary>
public sealed class SignInTests(PostgresServer postgres, RedisServer redis)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_ended_session_is_over_with_the_next_request_and_the_others_go_on()
    {
        await using var host = await StartAsync();
        var user = await host.AddUserAsync("somebody", AccessRole.Viewer);
        using var here = await WebUser.SignedInAsync(host, "somebody");
        using var there = await WebUser.SignedInAsync(host, "somebody");
        var sessions = await host.Services.GetRequiredService<DdocCost.App.Access.Sessions.SessionStore>().ListAsync(user.Id, Cancelled);
        Assert.Equal(2, sessions.Count);
        Assert.All(sessions, kept => Assert.Equal("127.0.0.1", kept.Address));

        await InScopeAsync<ProfileDesk>(host, desk => desk.EndSessionsAsync(Principal(user), sessions[0].Id, Cancelled));

        var answers = new[] { await here.GetAsync("/exposure/export?format=csv"), await there.GetAsync("/exposure/export?format=csv") };
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Unauthorized], answers.Order());
        await using var session = host.Store.QuerySession(user.TenantId);
        Assert.Equal("user.session-end", (await session.Query<AuditEntry>().SingleAsync(Cancelled)).Action);
    }

    [Fact]
    public async Task The_cookie_holds_a_key_that_the_database_does_not_know()
    {
        await using var host = await StartAsync();
        await host.AddUserAsync("somebody", AccessRole.Viewer);
        using var user = await WebUser.SignedInAsync(host, "somebody");
        await using var session = host.Store.QuerySession();
        var kept = await session.Query<BrowserSession>().SingleAsync(Cancelled);

        var cookie = Assert.Single(user.Cookies.GetCookies(new Uri(host.Url)), cookie => cookie.Name == "ddoc.session");

        Assert.DoesNotContain(kept.Id, cookie.Value, StringComparison.Ordinal);
        Assert.DoesNotContain("somebody", kept.Ticket, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changed_rights_and_disabling_end_sessions_at_once_and_are_logged()
    {
        await using var host = await StartAsync();
        var (admin, user) = (await host.AddUserAsync("admin", AccessRole.Administrator), await host.AddUserAsync("somebody", AccessRole.Responder));
        using var browser = await WebUser.SignedInAsync(host, "somebody");

        Assert.Null(await InScopeAsync<PeopleDesk, string?>(host, desk => desk.SetRightsAsync(Principal(admin), user.Id, AccessRole.Viewer, ["111122223333"], Cancelled)));
        Assert.Equal(HttpStatusCode.Unauthorized, await browser.GetAsync("/exposure/export?format=csv"));
        Assert.Equal(HttpStatusCode.Redirect, await browser.SignInAsync("somebody"));
        Assert.Null(await InScopeAsync<PeopleDesk, string?>(host, desk => desk.SetDisabledAsync(Principal(admin), user.Id, disabled: true, Cancelled)));
        Assert.Equal(HttpStatusCode.Unauthorized, await browser.GetAsync("/exposure/export?format=csv"));
        Assert.Equal(HttpStatusCode.Unauthorized, await browser.SignInAsync("somebody"));

        await using var session = host.Store.QuerySession(user.TenantId);
        Assert.Equal(
            ["somebody: responder, all accounts → viewer, 111122223333", "somebody"],
            await session.Query<AuditEntry>().OrderBy(entry => entry.At).Select(entry => entry.Detail).ToListAsync(Cancelled));
    }

    [Fact]
    public async Task Only_administrators_of_the_tenant_change_people_and_its_last_one_stays()
    {
        await using var host = await StartAsync();
        var (admin, viewer) = (await host.AddUserAsync("admin", AccessRole.Administrator), await host.AddUserAsync("viewer", AccessRole.Viewer));
        var stranger = await host.AddUserAsync("stranger", AccessRole.Administrator, "another");

        Task<string?> Set(AppUser by, AppUser whom, AccessRole role, string[]? accounts = null) =>
            InScopeAsync<PeopleDesk, string?>(host, desk => desk.SetRightsAsync(Principal(by), whom.Id, role, accounts, Cancelled));
        Assert.Contains("Only administrators", await Set(viewer, viewer, AccessRole.Administrator), StringComparison.Ordinal);
        Assert.Contains("no such person", await Set(stranger, viewer, AccessRole.Administrator), StringComparison.Ordinal);
        Assert.Contains("last administrator", await Set(admin, admin, AccessRole.Viewer), StringComparison.Ordinal);
        Assert.Contains("12 digits", await Set(admin, viewer, AccessRole.Viewer, ["1234"]), StringComparison.Ordinal);
        Assert.Contains("see all accounts", await Set(admin, viewer, AccessRole.Administrator, ["111122223333"]), StringComparison.Ordinal);

        // Two who take the role from each other at the same moment: one of them is refused.
        Assert.Null(await Set(admin, viewer, AccessRole.Administrator));
        var both = await Task.WhenAll(Set(admin, viewer, AccessRole.Viewer), Set(viewer, admin, AccessRole.Viewer));
        Assert.Single(both, problem => problem is null);
    }

    [Fact]
    public async Task A_one_time_link_sets_a_password_once_and_a_newer_one_or_time_ends_it()
    {
        await using var host = await StartAsync();
        var admin = await host.AddUserAsync("admin", AccessRole.Administrator);
        var (invited, _) = await InScopeAsync<PeopleDesk, (AppUser? Invited, string? Problem)>(host, desk => desk.InviteAsync(Principal(admin), "José Núñez", AccessRole.Viewer, null, Cancelled));
        Task<string> Link() => InScopeAsync<PeopleDesk, string>(host, async desk => (await desk.LinkAsync(Principal(admin), invited!.Id, Cancelled)).Path!);
        using var browser = new WebUser(host);
        async Task<HttpStatusCode> Choose(string link, string password)
        {
            using var answer = await browser.PostAsync(link, ("Form.Password", password), ("Form.Repeated", password));
            return answer.StatusCode;
        }

        var older = await Link();
        var link = await Link();
        Assert.Equal(HttpStatusCode.BadRequest, await Choose(older, "a password of mine"));
        Assert.Equal(HttpStatusCode.BadRequest, await Choose(link.Replace("code=", "code=x", StringComparison.Ordinal), "a password of mine"));
        Assert.Equal(HttpStatusCode.BadRequest, await Choose(link, "short"));
        Assert.Equal(HttpStatusCode.BadRequest, await Choose($"/welcome/{Guid.NewGuid()}{link[link.IndexOf('?', StringComparison.Ordinal)..]}", "a password of mine"));
        Assert.Equal(HttpStatusCode.Redirect, await Choose(link, "a password of mine"));
        Assert.Equal(HttpStatusCode.BadRequest, await Choose(link, "another password"));
        Assert.Equal(HttpStatusCode.Redirect, await browser.SignInAsync("josé núñez", "a password of mine"));

        host.Services.GetRequiredService<IOptions<DataProtectionTokenProviderOptions>>().Value.TokenLifespan = TimeSpan.Zero;
        using var late = new WebUser(host);
        using var over = await late.PostAsync(await Link(), ("Form.Password", "too late for this"), ("Form.Repeated", "too late for this"));
        Assert.Contains("This link is over", await over.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_factor_is_asked_for_and_each_code_is_good_once()
    {
        await using var host = await StartAsync();
        var user = await host.AddUserAsync("somebody", AccessRole.Viewer);
        var key = await InScopeAsync<ProfileDesk, string>(host, desk => Task.FromResult(desk.NewKey()));
        var now = DateTimeOffset.UtcNow;
        var wrong = await InScopeAsync<ProfileDesk, string?>(host, async desk => (await desk.TurnOnAsync(Principal(user), key, "000000", Cancelled)).Problem);
        var codes = await InScopeAsync<ProfileDesk, IReadOnlyList<string>>(host, async desk => (await desk.TurnOnAsync(Principal(user), key, AuthenticatorApp.Code(key, now), Cancelled)).Codes);
        Assert.NotNull(wrong);
        Assert.Equal(10, codes.Count);
        var stored = await StoredAsync(host, user);
        Assert.DoesNotContain(codes[0], string.Join(' ', stored.RecoveryCodeHashes), StringComparison.Ordinal);
        Assert.DoesNotContain(key, stored.SealedAuthenticatorKey!, StringComparison.Ordinal);

        async Task<HttpStatusCode> SignInWith(string code)
        {
            using var browser = new WebUser(host);
            using var first = await browser.PostAsync("/sign-in?returnUrl=/zombies", ("Form.Name", "somebody"), ("Form.Password", BrowserHost.Password));
            Assert.StartsWith("/sign-in/code", first.Headers.Location!.IsAbsoluteUri ? first.Headers.Location.PathAndQuery : first.Headers.Location.ToString(), StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.Unauthorized, await browser.GetAsync("/exposure/export?format=csv")); // the password alone opens nothing
            using var second = await browser.PostAsync("/sign-in/code?returnUrl=//evil.example/", ("Form.Code", code));
            Assert.DoesNotContain("evil", second.Headers.Location?.ToString() ?? "", StringComparison.Ordinal);
            return second.StatusCode;
        }

        Assert.Equal(HttpStatusCode.Unauthorized, await SignInWith(AuthenticatorApp.Code(key, now))); // used to turn it on
        Assert.Equal(HttpStatusCode.Redirect, await SignInWith(AuthenticatorApp.Code(key, now.AddSeconds(30))));
        Assert.Equal(HttpStatusCode.Unauthorized, await SignInWith(AuthenticatorApp.Code(key, now.AddSeconds(30))));
        Assert.Equal(HttpStatusCode.Redirect, await SignInWith(codes[3].ToLowerInvariant()));
        Assert.Equal(HttpStatusCode.Unauthorized, await SignInWith(codes[3]));
        Assert.Equal(9, (await StoredAsync(host, user)).RecoveryCodeHashes.Count);

        // The API asks for it too.
        using var program = new WebUser(host);
        using var without = await program.Client.PostAsJsonAsync("/api/v1/auth/token", new { name = "somebody", password = BrowserHost.Password }, Cancelled);
        using var with = await program.Client.PostAsJsonAsync("/api/v1/auth/token", new { name = "somebody", password = BrowserHost.Password, code = codes[4] }, Cancelled);
        Assert.Equal([HttpStatusCode.Unauthorized, HttpStatusCode.OK], [without.StatusCode, with.StatusCode]);
    }

    [Fact]
    public async Task Limits_go_by_the_forwarded_address_only_where_the_proxy_is_trusted()
    {
        await using var trusting = await StartAsync("--Access:AttemptsPerMinute=2");
        await using var wary = await StartAsync("--Access:AttemptsPerMinute=2", "--Access:TrustedProxies:0=10.0.0.0/8");
        async Task<List<int>> AttemptsAsync(BrowserHost host, params string[] from)
        {
            var answers = new List<int>();
            foreach (var address in from)
            {
                using var browser = new WebUser(host, address);
                answers.Add((int)await browser.SignInAsync("nobody", "wrong horse battery"));
            }

            return answers;
        }

        foreach (var host in new[] { trusting, wary })
        {
            await host.AddUserAsync("somebody", AccessRole.Viewer);
        }

        // This machine is a proxy unless others are named: each client has a limit of its own.
        Assert.Equal([401, 401, 429, 401], await AttemptsAsync(trusting, "203.0.113.1", "203.0.113.1", "203.0.113.1", "203.0.113.2"));
        // Whoever is no proxy cannot escape the limit by naming other addresses, nor lock others out.
        Assert.Equal([401, 401, 429], await AttemptsAsync(wary, "203.0.113.1", "203.0.113.2", "203.0.113.3"));
    }

    [Theory]
    [InlineData("/sign-in/code", "code")]
    [InlineData("/welcome/0193e1f7-0000-7000-8000-000000000000?code=x", "welcome")]
    [InlineData("/setup", "setup")]
    public async Task A_form_of_another_site_is_refused(string address, string handler)
    {
        await using var host = await StartAsync();
        using var browser = new WebUser(host);

        using var answer = await browser.Client.PostAsync(address, new FormUrlEncodedContent([new("_handler", handler), new("Form.Code", "123456")]), Cancelled);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("https://evil.example")]
    [InlineData("/\\evil.example")]
    public async Task No_way_in_leads_to_another_site(string elsewhere)
    {
        await using var host = await StartAsync();
        using var browser = new WebUser(host);

        using var answer = await browser.Client.GetAsync($"/sign-in/with/local?returnUrl={Uri.EscapeDataString(elsewhere)}", Cancelled);
        using var unknown = await browser.Client.GetAsync("/sign-in/with/other", Cancelled);

        Assert.Equal("/sign-in?returnUrl=%2F", answer.Headers.Location!.ToString());
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task A_form_with_a_NUL_in_it_is_refused()
    {
        await using var host = await StartAsync();
        await host.AddUserAsync("owner", AccessRole.Administrator);
        using var browser = new WebUser(host);

        Assert.Equal(HttpStatusCode.BadRequest, await browser.SignInAsync("some\0body"));
        Assert.Equal(HttpStatusCode.Unauthorized, await browser.SignInAsync("somebody"));
    }

    [Fact]
    public async Task Headers_and_forms_beyond_their_bounds_are_refused()
    {
        await using var host = await StartAsync();
        using var browser = new WebUser(host);
        using var long1 = new HttpRequestMessage(HttpMethod.Get, "/sign-in");
        long1.Headers.Add("X-Long", new string('x', 40_000));
        using var tooLong = await browser.Client.SendAsync(long1, Cancelled);
        using var big = await browser.Client.PostAsync("/api/v1/auth/token", new StringContent($"{{\"name\":\"{new string('x', 100_000)}\"}}", System.Text.Encoding.UTF8, "application/json"), Cancelled);

        Assert.Equal(HttpStatusCode.RequestHeaderFieldsTooLarge, tooLong.StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, big.StatusCode);
    }

    [Fact]
    public async Task A_user_that_an_earlier_version_stored_is_read_and_signs_in()
    {
        await using var host = await StartAsync();
        await using var scope = host.Services.CreateAsyncScope();
        var hash = scope.ServiceProvider.GetRequiredService<IPasswordHasher<AppUser>>().HashPassword(new AppUser(), BrowserHost.Password);
        var id = Guid.NewGuid();
        await using (var database = new Npgsql.NpgsqlConnection(host.ConnectionString))
        {
            await database.OpenAsync(Cancelled);
            await using var insert = new Npgsql.NpgsqlCommand("insert into mt_doc_appuser (id, data, mt_version) values ($1, $2::jsonb, $3)", database)
            {
                Parameters =
                {
                    new() { Value = id },
                    new()
                    {
                        Value = $$"""
                        {"id":"{{id}}","name":"owner","normalizedName":"OWNER","tenantId":"default","role":"Administrator","passwordHash":"{{hash}}",
                         "securityStamp":"abc","accessFailedCount":0,"createdAt":"2026-01-01T00:00:00+00:00","version":"00000000-0000-0000-0000-000000000000"}
                        """,
                    },
                    new() { Value = Guid.NewGuid() },
                },
            };
            await insert.ExecuteNonQueryAsync(Cancelled);
        }

        using var browser = await WebUser.SignedInAsync(host, "owner");

        Assert.Equal(HttpStatusCode.OK, await browser.GetAsync("/users"));
    }

    private static ClaimsPrincipal Principal(AppUser user) => new(new ClaimsIdentity(
        [new(ClaimTypes.NameIdentifier, user.Id.ToString()), new(ClaimTypes.Name, user.Name), .. Roles.ClaimsOf(user.TenantId, user.Role, user.Accounts, BrowserHost.Tenant)], "test"));

    private static async Task<AppUser> StoredAsync(BrowserHost host, AppUser user)
    {
        await using var session = host.Store.QuerySession();
        return (await session.LoadAsync<AppUser>(user.Id, Cancelled))!;
    }

    private static async Task<TResult> InScopeAsync<T, TResult>(BrowserHost host, Func<T, Task<TResult>> act)
        where T : notnull
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<T>());
    }

    private static async Task InScopeAsync<T>(BrowserHost host, Func<T, Task> act)
        where T : notnull
    {
        await using var scope = host.Services.CreateAsyncScope();
        await act(scope.ServiceProvider.GetRequiredService<T>());
    }

    private async Task<BrowserHost> StartAsync(params string[] settings) => await BrowserHost.StartAsync(postgres, await redis.AddressAsync(), settings);
}
