using DdocCost.Domain.Anomalies;
using DdocCost.Domain.Scoring;
using DdocCost.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DdocCost.Tests.App;

/// <summary>The way of a newcomer, each page audited: from the setup link to a case that is solved and on record.</summary>
/// <remarks>
/// What lies between is left out and tested by itself: connecting an account and its first events (ConnectPageTests, against an emulated AWS), from an event to
/// its case (EndToEndTests). The case is stored and told here as a scoring process does it. What was started is not stopped: the case ends as expected.
/// </remarks>
public sealed class FirstRunTests(PostgresServer postgres, RedisServer redis, BrowserFixture browser)
{
    private const string Owner = "owner@example.com";

    [Theory]
    [InlineData(1280, false)]
    [InlineData(375, true)]
    public async Task A_newcomer_gets_from_the_first_run_to_a_solved_case(int width, bool dark)
    {
        await using var host = await BrowserHost.StartAsync(postgres, await redis.AddressAsync(), "--Jobs:InProcess=true", "--Scoring:IdlePoll=00:00:00.200");
        await using var window = await browser.OpenAsync(host, dark, width);
        var page = window.Page;

        await AuditAsync(page, $"/setup?code={BrowserHost.SetupCode}", "Welcome");
        await page.GetByLabel("E-mail or name").FillAsync(Owner);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(BrowserHost.Password);
        await page.GetByLabel("Password, once more").FillAsync(BrowserHost.Password);
        await Button(page, "Create administrator").ClickAsync();
        await Expect(Heading(page, "Nothing has been read yet")).ToBeVisibleAsync();
        await SignOutAsync(page, width);
        await AuditAsync(page, "/sign-in", "Sign in");
        await window.SignInAsync(Owner);
        await AuditAsync(page, "/anomalies", "Anomalies");
        await AuditAsync(page, "/zombies", "Zombies");
        await AuditAsync(page, "/accounts", "Accounts");
        await AuditAsync(page, "/", "Nothing has been read yet");

        // What a scoring process does: store, then tell.
        var news = Some.Case(severity: Severity.Critical, running: "i-0123456789abcdef0") with { Parts = [new CasePart(Some.Alice.Id, "ec2:instance", "sa-east-1")] };
        await host.StoreAsync(BrowserHost.Tenant, news, Some.Running(), Some.Event());
        await host.TellAsync(BrowserHost.Tenant, news);
        await page.GetByRole(AriaRole.Link, new() { Name = news.Title }).ClickAsync(); // it came by itself
        await Expect(Heading(page, news.Title)).ToBeVisibleAsync();
        await Button(page, "Acknowledge").ClickAsync();
        await Expect(page.GetByText($"Acknowledged by {Owner}")).ToBeVisibleAsync();
        await page.GetByText("It is as it should be").ClickAsync();
        await Button(page, "Expected").ClickAsync();
        await Expect(page.GetByText("Expected, closed")).ToBeVisibleAsync();
        await AuditAsync(page, "/anomalies/case-1", news.Title);

        await AuditAsync(page, "/audit", "Audit");
        var rows = page.GetByRole(AriaRole.Region, new() { Name = "Changes" }).Locator("tbody tr");
        await Expect(rows.Filter(new() { HasText = "case.acknowledge" })).ToContainTextAsync(Owner);
        await Expect(rows.Filter(new() { HasText = "case.expect" })).ToContainTextAsync("case/case-1");
        await AuditAsync(page, "/", "Overview");
        window.AssertQuiet();

        Task AuditAsync(IPage at, string address, string heading) => DashboardTests.AuditAsync(at, address, heading, width);
    }

    private static async Task SignOutAsync(IPage page, int width)
    {
        if (width <= 760)
        {
            await Button(page, "More pages").ClickAsync();
        }

        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(Heading(page, "Sign in")).ToBeVisibleAsync();
    }

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name });

    private static ILocator Heading(IPage page, string name) => page.GetByRole(AriaRole.Heading, new() { Name = name, Exact = true });
}
