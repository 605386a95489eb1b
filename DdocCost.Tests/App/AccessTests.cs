using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using DdocCost.App.Access;
using DdocCost.Jobs.Live;
using DdocCost.Tests.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;

namespace DdocCost.Tests.App;

/// <summary>Who gets in, asked over HTTP.</summary>
public sealed partial class AccessTests(PostgresServer postgres, RedisServer redis)
{
    /// <summary>
    /// What answers without a sign-in; all else must not. To add one is a decision. Agents have credentials of their own, and a visitor's
    /// HTTP/1.1 is turned away; links in mails are passes of their own.
    /// </summary>
    private static readonly string[] Open =
    [
        "/api/v1/auth/refresh", "/api/v1/auth/revoke", "/api/v1/auth/token",
        "/ddoc.cost.agent.v1.AgentIntake/Enrol", "/ddoc.cost.agent.v1.AgentIntake/Forward", "/ddoc.cost.agent.v1.AgentIntake/Renew", "/error",
        "/health/live", "/health/ready", "/mail/act/{Token}", "/mail/leave/{pass}", "/mail/unsubscribe/{Token}", "/setup", "/sign-in", "/sign-in/code", "/sign-in/with/{provider}",
    ];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_page_endpoint_or_hub_answers_without_a_sign_in()
    {
        await using var host = await StartAsync();
        var endpoints = host.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is null).ToList();
        using var visitor = Visitor(host);

