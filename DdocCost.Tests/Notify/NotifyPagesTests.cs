using DdocCost.App.Access;
using DdocCost.Domain.Audit;
using DdocCost.Domain.Notify;
using DdocCost.Tests.App;
using DdocCost.Tests.Support;
using Marten;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DdocCost.Tests.Notify;

/// <summary>The pages about telling people, as an administrator and as a viewer meet them.</summary>
public sealed class NotifyPagesTests(PostgresServer postgres, RedisServer redis, BrowserFixture browser)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_administrator_adds_a_channel_tries_it_and_follows_a_self_test_to_it()
    {
        await using var standIn = await StandIn.StartAsync();
        await using var host = await StartAsync("--Jobs:InProcess=true");
        await using var window = await OpenAsync(host, AccessRole.Administrator, "/channels");
        var page = window.Page;

        await page.GetByRole(AriaRole.Button, new() { Name = "Add a channel" }).ClickAsync();
        await page.GetByLabel("Name").FillAsync("hook");
        await page.GetByLabel("Kind").SelectOptionAsync("Webhook");
        await page.GetByLabel("Address").FillAsync($"{standIn.Url}/hook");
        await page.GetByLabel("Signing secret").FillAsync("0123456789abcdef0123456789abcdef");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Send a test" }).ClickAsync();
        await Expect(page.GetByText("Taken.")).ToBeVisibleAsync();
        Assert.Single(standIn.Accepted, arrival => arrival.Headline.StartsWith("A test message", StringComparison.Ordinal)); // beside what the watch tells when it likes
        await LookAsync(page, "channels");

        await page.GetByRole(AriaRole.Button, new() { Name = "Edit" }).ClickAsync();
        await Expect(page.GetByLabel("Signing secret")).ToHaveValueAsync(""); // kept, never shown
        Assert.DoesNotContain("0123456789abcdef", await page.ContentAsync(), StringComparison.Ordinal);

        await page.GotoAsync("/channels/self-test");
        await page.GetByRole(AriaRole.Button, new() { Name = "Run the self-test" }).ClickAsync();
        await Expect(page.GetByText("It works: told on 1 channel after")).ToBeVisibleAsync(new() { Timeout = 90_000 });
        await LookAsync(page, "self-test");

        await page.GotoAsync("/channels/messages");
        await Expect(page.GetByText("case opened, self-test, default")).ToBeVisibleAsync();
        var told = standIn.On("hook").Count;
        await page.GetByRole(AriaRole.Row).Filter(new() { HasText = "case opened, self-test" }).GetByRole(AriaRole.Button, new() { Name = "Send again" }).ClickAsync();
        await Expect(page.GetByText("case opened, self-test, sent again by hand")).ToBeVisibleAsync();
        await Eventually.TrueAsync(() => Task.FromResult(standIn.On("hook").Skip(told).Any(arrival => !arrival.Headline.Contains("is watching", StringComparison.Ordinal))), "the message once more");
        await LookAsync(page, "messages");
        window.AssertQuiet();
    }

    [Fact]
    public async Task Rules_say_where_a_case_would_go_and_digests_show_what_they_would_say()
    {
        await using var host = await StartAsync();
        await host.StoreAsync(BrowserHost.Tenant, Channel("slack"), Channel("pager"), Some.Case(running: "i-0123456789abcdef0"), Some.Running());
        await using var window = await OpenAsync(host, AccessRole.Administrator, "/channels/routing");
        var page = window.Page;
        await Expect(page.GetByText("No rules yet")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Add a rule" }).ClickAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Nights");
        var form = page.Locator("section", new() { Has = page.GetByRole(AriaRole.Heading, new() { Name = "Add a rule" }) });
        await form.GetByRole(AriaRole.Group, new() { Name = "Tell" }).GetByLabel("slack").CheckAsync();
        await form.GetByRole(AriaRole.Group, new() { Name = "If one of them does not take it" }).GetByLabel("pager").CheckAsync();
        await form.GetByText("Quiet hours (critical still comes)").ClickAsync();
        await form.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.GetByText("slack, else pager. Quiet every day 22:00 to 07:00 UTC; critical still comes.")).ToBeVisibleAsync();
        await Expect(page.GetByText("Nights: matches")).ToBeVisibleAsync();
        await LookAsync(page, "routing");

        await page.GotoAsync("/channels/digests");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Preview" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "running, 1 new case, 0 closed" })).ToBeVisibleAsync();
        await LookAsync(page, "digests");
        window.AssertQuiet();
    }

    [Fact]
    public async Task Panic_mode_is_seen_on_every_page_and_only_administrators_switch_it()
    {
        await using var host = await StartAsync();
        await using var window = await OpenAsync(host, AccessRole.Administrator, "/governance");
        var page = window.Page;
        await page.GetByLabel("Why").FillAsync("alerts flood the channel");
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop everything that leaves" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert).GetByText("Panic mode: nothing leaves the system.")).ToBeVisibleAsync();
        await LookAsync(page, "governance");

        await using var other = await OpenAsync(host, AccessRole.Viewer, "/channels");
        await Expect(other.Page.GetByText("alerts flood the channel")).ToBeVisibleAsync();
        await Expect(other.Page.GetByText("Administrators change channels.")).ToBeVisibleAsync();
        await other.Page.GotoAsync("/governance");
        await Expect(other.Page.GetByLabel("Why")).ToHaveCountAsync(0);

        await page.GetByRole(AriaRole.Button, new() { Name = "End panic mode" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
        await using var session = host.Store.QuerySession(BrowserHost.Tenant);
        Assert.Equal(["panic.engage", "panic.release"], await session.Query<AuditEntry>().OrderBy(entry => entry.At).Select(entry => entry.Action).ToListAsync(Stop));
    }

    private async Task<BrowserHost> StartAsync(params string[] settings) => await BrowserHost.StartAsync(
        postgres, $"{await redis.AddressAsync()},defaultDatabase=10", ["--Notify:AllowedInternal:0=127.0.0.1", .. settings]);

    private async Task<BrowserWatch> OpenAsync(BrowserHost host, AccessRole role, string address)
    {
        await host.AddUserAsync($"{role}@example.com", role);
        var window = await browser.OpenAsync(host);
        await window.SignInAsync($"{role}@example.com");
        await window.Page.GotoAsync(address);
        return window;
    }

    private static Channel Channel(string id) => new() { Id = id, Name = id, Kind = ChannelKind.Slack };

    /// <summary>Audits the page light, dark and on a phone; keeps pictures where <c>SCREENSHOTS</c> names a folder.</summary>
    private static async Task LookAsync(IPage page, string name)
    {
        foreach (var (scheme, width) in (IEnumerable<(ColorScheme, int)>)[(ColorScheme.Light, 1280), (ColorScheme.Dark, 375)])
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme });
            await page.SetViewportSizeAsync(width, 900);
            if (Environment.GetEnvironmentVariable("SCREENSHOTS") is { Length: > 0 } folder)
            {
                await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}-{scheme}-{width}.png"), FullPage = true });
            }

            Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"), $"{name} is wider than {width} pixels");
            var violations = await PageAudit.ViolationsAsync(page);
            Assert.Empty(violations.Where(v => v.Impact is "serious" or "critical").Select(v => $"{name}: {v.Id}, {v.Help}: {string.Join(" | ", v.Nodes.Select(n => n.Html))}"));
        }

        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await page.SetViewportSizeAsync(1280, 900);
    }
}
