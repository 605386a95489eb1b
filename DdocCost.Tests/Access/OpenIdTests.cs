using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using DdocCost.App.Access.OpenId;
using DdocCost.Domain.Audit;
using DdocCost.Tests.Support;
using Marten;
using Microsoft.Extensions.Options;

namespace DdocCost.Tests.Access;

/// <summary>Sign-in at a real OpenID provider: authorisation code with PKCE, over HTTP.</summary>
public sealed partial class OpenIdTests(PostgresServer postgres, RedisServer redis)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_person_of_a_group_signs_in_with_its_role_is_known_again_and_follows_their_groups()
    {
        await using var rig = await Rig.StartAsync(postgres, await redis.AddressAsync());
        await rig.Host.AddUserAsync("alice@example.com", AccessRole.Administrator); // a local account of the same name stays its owner's
        await rig.GroupsAsync("alice", "staff,responders");

        using var browser = new WebUser(rig.Host);
        Assert.Equal("/zombies", await rig.SignInAsync(browser, "alice", "/zombies"));
        Assert.Equal(HttpStatusCode.OK, await browser.GetAsync("/zombies"));
        Assert.Equal(HttpStatusCode.Forbidden, await browser.GetAsync("/users"));
        var first = await rig.PersonAsync();
        Assert.Equal(("alice@example.com (Company login)", AccessRole.Responder, $"{rig.Authority} alice"), (first.Name, first.Role, first.ExternalId));

        // Promoted there: the next sign-in knows, and what was signed in before ends.
        await rig.GroupsAsync("alice", "admins");
        using var later = new WebUser(rig.Host);
        Assert.Equal("/", await rig.SignInAsync(later, "alice", "//evil.example"));
        Assert.Equal(HttpStatusCode.OK, await later.GetAsync("/users"));
        Assert.Equal(first.Id, (await rig.PersonAsync()).Id);

        // Out of all groups, or shut out here: no way in.
        await rig.GroupsAsync("alice", "staff");
        using var refused = new WebUser(rig.Host);
        Assert.Equal("/sign-in?refused=group", await rig.SignInAsync(refused, "alice", "/"));
        await rig.GroupsAsync("alice", "admins");
        await rig.ChangeAsync(first.Id, person => person.DisabledAt = DateTimeOffset.UtcNow);
        Assert.Equal("/sign-in?refused=disabled", await rig.SignInAsync(refused, "alice", "/"));

        await using var session = rig.Host.Store.QuerySession(BrowserHost.Tenant);
        Assert.Equal(["user.join", "user.rights"], await session.Query<AuditEntry>().OrderBy(entry => entry.At).Select(entry => entry.Action).ToListAsync(Cancelled));
    }

    [Fact]
    public async Task An_answer_that_was_not_asked_for_signs_nobody_in()
    {
        await using var rig = await Rig.StartAsync(postgres, await redis.AddressAsync());
        await rig.GroupsAsync("mallory", "admins");
        using var mallory = new WebUser(rig.Host);
        var answer = await rig.AnswerAsync(mallory, "mallory", "/");

        // Another browser is led to the address that was meant for Mallory's.
        using var victim = new WebUser(rig.Host);
        using var taken = await victim.Client.GetAsync(answer, Cancelled);

        Assert.Equal("/sign-in?refused=provider", taken.Headers.Location!.ToString());
        Assert.Equal(HttpStatusCode.Unauthorized, await victim.GetAsync("/exposure/export?format=csv"));
        Assert.DoesNotContain(await rig.PeopleAsync(), person => person.ExternalId is not null);
    }

    [Theory]
    [InlineData("http://login.example.com", "id", "all", "must be an https address")]
    [InlineData("https://login.example.com", "", "all", "ClientId is missing")]
    [InlineData("https://login.example.com", "id", null, "names no group")]
    public async Task Settings_that_would_let_nobody_in_or_anybody_are_refused_at_start(string authority, string client, string? group, string problem)
    {
        var redisAddress = await redis.AddressAsync();
        string[] settings = [$"--Access:OpenId:Authority={authority}", $"--Access:OpenId:ClientId={client}", .. group is null ? (string[])[] : [$"--Access:OpenId:ViewerGroups:0={group}"]];

        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => BrowserHost.StartAsync(postgres, redisAddress, settings));

        Assert.Contains(problem, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("admins,staff", AccessRole.Administrator)]
    [InlineData("staff,oncall", AccessRole.Responder)]
    [InlineData("staff", AccessRole.Viewer)]
    [InlineData("", AccessRole.Viewer)]
    public void The_highest_role_of_a_persons_groups_is_theirs(string groups, AccessRole expected)
    {
        var options = new OpenIdOptions();
        options.AdministratorGroups.Add("admins");
        options.ResponderGroups.Add("oncall");
        options.ViewerGroups.Add("*");

        Assert.Equal(expected, options.RoleOf(groups.Split(',', StringSplitOptions.RemoveEmptyEntries)));
    }

    /// <summary>The provider and an application that knows it.</summary>
    private sealed partial class Rig(ServerProcess provider, BrowserHost host, string authority) : IAsyncDisposable
    {
        public BrowserHost Host { get; } = host;

        public string Authority { get; } = authority;

        public static async Task<Rig> StartAsync(PostgresServer postgres, string redis)
        {
            var (port, own) = (ServerProcess.FreePort(), ServerProcess.FreePort());
            var authority = $"http://127.0.0.1:{port}";
            var provider = await NodeServer.StartAsync(
                "openid.mjs", port, JsonSerializer.Serialize(new { port, client = "ddoc", secret = "of this test", redirect = $"http://127.0.0.1:{own}/sign-in/openid" }));
            var host = await BrowserHost.StartAsync(
                postgres, redis, $"--urls=http://127.0.0.1:{own}", $"--Access:OpenId:Authority={authority}", "--Access:OpenId:ClientId=ddoc", "--Access:OpenId:ClientSecret=of this test",
                "--Access:OpenId:Title=Company login", "--Access:OpenId:Scopes=profile email groups", "--Access:OpenId:AdministratorGroups:0=admins", "--Access:OpenId:ResponderGroups:0=responders");
            return new Rig(provider, host, authority);
        }

        public async Task GroupsAsync(string name, string groups)
        {
            using var client = new HttpClient();
            await client.GetStringAsync($"{Authority}/groups/{name}/{groups}", Cancelled);
        }

        /// <summary>Signs in all the way.</summary>
        /// <returns>Where the application leads to in the end.</returns>
        public async Task<string> SignInAsync(WebUser browser, string name, string returnUrl)
        {
            using var answer = await browser.Client.GetAsync(await AnswerAsync(browser, name, returnUrl), Cancelled);
            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
            return answer.Headers.Location!.ToString();
        }

        /// <summary>Goes to the provider, says who one is and agrees.</summary>
        /// <returns>The address, with the code, to which the provider leads back.</returns>
        public async Task<string> AnswerAsync(WebUser browser, string name, string returnUrl)
        {
            using var begun = await browser.Client.GetAsync($"/sign-in/with/openid?returnUrl={Uri.EscapeDataString(returnUrl)}", Cancelled);
            var address = begun.Headers.Location!;
            Assert.StartsWith(Authority, address.ToString(), StringComparison.Ordinal); // which refuses whoever sends no PKCE challenge
            for (var step = 0; step < 12; step++)
            {
                using var answer = await browser.Client.GetAsync(address, Cancelled);
                var next = answer.Headers.Location ?? await AnswerFormAsync(browser, await answer.Content.ReadAsStringAsync(Cancelled), name);
                address = new Uri(address, next);
                if (address.AbsolutePath == "/sign-in/openid")
                {
                    return address.ToString();
                }
            }

            throw new InvalidOperationException($"The provider does not come to an end: {address}");
        }

        public async Task<IReadOnlyList<AppUser>> PeopleAsync()
        {
            await using var session = Host.Store.QuerySession();
            return await session.Query<AppUser>().ToListAsync(Cancelled);
        }

        public async Task<AppUser> PersonAsync() => (await PeopleAsync()).Single(person => person.ExternalId is not null);

        public async Task ChangeAsync(Guid id, Action<AppUser> change)
        {
            await using var session = Host.Store.LightweightSession();
            var person = (await session.LoadAsync<AppUser>(id, Cancelled))!;
            change(person);
            session.Store(person);
            await session.SaveChangesAsync(Cancelled);
        }

        public async ValueTask DisposeAsync()
        {
            await Host.DisposeAsync();
            provider.Dispose();
        }

        private static async Task<Uri> AnswerFormAsync(WebUser browser, string page, string name)
        {
            var prompt = Prompt().Match(page).Groups[1].Value;
            using var form = new FormUrlEncodedContent([new("prompt", prompt), new("login", name), new("password", "any")]);
            using var answer = await browser.Client.PostAsync(FormAction().Match(page).Groups[1].Value, form, Cancelled);
            return answer.Headers.Location!;
        }

        [GeneratedRegex("action=\"([^\"]+)\"")]
        private static partial Regex FormAction();

        [GeneratedRegex("name=\"prompt\" value=\"([^\"]+)\"")]
        private static partial Regex Prompt();
    }
}
