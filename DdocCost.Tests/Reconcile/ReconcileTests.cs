using System.Net;
using System.Text.Json;
using DdocCost.App.Reconcile;
using DdocCost.Domain.Audit;
using DdocCost.Domain.Reconcile;
using DdocCost.Domain.Zombies;
using DdocCost.Tests.App;
using DdocCost.Tests.Support;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DdocCost.Tests.Reconcile;

/// <summary>Bills beside estimates, from file to page, on a real database.</summary>
public sealed class ReconcileTests(PostgresServer postgres, RedisServer redis, BrowserFixture browser)
{
    private const string Hidden = "444455556666";
    private static readonly DateOnly March = new(2026, 3, 1);

    // i-1 runs all of March at 1 USD/h by our estimate, i-2 at 2 USD/h; both are billed at three quarters of it.
    private static readonly string[] Lines =
    [
        .. Enumerable.Range(1, 31).SelectMany(day => new[] { Bills.Report("i-1", usd: 18, list: 24, day: day), Bills.Report("arn:aws:ec2:sa-east-1:111122223333:instance/i-2", usd: 36, list: 48, day: day) }),
        Bills.Report("bucket", usd: 5, product: "AmazonS3"), Bills.Report("", usd: 9, type: "Tax"), Bills.Report("i-far", usd: 70, account: Hidden), Bills.Report("i-unknown", usd: 50, account: "777788889999"), "broken,line",
    ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_same_files_count_once_and_newer_ones_replace_their_month()
    {
        await using var host = await StartAsync();
        var file = Bills.File(Bills.ReportHeader, Lines);

        var first = await ImportAsync(host, file);
        var again = await ImportAsync(host, file);
        var before = await ReadAsync(host);
        var april = await ImportAsync(host, Bills.File(Bills.ReportHeader, Bills.Report("i-1", usd: 20, month: 4)));
        var packed = await ImportAsync(host, Bills.Gzip(Bills.File(Bills.ReportHeader, Lines.Take(62).Append(Bills.Report("bucket", usd: 6, product: "AmazonS3")))));
        var after = await ReadAsync(host);

        Assert.Equal((false, true, false, false), (first.IsKnown, again.IsKnown, april.IsKnown, packed.IsKnown));
        Assert.Equal((1L, 66L), (first.Tally.Refused, first.Tally.Lines));
        Assert.Equal((31 * 54m) + 5, before.Total.BilledUsd);
        Assert.Equal((31 * 54m) + 6, after.Total.BilledUsd);
        Assert.Equal([March.AddMonths(1), March], after.Periods);
        Assert.Equal((120m, 9m, 0m, 0m), (before.UnwatchedUsd, before.OtherUsd, after.UnwatchedUsd, after.OtherUsd));
        await using var session = host.Store.QuerySession(BrowserHost.Tenant);
        Assert.Equal(3, await session.Query<AuditEntry>().CountAsync(entry => entry.Action == "bill.import", Stop));
    }

    [Fact]
    public async Task A_service_shows_estimate_bill_error_and_the_factor_that_they_teach()
    {
        await using var host = await StartAsync();
        await ImportAsync(host, Bills.File(Bills.ReportHeader, Lines));
        var view = await ReadAsync(host);
        var resources = await host.Services.GetRequiredService<ReconcileReader>().ResourcesAsync(Sight.OfAll(BrowserHost.Tenant), March, "ec2", 1, Stop);

        var ec2 = view.Services[0];
        Assert.Equal(("ec2", 31 * 72m, 31 * 54m, 31 * 72m, 31 * 18m), (ec2.Service, ec2.EstimatedUsd, ec2.BilledUsd, ec2.ListUsd, ec2.DifferenceUsd));
        Assert.Equal(1.0 / 3, ec2.Error!.Value, 9);
        Assert.Equal((0.75, 2L), (Math.Round(ec2.Factor!.Factor, 9), ec2.Factor.Resources));
        Assert.Equal(ec2.BilledUsd, Math.Round(ec2.NetUsd!.Value, 4));
        Assert.Null(view.Services.Single(one => one.Service == "s3").Factor);
        Assert.Equal([("arn:aws:ec2:sa-east-1:111122223333:instance/i-2", 31 * 48m, 31 * 36m), ("i-1", 31 * 24m, 31 * 18m)], resources.Select(one => (one.ResourceId, one.EstimatedUsd, one.BilledUsd)));
        Assert.Equal(31, view.Days.Count);
        Assert.Equal((72m, 54m), (view.Days[9].EstimatedUsd, view.Days[9].BilledUsd));
    }

    [Fact]
    public async Task The_last_day_of_a_bill_that_still_grows_is_not_compared()
    {
        await using var host = await StartAsync();
        await ImportAsync(host, Bills.File(Bills.ReportHeader, Bills.Report("i-1", usd: 18, day: 1), Bills.Report("i-1", usd: 18, day: 2), Bills.Report("i-1", usd: 3, day: 3)));

        var view = await ReadAsync(host);

        Assert.Equal((2 * 72m, 36m), (view.Total.EstimatedUsd, view.Total.BilledUsd));
    }

    [Fact]
    public async Task A_file_that_is_no_bill_changes_nothing()
    {
        await using var host = await StartAsync();
        await ImportAsync(host, Bills.File(Bills.ReportHeader, Lines));

        await Assert.ThrowsAsync<BillUnreadableException>(() => ImportAsync(host, Bills.File(Bills.ReportHeader, "all,broken")));
        await Assert.ThrowsAsync<BillUnreadableException>(() => host.Services.GetRequiredService<BillImport>().RunAsync(
            BrowserHost.Tenant, [Bills.Part(Bills.File(Bills.ReportHeader, Bills.Report(usd: 1000))), Bills.Part([1, 2, 3])], new Speaker("test", Mouth.Command), null, Stop));

        Assert.Equal((31 * 54m) + 5, (await ReadAsync(host)).Total.BilledUsd);
    }

    [Fact]
    public async Task People_see_only_the_accounts_and_the_tenant_that_are_theirs()
    {
        await using var host = await StartAsync();
        await host.StoreAsync(BrowserHost.Tenant, Some.Running("i-far", usdPerHour: 1) with { Id = $"{Hidden}/x", AccountId = Hidden, Since = new(2026, 2, 1, 0, 0, 0, TimeSpan.Zero) });
        await ImportAsync(host, Bills.File(Bills.ReportHeader, Lines));
        using var all = await host.ApiClientAsync(AccessRole.Viewer);
        using var restricted = await host.ApiClientAsync(AccessRole.Viewer, accounts: [Some.Account]);
        using var other = await host.ApiClientAsync(AccessRole.Administrator, "another");

        Assert.Equal((31 * 54m) + 5 + 70, await BilledAsync(all));
        Assert.Equal((31 * 54m) + 5, await BilledAsync(restricted));
        Assert.Equal(0, await BilledAsync(other));
        Assert.Contains(Hidden, await all.GetStringAsync("/api/v1/reconcile/2026-03/ec2", Stop), StringComparison.Ordinal);
        Assert.DoesNotContain(Hidden, await restricted.GetStringAsync("/api/v1/reconcile/2026-03/ec2", Stop), StringComparison.Ordinal);
        Assert.Empty((await ReadAsync(host, new Sight(BrowserHost.Tenant, [Some.Account]))).Bills);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.BadRequest), ((await all.GetAsync("/api/v1/reconcile?month=2020-01", Stop)).StatusCode, (await all.GetAsync("/api/v1/reconcile?month=soon", Stop)).StatusCode));

