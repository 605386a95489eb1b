using DdocCost.App.Access;
using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Reprocess;
using DdocCost.Domain.Sources;
using DdocCost.Jobs.Reprocess;
using DdocCost.Tests.Sources;
using DdocCost.Tests.Support;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static DdocCost.Tests.Support.TrailRecords;
using static Microsoft.Playwright.Assertions;

namespace DdocCost.Tests.Archive;

/// <summary>The pages of the archive and of many accounts as a person meets them.</summary>
public sealed class ArchivePageTests(PostgresServer postgres, RedisServer redis, BrowserFixture browser)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_administrator_has_a_range_read_again_and_sees_what_became_of_it()
    {
        await using var host = await BrowserHost.StartAsync(postgres, await redis.AddressAsync(), "--Archive:KeepDays=400");
        await host.AddUserAsync("admin", AccessRole.Administrator);
        await host.Services.GetRequiredService<DdocCost.Domain.Ingestion.Intake>().TakeAsync(BrowserHost.Tenant, "test", [Delivery("a", Log(RunInstance(1)))], Stop);
        await host.StoreAsync(
            BrowserHost.Tenant, new ArchiveHealth { Id = "111122223333", CheckedAt = DateTimeOffset.UtcNow, Checked = 12, DigestsAt = DateTimeOffset.UtcNow, Digests = 48, LogFiles = 480 },
            new ArchiveHealth { Id = "444455556666", CheckedAt = DateTimeOffset.UtcNow, Checked = 9, Damaged = ["default/444455556666/2026/09/07/03/9f86d081884c7d659a2feaa0c55ad015.json.gz"] },
            new ArchiveRetention { RanAt = DateTimeOffset.UtcNow, Deleted = [new DeletedDay("111122223333", new DateOnly(2025, 9, 7), 288, 4_200_000, DateTimeOffset.UtcNow)] });
        await using var window = await browser.OpenAsync(host, width: 375);
        await window.SignInAsync("admin");
        var page = window.Page;

        await page.GotoAsync("/archive");
        await Expect(page.GetByText("400 days")).ToBeVisibleAsync();
        await Expect(page.GetByText("missing or damaged")).ToBeVisibleAsync();
        await page.GetByLabel("From (UTC)").FillAsync("2026-09-01");
        await page.GetByLabel("To, that day included").FillAsync("2026-09-30");
        await page.GetByRole(AriaRole.Button, new() { Name = "Read again" }).ClickAsync();
        await Expect(page.GetByText("waits for a job server")).ToBeVisibleAsync();
        var run = await RunAsync(host);
        Assert.Equal((new DateTimeOffset(2026, 9, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 10, 1, 0, 0, 0, TimeSpan.Zero)), (run.From, run.To));
        await host.Services.GetRequiredService<ReprocessJob>().RunAsync(BrowserHost.Tenant, run.Id, Stop);
        await page.ReloadAsync();
        await Expect(page.GetByText("1 events, 0 cost something else, 1 new")).ToBeVisibleAsync();
        Assert.Empty((await PageAudit.ViolationsAsync(page)).Select(violation => $"{violation.Id}: {violation.Nodes[0].Html}"));
        Assert.False(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > innerWidth"), "wider than a phone");
        await ScreenshotAsync(page, "archive-phone");
        await page.SetViewportSizeAsync(1280, 900);
        await ScreenshotAsync(page, "archive");
        window.AssertQuiet();
    }

    [Fact]
    public async Task An_administrator_connects_accounts_from_a_list()
    {
        await using var host = await BrowserHost.StartAsync(postgres, await redis.AddressAsync());
        await host.AddUserAsync("admin", AccessRole.Administrator);
        await host.StoreAsync(BrowserHost.Tenant, SourceBench.With() with { Name = "Management" });
        await using var window = await browser.OpenAsync(host, dark: true, width: 375);
        await window.SignInAsync("admin");
        var page = window.Page;

        await page.GotoAsync("/accounts/many");
        await page.GetByLabel("Or a list").FillAsync("222233334444,Shop,ada@example.com,payments\n333344445555,Data\n111122223333,Management\nnonsense-1");
        await page.GetByRole(AriaRole.Button, new() { Name = "Read the list" }).ClickAsync();
        await Expect(page.GetByText("is no account number")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "All shown" }).ClickAsync();
        await Expect(page.GetByText("2 of 3 picked")).ToBeVisibleAsync();
        await page.GetByLabel("External id").FillAsync("our-word");
        Assert.Empty((await PageAudit.ViolationsAsync(page)).Select(violation => $"{violation.Id}: {violation.Nodes[0].Html}"));
        Assert.False(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > innerWidth"), "wider than a phone");
        await ScreenshotAsync(page, "many-phone-dark");
        await page.SetViewportSizeAsync(1280, 900);
        await ScreenshotAsync(page, "many-dark");
        await page.GetByRole(AriaRole.Button, new() { Name = "Connect 2 accounts" }).ClickAsync();
        await Expect(page.GetByText("2 connected. Their connection")).ToBeVisibleAsync();

        await using var session = host.Store.QuerySession(BrowserHost.Tenant);
        var shop = await session.LoadAsync<ConnectedAccount>("222233334444", Stop);
        Assert.Equal(("Shop", "ada@example.com", new RoleStep("arn:aws:iam::222233334444:role/ddoc-cost", "our-word")), (shop!.Name, shop.Owner, shop.Access.Roles.Single()));
        window.AssertQuiet();
    }

    private static async Task<ReprocessRun> RunAsync(BrowserHost host)
    {
        await using var session = host.Store.QuerySession(BrowserHost.Tenant);
        return await session.Query<ReprocessRun>().SingleAsync(Stop);
    }

    /// <summary>For whoever wants to look: <c>SCREENSHOTS</c> names a folder.</summary>
    private static async Task ScreenshotAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("SCREENSHOTS") is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = true });
        }
    }
}
