using DdocCost.App.Access;
using DdocCost.Domain.Sources;
using DdocCost.Tests.Support;
using Marten;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DdocCost.Tests.App;

/// <summary>The page of accounts as a person meets it, against a real S3 and SQS server.</summary>
public sealed class AccountsPageTests(PostgresServer postgres, RedisServer redis, AwsServer aws, BrowserFixture browser)
{
    private const string Account = "000000000000"; // what the server's STS says we are

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_administrator_connects_an_account_adds_a_source_tests_pauses_and_removes_it()
    {
        var url = await aws.UrlAsync();
        var queue = await aws.NewQueueAsync();
        await using var host = await BrowserHost.StartAsync(postgres, await redis.AddressAsync(), $"--AWS_ENDPOINT_URL={url}");
        await host.AddUserAsync("admin", AccessRole.Administrator);
        await using var window = await browser.OpenAsync(host, width: 375);
        await window.SignInAsync("admin");
        var page = window.Page;

        await page.GotoAsync("/accounts");
        await page.GetByRole(AriaRole.Button, new() { Name = "Connect an account" }).ClickAsync();
        await page.GetByLabel("Account number").FillAsync(Account);
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Production");
        await page.GetByLabel("Regions").FillAsync("Frankfurt");
        await page.GetByLabel("Access key id").FillAsync("AKIAIOSFODNN7EXAMPLE");
        await page.GetByLabel("Secret access key").FillAsync("do-not-show-this");
        await page.GetByRole(AriaRole.Button, new() { Name = "Connect", Exact = true }).ClickAsync();
        await Expect(page.GetByText("'Frankfurt' is no region")).ToBeVisibleAsync();
        await page.GetByLabel("Regions").FillAsync("eu-west-1");
        await page.GetByRole(AriaRole.Button, new() { Name = "Connect", Exact = true }).ClickAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Add a source" }).ClickAsync();
        await page.GetByLabel("Queue URL").FillAsync(queue);
        await page.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Test the connection" }).ClickAsync();
        await Expect(page.GetByText("Receive from it")).ToBeVisibleAsync();
        await Expect(page.Locator(".checks .ill")).ToHaveCountAsync(0);
        Assert.Empty((await PageAudit.ViolationsAsync(page)).Select(violation => $"{violation.Id}: {violation.Nodes[0].Html}"));
        await ScreenshotAsync(page, "accounts");

        await page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        await Expect(page.GetByText("paused", new() { Exact = true })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Edit" }).ClickAsync();
        await Expect(page.GetByLabel("Secret access key")).ToHaveValueAsync("");
        Assert.DoesNotContain("do-not-show-this", await page.ContentAsync(), StringComparison.Ordinal);
        await ScreenshotAsync(page, "account-form");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Live");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = $"Live {Account}" })).ToBeVisibleAsync();
        var stored = await StoredAsync(host);
        Assert.Equal("AKIAIOSFODNN7EXAMPLE", Assert.Single(stored!.Access.AccessKeys).AccessKeyId);
        Assert.DoesNotContain("do-not-show-this", stored.Access.AccessKeys[0].SealedSecret, StringComparison.Ordinal);

        await page.GetByRole(AriaRole.Button, new() { Name = "Disconnect" }).ClickAsync();
        await Expect(page.GetByText("In AWS, remove the access key AKIAIOSFODNN7EXAMPLE")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Really disconnect it" }).ClickAsync();
        await Expect(page.GetByText("No AWS account is connected")).ToBeVisibleAsync();
        window.AssertQuiet();
    }

    [Fact]
    public async Task A_viewer_sees_how_sources_do_and_can_change_nothing()
    {
        await using var host = await BrowserHost.StartAsync(postgres, await redis.AddressAsync());
        await host.AddUserAsync("viewer", AccessRole.Viewer);
        var source = new TrailSource.TrailBucket { Bucket = "trail", Region = "eu-west-1" };
        var account = Sources.SourceBench.With(source) with { Name = "Production" };
        await host.StoreAsync(BrowserHost.Tenant, account, new SourceStatus
        {
            Id = account.IdOf(source), CheckedAt = DateTimeOffset.UtcNow, State = SourceState.Failing, Error = "AWS refuses kms:Decrypt; a policy has to allow it.",
            FailingSince = DateTimeOffset.UtcNow.AddMinutes(-5), Failures = 12,
        });
        await using var window = await browser.OpenAsync(host, dark: true);
        await window.SignInAsync("viewer");

        await window.Page.GotoAsync("/accounts");

        await Expect(window.Page.GetByText("AWS refuses kms:Decrypt")).ToBeVisibleAsync();
        await Expect(window.Page.GetByText("12 times")).ToBeVisibleAsync();
        await Expect(window.Page.GetByRole(AriaRole.Button, new() { Name = "Pause" })).ToHaveCountAsync(0);
        await Expect(window.Page.GetByRole(AriaRole.Button, new() { Name = "Connect an account" })).ToHaveCountAsync(0);
        await ScreenshotAsync(window.Page, "accounts-dark");
        window.AssertQuiet();
    }

    private static async Task<ConnectedAccount?> StoredAsync(BrowserHost host)
    {
        await using var session = host.Store.QuerySession(BrowserHost.Tenant);
        return await session.LoadAsync<ConnectedAccount>(Account, Stop);
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
