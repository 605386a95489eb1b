using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Claims;
using System.Text;
using System.Text.Json;
using DdocCost.App.Access;
using DdocCost.App.Access.Tokens;
using DdocCost.Domain.Audit;
using DdocCost.Tests.Support;
using Marten;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace DdocCost.Tests.Access;

/// <summary>Passes of programs: API tokens, and short-lived signed ones with their refresh tokens.</summary>
public sealed class TokenTests(PostgresServer postgres, RedisServer redis)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_token_may_do_what_its_scope_says_and_never_more_than_its_owner()
    {
        await using var host = await StartAsync();
        var users = new Dictionary<AccessRole, AppUser>();
        foreach (var role in Enum.GetValues<AccessRole>())
        {
            users[role] = await host.AddUserAsync(role.ToString(), role);
        }

        var admin = users[AccessRole.Administrator];
        Assert.Equal("read", await AllowedAsync(host, await host.AddTokenAsync(admin, AccessRole.Viewer)));
        Assert.Equal("read triage", await AllowedAsync(host, await host.AddTokenAsync(admin, AccessRole.Responder)));
        Assert.Equal("read triage admin", await AllowedAsync(host, await host.AddTokenAsync(admin, AccessRole.Administrator)));
        Assert.NotNull((await CreateAsync(host, users[AccessRole.Viewer], AccessRole.Responder)).Problem);
        Assert.NotNull((await CreateAsync(host, users[AccessRole.Responder], AccessRole.Viewer, isService: true)).Problem);

        // Demoted afterwards.
        var token = await host.AddTokenAsync(users[AccessRole.Responder], AccessRole.Responder);
        await ChangeAsync(host, users[AccessRole.Responder], user => user.Role = AccessRole.Viewer);
        Assert.Equal("read", await AllowedAsync(host, token));
    }

    [Fact]
    public async Task A_token_ends_with_its_time_its_revocation_or_its_owner_and_a_service_token_outlives_its_maker()
    {
        await using var host = await StartAsync();
        var (owner, other) = (await host.AddUserAsync("owner", AccessRole.Administrator), await host.AddUserAsync("other", AccessRole.Responder));
        var tokens = host.Services.GetRequiredService<ApiTokens>();
        var (personal, service) = (await host.AddTokenAsync(owner, AccessRole.Viewer), (await CreateAsync(host, owner, AccessRole.Viewer, isService: true)).Secret!);
        var (expired, _) = await tokens.CreateAsync(owner, "soon over", AccessRole.Viewer, TimeSpan.FromTicks(1), null, isService: false, Mouth.Page, Cancelled);
        var revoked = await host.AddTokenAsync(owner, AccessRole.Viewer);
        var id = (await tokens.ListAsync(owner.TenantId, owner.Id, Cancelled)).Single(token => token.Hash == TokenSecret.HashOf(revoked)).Id;

        Assert.False(await tokens.RevokeAsync(other, id, Mouth.Page, Cancelled)); // somebody else's
        Assert.Equal("read", await AllowedAsync(host, revoked));
        Assert.True(await tokens.RevokeAsync(owner, id, Mouth.Page, Cancelled));
        await ChangeAsync(host, owner, user => user.DisabledAt = DateTimeOffset.UtcNow);

        Assert.Equal("", await AllowedAsync(host, expired!));
        Assert.Equal("", await AllowedAsync(host, revoked));
        Assert.Equal("", await AllowedAsync(host, personal));
        Assert.Equal("read", await AllowedAsync(host, service));
        Assert.Equal("", await AllowedAsync(host, service + "x"));
        Assert.Equal("", await AllowedAsync(host, "ddoc_"));
    }

    [Fact]
    public async Task A_token_is_kept_as_its_hash_with_its_last_use_and_its_making_is_logged()
    {
        await using var host = await StartAsync();
        var owner = await host.AddUserAsync("owner", AccessRole.Administrator);
        var secret = await host.AddTokenAsync(owner, AccessRole.Viewer);

        await AllowedAsync(host, secret);

        await using var session = host.Store.QuerySession(owner.TenantId);
        var kept = await session.Query<ApiToken>().SingleAsync(Cancelled);
        Assert.DoesNotContain(secret, JsonSerializer.Serialize(kept), StringComparison.Ordinal);
        Assert.NotNull(kept.UsedAt);
        Assert.Equal(("token.create", "owner"), await session.Query<AuditEntry>().Select(entry => new { entry.Action, entry.By }).SingleAsync(Cancelled) is var e ? (e.Action, e.By) : default);
    }

    [Fact]
    public async Task A_restriction_to_accounts_is_the_owners_and_the_tokens_together()
    {
        await using var host = await StartAsync();
        var owner = await host.AddUserAsync("owner", AccessRole.Viewer, accounts: ["111111111111", "222222222222"]);

        var bearer = await BearerAsync(host, await host.AddTokenAsync(owner, AccessRole.Viewer, ["222222222222", "333333333333"]));

        Assert.Equal(["222222222222"], Roles.SightOf(bearer!).Accounts);
        Assert.False(Roles.SightOf(bearer!).SeesAll);
    }

    [Fact]
    public async Task Name_and_password_give_a_short_token_and_a_refresh_token_that_is_good_once()
    {
        await using var host = await StartAsync();
        await host.AddUserAsync("somebody", AccessRole.Responder);
        using var client = Client(host);

        var first = await PairAsync(await client.PostAsJsonAsync("/api/v1/auth/token", new { name = "somebody", password = BrowserHost.Password, scope = "admin" }, Cancelled));
        Assert.Equal("triage", first.Scope); // a responder's
        Assert.Equal(600, first.ExpiresIn);
        Assert.Equal("read triage", await AllowedAsync(host, first.AccessToken));

        var second = await PairAsync(await client.PostAsJsonAsync("/api/v1/auth/refresh", new { first.RefreshToken }, Cancelled));
        Assert.Equal("read triage", await AllowedAsync(host, second.AccessToken));

        // Used twice: somebody has copied it, so what came of it ends as well.
        using var again = await client.PostAsJsonAsync("/api/v1/auth/refresh", new { first.RefreshToken }, Cancelled);
        using var heir = await client.PostAsJsonAsync("/api/v1/auth/refresh", new { second.RefreshToken }, Cancelled);
        Assert.Equal([HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized], [again.StatusCode, heir.StatusCode]);
        Assert.Equal("application/problem+json", again.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Wrong_passwords_at_the_API_lock_the_account_as_on_the_page()
    {
        await using var host = await StartAsync();
        await host.AddUserAsync("somebody", AccessRole.Viewer);
        using var client = Client(host);
        for (var i = 0; i < 10; i++)
        {
            using var wrong = await client.PostAsJsonAsync("/api/v1/auth/token", new { name = "somebody", password = "wrong horse battery" }, Cancelled);
            Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        }

        using var right = await client.PostAsJsonAsync("/api/v1/auth/token", new { name = "somebody", password = BrowserHost.Password }, Cancelled);
        using var nobody = await client.PostAsJsonAsync("/api/v1/auth/token", new { name = "nobody", password = BrowserHost.Password }, Cancelled);

        Assert.Equal([HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized], [right.StatusCode, nobody.StatusCode]);
        Assert.Equal(await right.Content.ReadAsStringAsync(Cancelled), await nobody.Content.ReadAsStringAsync(Cancelled)); // nothing to tell them apart
    }

    [Fact]
    public async Task Forged_unsigned_expired_and_foreign_tokens_are_refused()
    {
        await using var host = await StartAsync();
        var user = await host.AddUserAsync("somebody", AccessRole.Administrator);
        var good = await host.Services.GetRequiredService<SignedTokens>().IssueAsync(user, AccessRole.Viewer, Cancelled);
        Assert.Equal("read", await AllowedAsync(host, good));
        var parts = good.Split('.');
        var key = (await host.Services.GetRequiredService<SigningKeys>().ReadAsync(Cancelled))[0];
        var raised = Decode(parts[1]).Replace("\"read\"", "\"admin\"", StringComparison.Ordinal);

        Assert.Equal("", await AllowedAsync(host, $"{parts[0]}.{Encode(raised)}.{parts[2]}")); // other claims, old signature
        Assert.Equal("", await AllowedAsync(host, $"{Encode("""{"alg":"none","typ":"at+jwt"}""")}.{parts[1]}.")); // no algorithm
        Assert.Equal("", await AllowedAsync(host, $"{Encode("""{"alg":"none","typ":"at+jwt"}""")}.{parts[1]}.{parts[2]}"));
        Assert.Equal("", await AllowedAsync(host, $"{parts[0]}.{parts[1]}."));
        Assert.Equal("", await AllowedAsync(host, Sign(user, new SymmetricSecurityKey(new byte[32]) { KeyId = key.KeyId }))); // a key of one's own
        Assert.Equal("", await AllowedAsync(host, Sign(user, key, expires: DateTime.UtcNow.AddMinutes(-1))));
        Assert.Equal("", await AllowedAsync(host, Sign(user, key, type: "JWT"))); // signed by us, but no access token
        Assert.Equal("", await AllowedAsync(host, Sign(user, key, audience: "another")));
        Assert.Equal("read triage admin", await AllowedAsync(host, Sign(user, key))); // so each of the above was refused for its one fault
        Assert.Equal("", await AllowedAsync(host, new string('x', 5000)));

        await ChangeAsync(host, user, changed => changed.SecurityStamp = "later");
        Assert.Equal("", await AllowedAsync(host, good));
    }

    [Fact]
    public async Task Signing_keys_change_and_the_former_one_still_verifies()
    {
        await using var host = await StartAsync();
        var user = await host.AddUserAsync("somebody", AccessRole.Viewer);
        var keys = host.Services.GetRequiredService<SigningKeys>();
        var token = await host.Services.GetRequiredService<SignedTokens>().IssueAsync(user, AccessRole.Viewer, Cancelled);
        var first = (await keys.ReadAsync(Cancelled))[0].KeyId;
        await using (var session = host.Store.LightweightSession())
        {
            session.Store((await session.LoadAsync<SigningKey>(first, Cancelled))! with { CreatedAt = DateTimeOffset.UtcNow.AddDays(-31) });
            await session.SaveChangesAsync(Cancelled);
        }

        using var later = ActivatorUtilities.CreateInstance<SigningKeys>(host.Services); // another process, which remembers nothing
        var read = await later.ReadAsync(Cancelled);
        Assert.Equal(2, read.Count);
        Assert.Equal(first, read[0].KeyId); // the new one does not sign before every process has read it
        Assert.Equal("read", await AllowedAsync(host, token));

        // The new key has been known for long: it signs, and the former is gone.
        await using (var session = host.Store.LightweightSession())
        {
            session.Store((await session.LoadAsync<SigningKey>(read[1].KeyId, Cancelled))! with { CreatedAt = DateTimeOffset.UtcNow.AddHours(-1) });
            await session.SaveChangesAsync(Cancelled);
        }

        using var latest = ActivatorUtilities.CreateInstance<SigningKeys>(host.Services);
        Assert.Equal([read[1].KeyId], (await latest.ReadAsync(Cancelled)).Select(key => key.KeyId));
    }

    [Fact]
    public async Task A_hub_takes_a_token_and_says_what_is_missing_without_one()
    {
        await using var host = await StartAsync();
        using var client = await host.ApiClientAsync(AccessRole.Viewer);
        using var stranger = Client(host);
        stranger.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "ddoc_guessed");

        using var answer = await client.PostAsync("/hubs/live/negotiate?negotiateVersion=1", null, Cancelled);
        using var refused = await stranger.PostAsync("/hubs/live/negotiate?negotiateVersion=1", null, Cancelled);

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Unauthorized], [answer.StatusCode, refused.StatusCode]);
        Assert.Contains("invalid_token", refused.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    private static Task<(string? Secret, string? Problem)> CreateAsync(BrowserHost host, AppUser maker, AccessRole scope, bool isService = false) =>
        host.Services.GetRequiredService<ApiTokens>().CreateAsync(maker, "a program", scope, TimeSpan.FromDays(1), null, isService, Mouth.Page, Cancelled);

    private static async Task ChangeAsync(BrowserHost host, AppUser user, Action<AppUser> change)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
        var found = (await users.FindByIdAsync(user.Id.ToString()))!;
        change(found);
        Assert.True((await users.UpdateAsync(found)).Succeeded);
    }

    private static async Task<ClaimsPrincipal?> BearerAsync(BrowserHost host, string token)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var http = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        http.Request.Headers.Authorization = $"Bearer {token}";
        return (await http.AuthenticateAsync(BearerHandler.Scheme)).Principal;
    }

    /// <summary>The scopes whose policies let the bearer pass.</summary>
    private static async Task<string> AllowedAsync(BrowserHost host, string token)
    {
        if (await BearerAsync(host, token) is not { } bearer)
        {
            return "";
        }

        var authorization = host.Services.GetRequiredService<IAuthorizationService>();
        var allowed = new List<string>();
        foreach (var policy in new[] { Roles.ApiReadPolicy, Roles.ApiTriagePolicy, Roles.ApiAdminPolicy })
        {
            if ((await authorization.AuthorizeAsync(bearer, policy)).Succeeded)
            {
                allowed.Add(policy["api:".Length..]);
            }
        }

        return string.Join(' ', allowed);
    }

    private static string Sign(
        AppUser user, SecurityKey key, DateTime? expires = null, string type = "at+jwt", string audience = "ddoc-cost-api") =>
        new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = "ddoc-cost", Audience = audience, TokenType = type, IssuedAt = DateTime.UtcNow.AddHours(-1), NotBefore = DateTime.UtcNow.AddHours(-1),
            Expires = expires ?? DateTime.UtcNow.AddMinutes(5),
            Claims = new Dictionary<string, object> { ["sub"] = user.Id.ToString(), ["scope"] = "admin", ["stamp"] = user.SecurityStamp },
            SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.HmacSha256),
        });

    private static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));

    private static string Decode(string part) => Encoding.UTF8.GetString(Base64Url.DecodeFromChars(part));

    private static async Task<TokenPair> PairAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            return (await answer.Content.ReadFromJsonAsync<TokenPair>(Cancelled))!;
        }
    }

    private static HttpClient Client(BrowserHost host) => new() { BaseAddress = new Uri(host.Url) };

    private async Task<BrowserHost> StartAsync() => await BrowserHost.StartAsync(postgres, await redis.AddressAsync());
}