        static async Task<decimal> BilledAsync(HttpClient client) => JsonElement.Parse(await client.GetStringAsync("/api/v1/reconcile", Stop)).GetProperty("billedUsd").GetDecimal();
    }

    [Fact]
    public async Task Zombies_learn_from_a_recent_bill_what_their_resources_are_billed()
    {
        await using var host = await StartAsync();
        var today = DateTime.UtcNow.Date;
        var days = Enumerable.Range(0, 16).Select(back => today.AddDays(-back)).Select(day => Bills.Report("vol-1", usd: 2, month: day.Month, day: day.Day).Replace("2026-", $"{day.Year}-", StringComparison.Ordinal));
        await ImportAsync(host, Bills.File(Bills.ReportHeader, days));
        var bills = host.Services.GetServices<IBilledCosts>().OfType<ImportedBills>().Single();

        var billed = await bills.ReadAsync(BrowserHost.Tenant, Some.Account, Stop);

        Assert.Equal((28m, 14), billed!.ByResource["vol-1"]);
        Assert.Null(await bills.ReadAsync(BrowserHost.Tenant, Hidden, Stop));
        Assert.Null(await bills.ReadAsync("another", Some.Account, Stop));
    }

    [Fact]
    public async Task An_administrator_uploads_a_bill_and_looks_into_a_service()
    {
        await using var host = await StartAsync();
        await host.AddUserAsync("owner", AccessRole.Administrator);
        await using var window = await browser.OpenAsync(host);
        await window.SignInAsync("owner");
        var page = window.Page;
        await page.GotoAsync("/reconcile", new() { WaitUntil = WaitUntilState.DOMContentLoaded });
        await Expect(page.GetByText("No bill was imported yet")).ToBeVisibleAsync();
        await AuditAsync(page);
        await LookAsync(page, "empty");

        var upload = page.GetByLabel("Files of one month's bill, CSV, gzip or Parquet");
        await upload.SetInputFilesAsync(new FilePayload { Name = "march.csv.gz", MimeType = "application/gzip", Buffer = Bills.Gzip(Bills.File(Bills.ReportHeader, Lines)) });
        await Expect(page.GetByText("66 lines of 2026-03 imported; 1 lines were malformed")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "ec2", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Resources of ec2" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Show estimates net" }).ClickAsync();
        await Expect(page.GetByText("no factor: list price")).ToBeVisibleAsync();
        await LookAsync(page, "month");
    }

    private async Task<BrowserHost> StartAsync()
    {
        var host = await BrowserHost.StartAsync(postgres, await redis.AddressAsync());
        var since = new DateTimeOffset(2026, 2, 1, 0, 0, 0, TimeSpan.Zero);
        await host.StoreAsync(BrowserHost.Tenant, Some.Running("i-1", usdPerHour: 1) with { Since = since }, Some.Running("i-2", usdPerHour: 2) with { Since = since });
        return host;
    }

    private static Task<BillOutcome> ImportAsync(BrowserHost host, byte[] file) =>
        host.Services.GetRequiredService<BillImport>().RunAsync(BrowserHost.Tenant, [Bills.Part(file)], new Speaker("test", Mouth.Command), null, Stop);

    private static Task<ReconcileView> ReadAsync(BrowserHost host, Sight? sight = null) =>
        host.Services.GetRequiredService<ReconcileReader>().ReadAsync(sight ?? Sight.OfAll(BrowserHost.Tenant), March, Stop);

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
        foreach (var (dark, width) in new[] { (false, 1280), (true, 1280), (false, 375), (true, 375) })
        {
            await page.SetViewportSizeAsync(width, 900);
            await page.EmulateMediaAsync(new() { ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light });
            await page.WaitForTimeoutAsync(300);
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"reconcile-{name}-{(dark ? "dark" : "light")}-{width}.png"), FullPage = true });
        }

        await page.SetViewportSizeAsync(1280, 900);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
    }
}
