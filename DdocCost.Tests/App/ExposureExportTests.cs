using DdocCost.App.Exposure;
using DdocCost.App.Overview;
using DdocCost.App.Shell;
using DdocCost.Domain.Pricing;
using DdocCost.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DdocCost.Tests.App;

/// <summary>What runs and what is covered, on the pages and as files.</summary>
public sealed class ExposureExportTests(PostgresServer postgres, RedisServer redis, BrowserFixture browser)
{
    private const string Formula = "=HYPERLINK(\"http://evil\")";

    [Theory]
    [InlineData(null, "")]
    [InlineData("i-0123", "i-0123")]
    [InlineData("0.5", "0.5")]
    [InlineData("-0.5", "-0.5")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData("=1+1", "\"'=1+1\"")]
    [InlineData("+49", "+49")]
    [InlineData("+cmd|' /C calc'!A0", "\"'+cmd|' /C calc'!A0\"")]
    [InlineData("-2+3", "\"'-2+3\"")]
    [InlineData("@SUM(A1)", "\"'@SUM(A1)\"")]
    [InlineData("\t=1", "\"'\t=1\"")]
    public void A_cell_is_never_taken_for_a_formula(string? value, string expected) => Assert.Equal(expected, Csv.Cell(value));

    [Fact]
    public async Task What_runs_is_found_by_region_and_tag_and_its_course_by_service()
    {
        await using var host = await StartAsync();
        await host.StoreAsync(
            BrowserHost.Tenant,
            Some.Running("i-1", usdPerHour: 10) with { Tags = new Dictionary<string, string> { ["team"] = "web" } }, Some.Running("i-2", usdPerHour: 5, region: "eu-west-1"),
            Some.Running("db-1", type: "rds:db", usdPerHour: 2, service: "rds"), Some.Running("i-3", usdPerHour: 0) with { PausedAt = Some.Now },
            Some.Hour(new DateTimeOffset(DateTime.UtcNow.Date, TimeSpan.Zero).AddDays(-1), 1, 1, service: "rds"));
        var reader = host.Services.GetRequiredService<ExposureReader>();

        Assert.Equal(["i-1", "i-2", "db-1"], await IdsAsync());
        Assert.Equal(["i-2"], await IdsAsync(region: "eu-west-1"));
        Assert.Equal(["i-1"], await IdsAsync(tag: "team=web"));
        Assert.Equal(["i-1"], await IdsAsync(tag: "team"));
        Assert.Empty(await IdsAsync(tag: "team=' or 1=1 --"));
        var course = (await ReadAsync(service: "rds")).Course!;
        Assert.Equal((1m, 2m), (course[0].Value, course[^1].Value));
        Assert.Null((await ReadAsync(tag: "team")).Course);

        async Task<IEnumerable<string>> IdsAsync(string? region = null, string? tag = null) => (await ReadAsync(region, tag: tag)).Resources.Items.Select(resource => resource.ResourceId);

        Task<ExposureView> ReadAsync(string? region = null, string? service = null, string? tag = null) => reader.ReadAsync(
            Sight.OfAll(BrowserHost.Tenant), ExposureFilter.Of(null, region, service, null, tag, null, null, null), OverviewPeriod.Of("7d"), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task People_take_what_they_see_away_as_a_file_and_nobody_else_does()
    {
        await using var host = await StartAsync();
        await host.AddUserAsync("viewer", AccessRole.Viewer);
        await host.StoreAsync(
            BrowserHost.Tenant, Some.Running("i-1", usdPerHour: 10) with { Tags = new Dictionary<string, string> { ["Name"] = Formula } }, Some.Running("vol-1", type: "ec2:volume", usdPerHour: null));
        await host.StoreAsync("another", Some.Running("i-secret"));
        await using var window = await browser.OpenAsync(host);
        Assert.Equal(401, (await window.Page.APIRequest.GetAsync("/exposure/export?format=csv")).Status);
        await window.SignInAsync("viewer");

        var csv = await (await window.Page.APIRequest.GetAsync("/exposure/export?format=csv")).TextAsync();
        var json = await (await window.Page.APIRequest.GetAsync("/exposure/export?format=jsonl&q=volume")).TextAsync();

        var lines = csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("\uFEFFaccount,region,service,type,resource,", lines[0], StringComparison.Ordinal);
        Assert.Equal(3, lines.Length);
        Assert.StartsWith("111122223333,sa-east-1,ec2,ec2:instance,i-1,g5.48xlarge,1,alice,role/Developer/alice,", lines[1], StringComparison.Ordinal);
        Assert.Contains(",\"Name==HYPERLINK(\"\"http://evil\"\")\"", lines[1], StringComparison.Ordinal);
        Assert.Equal("vol-1", System.Text.Json.JsonElement.Parse(json).GetProperty("resourceId").GetString());
        Assert.Equal(400, (await window.Page.APIRequest.GetAsync("/exposure/export?format=xlsx")).Status);
    }

    [Fact]
    public async Task Coverage_shows_what_has_no_price_with_its_record_the_age_of_the_prices_and_lets_administrators_go_back()
    {
        await using var host = await StartAsync();
        await host.AddUserAsync("owner", AccessRole.Administrator);
        await host.StoreAsync(BrowserHost.Tenant, Some.Event(usdPerHour: null), Some.Event(usdPerHour: null), Some.Event(usdPerHour: 26.06m));
        await host.StoreAsync("another", Some.Event(usdPerHour: null));
        var store = host.Services.GetRequiredService<Domain.Pricing.Refresh.PriceStore>();
        var version = await store.BeginAsync(TestContext.Current.CancellationToken);
        await store.KeepAsync(
            version, "1 of 1 files taken over", new() { Parts = [], Rows = 1, BiggestMoves = [new("ec2:m5.large:eu-west-1", 0.107m, 0.1m, "hour")] },
            [PriceBook.Embedded.ListedThere("ec2", "m5.large", "eu-west-1")! with { Usd = 0.1m, Source = "aws price list" }], TestContext.Current.CancellationToken);
        await using var window = await browser.OpenAsync(host);
        await window.SignInAsync("owner");

        await window.Page.GotoAsync("/coverage", new() { WaitUntil = WaitUntilState.DOMContentLoaded }); // what is asserted below is waited for

        await Expect(window.Page.GetByText("33.3 %")).ToBeVisibleAsync();
        var group = window.Page.Locator("section", new() { Has = window.Page.GetByRole(AriaRole.Heading, new() { Name = "Unpriced events seen" }) });
        await Expect(group.GetByText("no price is known for this size")).ToBeVisibleAsync();
        await group.GetByRole(AriaRole.Button, new() { Name = "RunInstances" }).ClickAsync();
        await Expect(group.GetByText("This record was not kept in the archive.")).ToBeVisibleAsync();
        await Expect(window.Page.GetByText("in use", new() { Exact = true })).ToHaveCountAsync(1);
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Use this one" }).ClickAsync();
        await Expect(window.Page.GetByText("The embedded prices are used from the next event on.")).ToBeVisibleAsync();
        Assert.Equal(0, await store.VersionInUseAsync(TestContext.Current.CancellationToken));
        window.AssertQuiet();
    }

    [Fact]
    public async Task Another_tenants_administrator_neither_renews_the_installations_prices_nor_reads_where_its_files_lie()
    {
        await using var host = await StartAsync();
        await host.AddUserAsync("guest", AccessRole.Administrator, "another");
        await host.AddUserAsync("owner", AccessRole.Administrator);
        var place = host.Services.GetRequiredService<Domain.Ingestion.IArchiveInventory>().Place;
        var store = host.Services.GetRequiredService<Domain.Pricing.Refresh.PriceStore>();
        await store.KeepAsync(
            await store.BeginAsync(TestContext.Current.CancellationToken), "1 of 1 files taken over", new() { Parts = [], Rows = 1, BiggestMoves = [] },
            [PriceBook.Embedded.ListedThere("ec2", "m5.large", "eu-west-1")! with { Usd = 0.1m, Source = "aws price list" }], TestContext.Current.CancellationToken);

        foreach (var (name, isOperator) in new[] { ("owner", true), ("guest", false) })
        {
            await using var window = await browser.OpenAsync(host);
            await window.SignInAsync(name);
            await window.Page.GotoAsync("/coverage");
            await Expect(window.Page.GetByText("1 of 1 files taken over")).ToBeVisibleAsync();
            await Expect(window.Page.GetByRole(AriaRole.Button, new() { Name = "Use this one" })).ToHaveCountAsync(isOperator ? 1 : 0);
            foreach (var (address, shown) in new[] { ("/archive", "Room left"), ("/system", "Raw archive") })
            {
                await window.Page.GotoAsync(address);
                await Expect(window.Page.GetByText(shown)).ToBeVisibleAsync();
                await Expect(window.Page.GetByText(place)).ToHaveCountAsync(isOperator ? 1 : 0);
            }
        }
    }

    private async Task<BrowserHost> StartAsync() => await BrowserHost.StartAsync(postgres, await redis.AddressAsync());
}