        Assert.Contains(endpoints, e => e.RoutePattern.RawText == "/hubs/live");
        Assert.Contains(endpoints, e => e.RoutePattern.RawText?.Contains("hangfire", StringComparison.Ordinal) == true);
        var answered = new HashSet<string>();
        foreach (var endpoint in endpoints)
        {
            var address = Address(endpoint);
            foreach (var method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET", "POST"])
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), address);
                using var answer = await visitor.SendAsync(request, Cancelled);
                var refused = answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
                    || (answer.StatusCode == HttpStatusCode.Redirect && answer.Headers.Location!.ToString().Contains("/sign-in?returnUrl=", StringComparison.Ordinal));
                if (!refused)
                {
                    answered.Add(endpoint.RoutePattern.RawText!.StartsWith('/') ? endpoint.RoutePattern.RawText : "/" + endpoint.RoutePattern.RawText);
                }
            }
        }

        Assert.Equal(Open, answered.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_address_that_does_not_exist_tells_a_visitor_nothing()
    {
        await using var host = await StartAsync();
        await host.AddUserAsync("somebody", AccessRole.Viewer);
        using var visitor = Visitor(host);

        using var answer = await visitor.GetAsync("/nowhere", Cancelled);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Theory]
    [InlineData(AccessRole.Viewer, HttpStatusCode.Forbidden)]
    [InlineData(AccessRole.Responder, HttpStatusCode.Forbidden)]
    [InlineData(AccessRole.Administrator, HttpStatusCode.OK)]
    public async Task Only_administrators_open_the_job_dashboard(AccessRole role, HttpStatusCode expected)
    {
        await using var host = await StartAsync();
        await host.AddUserAsync("somebody", role);
        using var browser = await SignedInAsync(host, "somebody");

        using var answer = await browser.GetAsync("/hangfire", Cancelled);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task Setup_without_the_code_from_the_console_is_refused()
    {
        await using var host = await StartAsync();
        using var browser = Visitor(host);

        using var answer = await PostAsync(browser, "/setup", Setup("guessed-code-of-16-plus"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("The setup code is not the one", await answer.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_short_password_is_refused_and_says_why()
    {
        await using var host = await StartAsync();
        using var browser = Visitor(host);

        using var answer = await PostAsync(browser, "/setup", Setup(BrowserHost.SetupCode, "short"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("at least 12 characters", await answer.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Setup_is_over_once_there_is_a_user()
    {
        await using var host = await StartAsync();
        await host.AddUserAsync("owner", AccessRole.Administrator);
        using var browser = Visitor(host);

        using var answer = await browser.GetAsync("/setup", Cancelled);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.EndsWith("/sign-in", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_many_setups_at_once_exactly_one_succeeds()
    {
        await using var host = await StartAsync();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
        {
            await using var scope = host.Services.CreateAsyncScope();
            return await scope.ServiceProvider.GetRequiredService<CreateAdministrator>().CreateAsync($"owner-{i}", BrowserHost.Password, BrowserHost.Tenant, Cancelled);
        }));

        Assert.Single(outcomes, problems => problems.Count == 0);
        await using var session = host.Store.QuerySession();
        Assert.Single(await Marten.QueryableExtensions.ToListAsync(session.Query<AppUser>(), Cancelled));
    }

    [Fact]
    public async Task The_session_cookie_is_out_of_reach_for_scripts_and_other_sites()
    {
        await using var host = await StartAsync();
        await host.AddUserAsync("somebody", AccessRole.Viewer);
        using var browser = Visitor(host);

        using var answer = await PostAsync(browser, "/sign-in", Credentials("somebody", BrowserHost.Password));

        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"), value => value.StartsWith("ddoc.session=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Ten_wrong_passwords_lock_the_account_even_for_the_right_one()
    {
        await using var host = await StartAsync();
        await host.AddUserAsync("somebody", AccessRole.Viewer);
        using var browser = Visitor(host);
        for (var i = 0; i < 10; i++)
        {
            using var wrong = await PostAsync(browser, "/sign-in", Credentials("somebody", "wrong horse battery"));
            Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        }

        using var right = await PostAsync(browser, "/sign-in", Credentials("somebody", BrowserHost.Password));

        Assert.Equal(HttpStatusCode.Unauthorized, right.StatusCode);
    }

    [Fact]
    public async Task Too_many_attempts_from_one_address_are_turned_away()
    {
        await using var host = await StartAsync("--Access:AttemptsPerMinute=3");
        await host.AddUserAsync("somebody", AccessRole.Viewer);
        using var browser = Visitor(host);
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 4; i++)
        {
            using var answer = await PostAsync(browser, "/sign-in", Credentials("nobody", "wrong horse battery"));
            answers.Add(answer.StatusCode);
        }

        Assert.Equal([HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.TooManyRequests], answers);
    }

    [Fact]
    public async Task Sign_in_does_not_send_a_person_to_another_site()
    {
        await using var host = await StartAsync();
        await host.AddUserAsync("somebody", AccessRole.Viewer);
        using var browser = Visitor(host);

        using var answer = await PostAsync(browser, "/sign-in?returnUrl=//evil.example/", Credentials("somebody", BrowserHost.Password));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/", answer.Headers.Location!.IsAbsoluteUri ? answer.Headers.Location.AbsolutePath : answer.Headers.Location.ToString());
    }

    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/sign-out")]
    public async Task A_form_of_another_site_is_refused(string address)
    {
        await using var host = await StartAsync();
        await host.AddUserAsync("somebody", AccessRole.Viewer);
        using var browser = await SignedInAsync(host, "somebody");

        using var answer = await browser.PostAsync(address, new FormUrlEncodedContent(Credentials("somebody", BrowserHost.Password).Append(new("_handler", "sign-in"))), Cancelled);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_changed_password_ends_older_sessions()
    {
        await using var host = await StartAsync();
        var user = await host.AddUserAsync("somebody", AccessRole.Viewer);
        await using var scope = host.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<Microsoft.AspNetCore.Identity.UserManager<AppUser>>();
        var before = (await users.FindByIdAsync(user.Id.ToString()))!.SecurityStamp;

        var found = (await users.FindByIdAsync(user.Id.ToString()))!;
        var changed = await users.ChangePasswordAsync(found, BrowserHost.Password, "another horse battery");

        Assert.True(changed.Succeeded);
        Assert.NotEqual(before, (await users.FindByIdAsync(user.Id.ToString()))!.SecurityStamp);
    }

    [Fact]
    public async Task Every_answer_carries_the_security_headers()
    {
        await using var host = await StartAsync();
        using var visitor = Visitor(host);

        using var answer = await visitor.GetAsync("/setup", Cancelled);

        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
    }

    [Fact]
    public async Task A_hub_client_hears_its_own_tenant_only()
    {
        await using var host = await StartAsync();
        await host.AddUserAsync("theirs", AccessRole.Viewer, "them");
        await host.AddUserAsync("ours", AccessRole.Viewer, "us");
        var (them, us) = (await ListenAsync(host, "theirs"), await ListenAsync(host, "ours"));
        await using var _ = them.Connection;
        await using var __ = us.Connection;
        await WaitForRedisAsync(host);

        await host.TellAsync("them", Some.Case(id: "theirs"));
        await host.TellAsync("us", Some.Case(id: "ours"));

        Assert.Equal("ours", (await us.First.WaitAsync(TimeSpan.FromSeconds(30), Cancelled)).Cases[0].Id);
        Assert.Equal("theirs", (await them.First.WaitAsync(TimeSpan.FromSeconds(30), Cancelled)).Cases[0].Id);
    }

    [Theory]
    [InlineData(null, "/")]
    [InlineData("", "/")]
    [InlineData("/anomalies?state=all", "/anomalies?state=all")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("/\t/evil.example", "/")]
    [InlineData("https://evil.example", "/")]
    [InlineData("anomalies", "/")]
    public void Only_a_path_of_this_site_is_returned_to(string? asked, string expected) => Assert.Equal(expected, LocalAddress.OrOverview(asked));

    private static async Task WaitForRedisAsync(BrowserHost host)
    {
        var feed = host.Services.GetRequiredService<DdocCost.App.Live.LiveFeed>();
        for (var i = 0; !feed.IsConnected && i < 600; i++)
        {
            await Task.Delay(50, Cancelled);
        }

        Assert.True(feed.IsConnected, "The relay does not hear Redis.");
    }

    private static async Task<(HubConnection Connection, Task<LiveUpdate> First)> ListenAsync(BrowserHost host, string name)
    {
        var cookies = new CookieContainer();
        using var browser = Visitor(host, cookies);
        using var answer = await PostAsync(browser, "/sign-in", Credentials(name, BrowserHost.Password));
        var connection = new HubConnectionBuilder().WithUrl($"{host.Url}/hubs/live", HttpTransportType.WebSockets, options => options.Cookies = cookies).Build();
        var first = new TaskCompletionSource<LiveUpdate>();
        connection.On<LiveUpdate>("update", update => first.TrySetResult(update));
        await connection.StartAsync(Cancelled);
        return (connection, first.Task);
    }

    private static async Task<HttpClient> SignedInAsync(BrowserHost host, string name)
    {
        var browser = Visitor(host);
        using var answer = await PostAsync(browser, "/sign-in", Credentials(name, BrowserHost.Password));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return browser;
    }

    private static HttpClient Visitor(BrowserHost host, CookieContainer? cookies = null) =>
        new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = cookies ?? new CookieContainer() }) { BaseAddress = new Uri(host.Url) };

    private static KeyValuePair<string, string>[] Credentials(string name, string password) => [new("Form.Name", name), new("Form.Password", password)];

    private static KeyValuePair<string, string>[] Setup(string code, string password = BrowserHost.Password) =>
        [new("Form.Code", code), new("Form.Name", "owner@example.com"), new("Form.Password", password), new("Form.Repeated", password)];

    /// <summary>Sends a form as a browser does: with the tokens of the page it stands on.</summary>
    private static async Task<HttpResponseMessage> PostAsync(HttpClient browser, string address, IEnumerable<KeyValuePair<string, string>> fields)
    {
        var page = await browser.GetStringAsync(address, Cancelled);
        var hidden = HiddenField().Matches(page).Select(match => KeyValuePair.Create(match.Groups[1].Value, WebUtility.HtmlDecode(match.Groups[2].Value)));
        using var form = new FormUrlEncodedContent([.. fields, .. hidden]);
        return await browser.PostAsync(address, form, Cancelled);
    }

    private static string Address(RouteEndpoint endpoint)
    {
        var text = RouteParameter().Replace(endpoint.RoutePattern.RawText!, "x");
        return text.StartsWith('/') ? text : "/" + text;
    }

    private async Task<BrowserHost> StartAsync(params string[] settings) => await BrowserHost.StartAsync(postgres, await redis.AddressAsync(), settings);

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"")]
    private static partial Regex HiddenField();

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex RouteParameter();
}
