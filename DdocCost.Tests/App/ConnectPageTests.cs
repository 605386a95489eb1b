using DdocCost.App.Access;
using DdocCost.Domain.Sources;
using DdocCost.Tests.Support;
using Marten;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DdocCost.Tests.App;

/// <summary>Connecting an account step by step, on a phone, against AWS at an address of the test's.</summary>
public sealed class ConnectPageTests(PostgresServer postgres, RedisServer redis, BrowserFixture browser)
{
    private const string Account = Some.Account;

    [Fact]
    public async Task An_administrator_comes_from_an_account_number_to_the_first_priced_resource()
    {
        await using var aws = await AwsStandIn.StartAsync();
        aws.Answers["sts:GetCallerIdentity"] = _ => StandInAnswer.Xml($"""
            <GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>arn:aws:iam::{Account}:user/ddoc</Arn>
            <UserId>AIDA</UserId><Account>{Account}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>
            """);
        aws.Answers["cloudtrail:LookupEvents"] = _ => StandInAnswer.Error(400, "AccessDeniedException", "User: arn:aws:iam::1:user/u is not authorized to perform: cloudtrail:LookupEvents");
        await using var host = await BrowserHost.StartAsync(postgres, await redis.AddressAsync(), $"--AWS_ENDPOINT_URL={aws.Url}");
        await host.AddUserAsync("admin", AccessRole.Administrator);
        await using var window = await browser.OpenAsync(host, width: 375);
        await window.SignInAsync("admin");
        var page = window.Page;

        await page.GetByRole(AriaRole.Link, new() { Name = "Connect AWS, step by step" }).ClickAsync();
        await page.GetByLabel("Account number").FillAsync(Account);
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Production");
        await page.GetByLabel("Regions").FillAsync("Frankfurt");
        await page.GetByLabel("An access key").CheckAsync();
        await LookAsync(page, "connect-1");
        await NextAsync(page);
        await Expect(page.GetByText("'Frankfurt' is no region")).ToBeVisibleAsync();
        await page.GetByLabel("Regions").FillAsync("eu-west-1");
        await NextAsync(page);

        await page.GetByLabel("LookupEvents").First.CheckAsync();
        await LookAsync(page, "connect-2");
        await NextAsync(page);

        await Expect(page.Locator("#connect-file-1")).ToContainTextAsync("cloudtrail:LookupEvents");
        await LookAsync(page, "connect-3");
        await page.ReloadAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "3. Permissions" })).ToBeVisibleAsync();
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Download ddoc-cost.cloudformation.json" }).ClickAsync());
        Assert.Contains("AWS::IAM::ManagedPolicy", await File.ReadAllTextAsync(await download.PathAsync(), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await NextAsync(page);

        await page.GetByLabel("Access key id").FillAsync("AKIASTANDIN000000001");
        await page.GetByLabel("Secret access key").FillAsync("stand-in-secret");
        await page.GetByRole(AriaRole.Button, new() { Name = "Test the connection" }).ClickAsync();
        await Expect(page.GetByText("This policy would grant it")).ToBeVisibleAsync();
        await LookAsync(page, "connect-4");
        aws.Answers["cloudtrail:LookupEvents"] = _ => StandInAnswer.Json(new { Events = Array.Empty<object>() });
        await page.GetByRole(AriaRole.Button, new() { Name = "Test again" }).ClickAsync();
        await Expect(page.GetByText("Everything that is needed works.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Connect", Exact = true }).ClickAsync();

        await Expect(page.GetByText("Waiting")).ToHaveCountAsync(2);
        Assert.DoesNotContain("stand-in-secret", await page.EvaluateAsync<string>("JSON.stringify(localStorage)") + await page.ContentAsync(), StringComparison.Ordinal);
        await host.StoreAsync(BrowserHost.Tenant, new SourceStatus
        {
            Id = $"{Account}/history", CheckedAt = DateTimeOffset.UtcNow, State = SourceState.CatchingUp, Progress = "Day 12 of 90 days.",
        });
        await Expect(page.GetByText("Day 12 of 90 days.")).ToBeVisibleAsync();
        await host.StoreAsync(BrowserHost.Tenant, Some.Event(caseId: null));
        await Expect(page.GetByText("Priced", new() { Exact = true })).ToBeVisibleAsync();
        await LookAsync(page, "connect-5");
        await using var session = host.Store.QuerySession(BrowserHost.Tenant);
        var stored = await session.LoadAsync<ConnectedAccount>(Account, TestContext.Current.CancellationToken);
        Assert.IsType<TrailSource.EventLookup>(Assert.Single(stored!.Sources));
        window.AssertQuiet();
    }

    private static Task NextAsync(IPage page) => page.GetByRole(AriaRole.Button, new() { Name = "Next" }).ClickAsync();

    /// <summary>Audits a step; for whoever wants to look, <c>SCREENSHOTS</c> names a folder.</summary>
    private static async Task LookAsync(IPage page, string name)
    {
        Assert.Empty((await PageAudit.ViolationsAsync(page)).Select(violation => $"{name}: {violation.Id}: {violation.Nodes[0].Html}"));
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"{name} is wider than the window");
        if (Environment.GetEnvironmentVariable("SCREENSHOTS") is { Length: > 0 } folder)
        {
            foreach (var (width, scheme) in ((int, ColorScheme)[])[(1280, ColorScheme.Light), (1280, ColorScheme.Dark), (375, ColorScheme.Dark), (375, ColorScheme.Light)])
            {
                await page.SetViewportSizeAsync(width, 900);
                await page.EmulateMediaAsync(new() { ColorScheme = scheme });
                await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}-{width}-{scheme}.png"), FullPage = true });
            }
        }
    }
}
