using DdocCost.App.Access;
using DdocCost.Domain.Audit;
using DdocCost.Tests.App;
using DdocCost.Tests.Support;
using Marten;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DdocCost.Tests.Access;

/// <summary>People, tokens and the own profile, as people meet them.</summary>
public sealed class PeoplePagesTests(PostgresServer postgres, RedisServer redis, BrowserFixture browser)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_invited_person_chooses_a_password_secures_the_account_and_makes_a_token()
    {
        await using var host = await StartAsync();
        await host.AddUserAsync("admin@example.com", AccessRole.Administrator);
        await using var window = await browser.OpenAsync(host);
        await window.SignInAsync("admin@example.com");
        var admin = window.Page;
        await admin.GotoAsync("/users");

        await admin.GetByLabel("E-mail or name").FillAsync("bob");
        await admin.Keyboard.PressAsync("Tab"); // as a person goes on: once, on a full machine, the page had not heard of the name
        await admin.Locator("#invite-role").SelectOptionAsync("Responder");
        await admin.Locator("#invite-accounts").FillAsync(Some.Account);
        await admin.GetByRole(AriaRole.Button, new() { Name = "Invite", Exact = true }).ClickAsync();
        await Expect(admin.GetByText("One-time link for bob.")).ToBeVisibleAsync();
        await LookAsync(admin, "users");
        var link = await admin.Locator("#link").InnerTextAsync();

        await using var theirs = await browser.OpenAsync(host);
        var bob = theirs.Page;
        await bob.GotoAsync(link);
        await LookAsync(bob, "welcome");
        await bob.GetByLabel("Password", new() { Exact = true }).FillAsync(BrowserHost.Password);
        await bob.GetByLabel("Password, once more").FillAsync(BrowserHost.Password);
        await bob.GetByRole(AriaRole.Button, new() { Name = "Keep this password" }).ClickAsync();
        await bob.WaitForURLAsync("**/sign-in", new() { WaitUntil = WaitUntilState.Commit });
        await theirs.SignInAsync("bob");

        await bob.GotoAsync("/profile");
        await bob.GetByRole(AriaRole.Button, new() { Name = "Set it up" }).ClickAsync();
        var key = await bob.Locator("[data-key]").InnerTextAsync();
        await LookAsync(bob, "profile-qr");
        await bob.GetByLabel("Code that the app shows now").FillAsync(AuthenticatorApp.Code(key, DateTimeOffset.UtcNow));
        await bob.GetByRole(AriaRole.Button, new() { Name = "Turn it on" }).ClickAsync();
        await Expect(bob.GetByText("Keep these recovery codes.")).ToBeVisibleAsync();
        var recovery = (await bob.Locator(".codes li").AllInnerTextsAsync())[0];

        await bob.GetByLabel("What it is for").FillAsync("terraform");
        await bob.GetByRole(AriaRole.Button, new() { Name = "Make a token" }).ClickAsync();
        await Expect(bob.GetByText("Here is the token.")).ToBeVisibleAsync();
        Assert.StartsWith("ddoc_", await bob.Locator("#token-secret").InnerTextAsync(), StringComparison.Ordinal);
        await LookAsync(bob, "profile");

        // Signed in anew, with a recovery code in place of the phone.
        await bob.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).First.ClickAsync();
        await bob.WaitForURLAsync("**/sign-in", new() { WaitUntil = WaitUntilState.Commit });
        await bob.GetByLabel("E-mail or name").FillAsync("bob");
        await bob.GetByLabel("Password", new() { Exact = true }).FillAsync(BrowserHost.Password);
        await bob.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(bob.GetByLabel("Code of your authenticator app")).ToBeVisibleAsync();
        await LookAsync(bob, "code");
        await bob.GetByLabel("Code of your authenticator app").FillAsync(recovery);
        await bob.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(bob.GetByRole(AriaRole.Link, new() { Name = "Profile" }).First).ToBeVisibleAsync();
        await Expect(bob.GetByRole(AriaRole.Link, new() { Name = "Users & tokens" })).ToHaveCountAsync(0);

        await admin.ReloadAsync();
        await Expect(admin.GetByText("terraform", new() { Exact = true })).ToBeVisibleAsync();
        await LookAsync(admin, "users-two");
        await admin.GetByRole(AriaRole.Button, new() { Name = "Disable bob" }).ClickAsync();
        await Expect(admin.GetByText("disabled", new() { Exact = true })).ToBeVisibleAsync();
        await bob.GotoAsync("/zombies");
        await Expect(bob.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();
        window.AssertQuiet();
        await using var session = host.Store.QuerySession(BrowserHost.Tenant);
        Assert.Equal(
            ["user.invite", "user.link", "user.welcome", "user.two-factor-on", "token.create", "user.disable"],
            await session.Query<AuditEntry>().OrderBy(entry => entry.At).Select(entry => entry.Action).ToListAsync(Stop));
    }

    [Fact]
    public async Task Who_is_restricted_to_accounts_sees_them_on_no_page_and_a_chosen_zone_and_way_of_writing_numbers_are_used()
    {
        await using var host = await StartAsync();
        await OthersData.SeedAsync(host);
        await host.StoreAsync(BrowserHost.Tenant, Some.Case(id: "seen", title: "launch that is seen"), Some.Running(), Some.Event());
        await host.AddUserAsync("restricted", AccessRole.Responder, accounts: [Some.Account]);
        await using var window = await browser.OpenAsync(host);
        await window.SignInAsync("restricted");
        var page = window.Page;
        await Expect(page.GetByText("launch that is seen").First).ToBeVisibleAsync();
        foreach (var address in new[] { "/", "/anomalies?state=all", "/anomalies/case-1", "/exposure", "/events", "/zombies", "/zombies/scans", "/accounts", "/detection", "/coverage", "/quarantine", "/channels/messages" })
        {
            await page.GotoAsync(address);
            await Expect(page.Locator(".bone")).ToHaveCountAsync(0);
            Assert.DoesNotContain("444455556666", await page.ContentAsync(), StringComparison.Ordinal);
        }

        await page.GotoAsync("/profile");
        await page.GetByLabel("Time zone").SelectOptionAsync("Asia/Tokyo");
        await page.Locator("form", new() { Has = page.GetByLabel("Time zone") }).GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-zone", "Asia/Tokyo");
        await page.GetByLabel("Numbers").SelectOptionAsync("de-DE");
        await page.Locator("form", new() { Has = page.GetByLabel("Time zone") }).GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-numbers", "de-DE");
        await page.GotoAsync("/exposure");
        var row = page.Locator("tbody tr").Filter(new() { HasText = "i-0123456789abcdef0" });
        await Expect(row).ToContainTextAsync("$26,06");
        await host.StoreAsync(BrowserHost.Tenant, Some.Running(usdPerHour: 1234.5m));
        await host.TellAsync(BrowserHost.Tenant, Some.Case(id: "seen", title: "launch that is seen"));
        await Expect(row).ToContainTextAsync("$1.234,50"); // also what a live update draws
        window.AssertQuiet();
    }

    private async Task<BrowserHost> StartAsync() => await BrowserHost.StartAsync(postgres, await redis.AddressAsync());

    /// <summary>Audits the page light, dark and on a phone; keeps pictures where <c>SCREENSHOTS</c> names a folder.</summary>
    private static async Task LookAsync(IPage page, string name)
    {
        foreach (var (scheme, width) in (IEnumerable<(ColorScheme, int)>)[(ColorScheme.Dark, 1280), (ColorScheme.Light, 375), (ColorScheme.Dark, 375), (ColorScheme.Light, 1280)])
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme });
            await page.SetViewportSizeAsync(width, 900);
            var keeps = Environment.GetEnvironmentVariable("SCREENSHOTS") is { Length: > 0 };
            if (keeps)
            {
                await page.ScreenshotAsync(new() { Path = Path.Combine(Environment.GetEnvironmentVariable("SCREENSHOTS")!, $"{name}-{scheme}-{width}.png"), FullPage = true });
            }

            Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"), $"{name} is wider than {width} pixels");
            if ((scheme, width) is (ColorScheme.Dark, 375) or (ColorScheme.Light, 1280))
            {
                // The colours of the scheme before are still on their way until a frame has been drawn.
                await page.EvaluateAsync(
                    "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => Promise.allSettled(document.getAnimations().filter(a => a instanceof CSSTransition).map(a => a.finished)).then(() => done()))))");
                var violations = await PageAudit.ViolationsAsync(page);
                Assert.Empty(violations.Select(v => $"{name}: {v.Id}, {v.Help}: {string.Join(" | ", v.Nodes.Select(n => n.Html))}"));
            }
        }
    }
}
