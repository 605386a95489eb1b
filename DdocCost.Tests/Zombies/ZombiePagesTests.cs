using DdocCost.App.Access;
using DdocCost.App.Zombies;
using DdocCost.Domain.Audit;
using DdocCost.Domain.Sources;
using DdocCost.Domain.Storage;
using DdocCost.Domain.Zombies;
using DdocCost.Jobs.Zombies;
using DdocCost.Tests.Support;
using DdocCost.Tests.Support.AwsEmulator;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DdocCost.Tests.Zombies;

/// <summary>The pages of the hunt, filled by real scans of an emulated account.</summary>
public sealed class ZombiePagesTests(PostgresServer postgres, RedisServer redis, BrowserFixture browser)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_person_sees_what_was_found_keeps_some_of_it_and_reads_why()
    {
        await using var aws = await AwsEmulator.StartAsync();
        await using var host = await BrowserHost.StartAsync(postgres, await redis.AddressAsync(), $"--AWS_ENDPOINT_URL={aws.Url}", "--Aws:FirstPause=00:00:00.001");
        await host.AddUserAsync("admin", AccessRole.Administrator);
        await using var window = await browser.OpenAsync(host);
        await window.SignInAsync("admin");
        var page = window.Page;

        await page.GotoAsync("/zombies");
        await Expect(page.GetByText("No AWS account is connected yet")).ToBeVisibleAsync();
        await LookAsync(page, "empty");

        var account = aws.Add("111122220001", "eu-west-1").Plant();
        aws.Fault = call => call.Name == "ecs:ListClusters" ? StandInAnswer.Error(400, "AccessDeniedException", "no") : null;
        await ScanTwiceAsync(host, account);
        await page.GotoAsync("/zombies");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "db-idle", Exact = true })).ToBeVisibleAsync();
        await Expect(page.GetByText("vol-used")).ToHaveCountAsync(0);
        await AuditAsync(page);
        await LookAsync(page, "list");

        await page.GetByLabel("Choose db-idle").CheckAsync();
        await page.GetByLabel("Why").FillAsync("Kept for the audit in June");
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep", Exact = true }).ClickAsync();
        await Expect(page.GetByText("1 kept until")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "db-idle", Exact = true })).ToHaveCountAsync(0);
        await using (var session = host.Store.QuerySession(BrowserHost.Tenant))
        {
            Assert.Equal(FindingState.Kept, (await session.Query<ZombieFinding>().SingleAsync(finding => finding.ResourceId == "db-idle", Stop)).State);
            Assert.Equal("zombie.keep", Assert.Single(await session.Query<AuditEntry>().ToListAsync(Stop)).Action);
        }

        await page.GotoAsync("/zombies?q=i-idle");
        await page.GetByRole(AriaRole.Link, new() { Name = "i-idle", Exact = true }).ClickAsync();
        await Expect(page.GetByText("aws ec2 stop-instances --region eu-west-1 --instance-ids i-idle")).ToBeVisibleAsync();
        await Expect(page.GetByText("two scans in a row agree")).ToBeVisibleAsync();
        await AuditAsync(page);
        await LookAsync(page, "finding");

        await page.GotoAsync("/zombies/rules?q=EC2-01");
        await page.GetByText("Idle EC2 instance", new() { Exact = true }).ClickAsync();
        await page.GetByLabel("cpu (%)").FillAsync("7");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).First.ClickAsync();
        await Expect(page.GetByText("EC2-01 is saved")).ToBeVisibleAsync();
        await Expect(page.GetByText("peak CPU stayed below 7 %")).ToBeVisibleAsync();
        await AuditAsync(page);
        await LookAsync(page, "rules");

        await page.GotoAsync("/zombies/scans");
        await Expect(page.GetByText("2 parts").First).ToBeVisibleAsync();
        await page.GetByText("2 parts").First.ClickAsync();
        await Expect(page.GetByText("no permission for ecs:ListClusters").First).ToBeVisibleAsync();
        await AuditAsync(page);
        await LookAsync(page, "scans");
        window.AssertQuiet();
    }

    [Fact]
    public void A_line_of_the_export_holds_no_formula()
    {
        var finding = new ZombieFinding
        {
            Id = "x", RuleId = "EBS-01", Title = "t", Service = "EBS", AccountId = "1", Region = "r", ResourceKind = "ec2:volume", ResourceId = "=cmd|'/C calc'!A0", Name = "@SUM(1)", State = FindingState.Confirmed,
            FirstSeenAt = DateTimeOffset.UnixEpoch, LastSeenAt = DateTimeOffset.UnixEpoch, IdleSince = DateTimeOffset.UnixEpoch, Sureness = Sureness.High, Criterion = "c", Saving = Saving.None,
        };

        var line = ZombieEndpoints.Line(finding, DateTimeOffset.UnixEpoch);

        Assert.Contains("\"'=cmd|'/C calc'!A0\"", line, StringComparison.Ordinal);
        Assert.Contains("\"'@SUM(1)\"", line, StringComparison.Ordinal);
    }

    private static async Task ScanTwiceAsync(BrowserHost host, EmulatedAccount account)
    {
        var box = host.Services.GetRequiredService<ISecretBox>();
        await host.StoreAsync(BrowserHost.Tenant, new HuntSettings { BetweenSightings = TimeSpan.Zero });
        await host.StoreAsync(BrowserHost.Tenant, new ConnectedAccount
        {
            Id = "one", AccountId = account.Id, Name = "Shop", Regions = ["eu-west-1"], ConnectedAt = DateTimeOffset.UnixEpoch,
            Access = new AwsAccess { AccessKeys = [new SealedAccessKey(account.AccessKeyId, box.Protect(SealedAccessKey.Purpose, "stand-in-secret"), DateTimeOffset.UnixEpoch)] },
        });
        var hunt = host.Services.GetRequiredService<AccountHunt>();
        for (var scan = 1; scan <= 2; scan++)
        {
            await host.StoreAsync(BrowserHost.Tenant, new HuntRun { Id = $"{account.Id}-{scan}", AccountId = account.Id, AccountName = "Shop", ConnectionId = "one", StartedAt = DateTimeOffset.UtcNow, AskedBy = "test" });
            await hunt.RunAsync(BrowserHost.Tenant, $"{account.Id}-{scan}", Stop);
        }
    }

    private static async Task AuditAsync(IPage page)
    {
        var violations = await PageAudit.ViolationsAsync(page);
        Assert.True(violations.Count == 0, string.Join('\n', violations.Select(violation => $"{violation.Id}: {violation.Help}: {string.Join(", ", violation.Nodes.Select(node => node.Html))}")));
    }

    /// <summary>Leaves pictures where DDOC_LOOK names a folder: light, dark, phone.</summary>
    private static async Task LookAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("DDOC_LOOK") is not { Length: > 0 } folder)
            return;
        foreach (var (dark, width) in new[] { (false, 1280), (true, 1280), (false, 375) })
        {
            await page.SetViewportSizeAsync(width, 900);
            await page.EmulateMediaAsync(new() { ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light });
            await page.WaitForTimeoutAsync(300);
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}-{(dark ? "dark" : "light")}-{width}.png"), FullPage = true });
        }

        await page.SetViewportSizeAsync(1280, 900);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
    }
}
