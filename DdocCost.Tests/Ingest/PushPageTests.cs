using DdocCost.App.Access;
using DdocCost.App.Ingest.Agents;
using DdocCost.App.Ingest.Push;
using DdocCost.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DdocCost.Tests.Ingest;

/// <summary>The page of agents and push sources, in a real browser.</summary>
public sealed class PushPageTests(PostgresServer postgres, RedisServer redis, BrowserFixture browser)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_administrator_announces_an_agent_and_lets_a_sender_in_and_sees_how_they_do()
    {
        await using var host = await BrowserHost.StartAsync(postgres, await redis.AddressAsync());
        await host.AddUserAsync("admin", AccessRole.Administrator);
        await using var window = await browser.OpenAsync(host);
        await window.SignInAsync("admin");
        var page = window.Page;
        await page.GotoAsync("/accounts/push");
        await Expect(page.GetByText("None yet. Announce one below")).ToBeVisibleAsync();

        await page.Locator("#agent-name").FillAsync("production VPC");
        await page.Locator("#agent-accounts").FillAsync("12");
        await page.GetByRole(AriaRole.Button, new() { Name = "Announce" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("twelve digits");
        await page.Locator("#agent-accounts").FillAsync("111122223333");
        await page.GetByRole(AriaRole.Button, new() { Name = "Announce" }).ClickAsync();
        await Expect(page.Locator("#made-text")).ToContainTextAsync("--token=dde_");
        await page.GetByRole(AriaRole.Button, new() { Name = "I have it" }).ClickAsync();

        await page.Locator("#name").FillAsync("EventBridge eu-west-1");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make" }).ClickAsync();
        await Expect(page.Locator("#made-text")).ToContainTextAsync("Bearer ddp_");
        var source = Assert.Single(await host.Services.GetRequiredService<PushDesk>().ListAsync(BrowserHost.Tenant, Stop));
        var agent = Assert.Single(await host.Services.GetRequiredService<AgentDesk>().ListAsync(BrowserHost.Tenant, Stop));
        await host.StoreAsync(BrowserHost.Tenant,
            new PushTrouble(source.Id, DateTimeOffset.UtcNow.AddMinutes(-3), "This token is not known."),
            new AgentReport
            {
                Id = agent.Id, HeardAt = DateTimeOffset.UtcNow, AgentVersion = "1.0.0", SpoolBytes = 5_300_000, SpoolLimitBytes = 2L << 30, Dropped = 48_211, Oldest = DateTimeOffset.UtcNow.AddSeconds(-90),
                Sources = [new AgentSource("s3://acme-trail?region=eu-west-1", DateTimeOffset.UtcNow, TimeSpan.FromMinutes(4), 312, "")],
            });
        await Expect(page.GetByText("connected", new() { Exact = true })).ToBeVisibleAsync(); // by itself
        await Expect(page.GetByText("This token is not known.")).ToBeVisibleAsync();
        await Expect(page.GetByText("48,211 left out there")).ToBeVisibleAsync();

        var violations = (await PageAudit.ViolationsAsync(page)).Select(violation => $"{violation.Id}: {string.Join(' ', violation.Nodes.Select(node => node.Html))}");
        Assert.Empty(violations);
        await ShootAsync(page, "push-light");
        await page.SetViewportSizeAsync(375, 900);
        Assert.Equal(375, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        await ShootAsync(page, "push-phone");

        await page.SetViewportSizeAsync(1280, 900);
        await page.GetByRole(AriaRole.Button, new() { Name = "Revoke", Exact = true }).First.ClickAsync();
        await Expect(page.GetByText("revoked", new() { Exact = true })).ToBeVisibleAsync();
        window.AssertQuiet();
    }

    [Fact]
    public async Task Who_is_no_administrator_does_not_get_there()
    {
        await using var host = await BrowserHost.StartAsync(postgres, await redis.AddressAsync());
        await host.AddUserAsync("responder", AccessRole.Responder);
        await using var window = await browser.OpenAsync(host);
        await window.SignInAsync("responder");

        await window.Page.GotoAsync("/accounts/push");

        await Expect(window.Page.GetByRole(AriaRole.Heading, new() { Name = "Push" })).ToHaveCountAsync(0);
    }

    private static async Task ShootAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("SCREENSHOTS") is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = true });
        }
    }
}
