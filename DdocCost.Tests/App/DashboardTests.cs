using DdocCost.App.Access;
using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Normalise;
using DdocCost.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DdocCost.Tests.App;

/// <summary>The dashboard as a person meets it: Chromium over Kestrel, PostgreSQL and Redis.</summary>
public sealed class DashboardTests(PostgresServer postgres, RedisServer redis, BrowserFixture browser)
{
    [Fact]
    public async Task The_first_visitor_with_the_setup_code_becomes_administrator_and_is_told_what_to_do_next()
    {
        await using var host = await StartAsync();
        await using var window = await browser.OpenAsync(host);
        var page = window.Page;

        await page.GotoAsync($"/setup?code={BrowserHost.SetupCode}");
        await page.GetByLabel("E-mail or name").FillAsync("owner@example.com");
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(BrowserHost.Password);
        await page.GetByLabel("Password, once more").FillAsync(BrowserHost.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Create administrator" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Nothing has been read yet" })).ToBeVisibleAsync();
        await Expect(page.GetByText("owner@example.com")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();
        await window.SignInAsync("owner@example.com");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Nothing has been read yet" })).ToBeVisibleAsync();
        window.AssertQuiet();
    }

    [Fact]
    public async Task A_case_that_any_process_tells_of_appears_on_the_open_overview_by_itself()
    {
        await using var host = await StartAsync();
        await host.AddUserAsync("viewer", AccessRole.Viewer);
        await host.StoreAsync(BrowserHost.Tenant, Some.Event(caseId: null), Some.Running(usdPerHour: 10));
        await using var window = await browser.OpenAsync(host);
        await window.SignInAsync("viewer");
        await Expect(window.Page.GetByTestId("exposure")).ToHaveTextAsync("$10.00");
        await Expect(window.Page.GetByText("Live", new() { Exact = true }).First).ToBeVisibleAsync();

        var news = Some.Case(id: "fresh", title: "bob made forty NAT gateways");
        await host.StoreAsync(BrowserHost.Tenant, news, Some.Running("i-0123456789abcdef1", usdPerHour: 15));
        await host.TellAsync(BrowserHost.Tenant, news);

        await Expect(window.Page.GetByText("bob made forty NAT gateways")).ToBeVisibleAsync();
        await Expect(window.Page.GetByTestId("exposure")).ToHaveTextAsync("$25.00");
        await Expect(window.Page.Locator("li.arrived")).ToHaveCountAsync(1);
        window.AssertQuiet();
    }

    [Fact]
    public async Task An_anomaly_page_shows_money_commands_numbers_cost_lines_and_the_raw_record()
    {
        await using var host = await StartAsync();
        await host.AddUserAsync("responder", AccessRole.Responder);
        var location = await ArchiveAsync(host, """{"Records":[{"eventVersion":"1.08","eventID":"e-0"},{"eventVersion":"1.08","eventSource":"ec2.amazonaws.com","eventName":"RunInstances","eventID":"e-1","awsRegion":"sa-east-1"}]}""", 1);
        await host.StoreAsync(BrowserHost.Tenant, Some.Case(running: "i-0123456789abcdef0"), Some.Running(), Some.Event(location: location));
        await using var window = await browser.OpenAsync(host);
        await window.SignInAsync("responder");
        var page = window.Page;

        await page.GotoAsync("/anomalies/case-1");

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "alice started 16 × g5.48xlarge in sa-east-1" })).ToBeVisibleAsync();
        await Expect(page.GetByText("$417.02/h", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(page.GetByText("aws ec2 stop-instances --region sa-east-1 --instance-ids i-0123456789abcdef0")).ToBeVisibleAsync();
        await Expect(page.GetByText("417 USD/h; usual 1.84 ± 2.1 USD/h from 412 observations; 197.7 deviations above").First).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "RunInstances" }).ClickAsync();
        await Expect(page.GetByText("ec2:g5.48xlarge:sa-east-1")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Show the raw record" }).ClickAsync();
        await Expect(page.GetByLabel("Raw CloudTrail record")).ToContainTextAsync("\"eventID\": \"e-1\"");

        await page.GetByRole(AriaRole.Button, new() { Name = "Acknowledge" }).ClickAsync();
        await Expect(page.GetByText("Acknowledged by responder")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Take it back" }).ClickAsync();
        await Expect(page.GetByText("Nobody has taken notice yet.")).ToBeVisibleAsync();
        await page.GetByLabel("Note", new() { Exact = true }).FillAsync("load test, ends at six");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add note" }).ClickAsync();
        await Expect(page.GetByText("load test, ends at six")).ToBeVisibleAsync();
        window.AssertQuiet();
    }

    [Fact]
    public async Task What_a_case_has_cost_goes_on_counting_in_the_browser()
    {
        await using var host = await StartAsync();
        await host.AddUserAsync("viewer", AccessRole.Viewer);
        await host.StoreAsync(BrowserHost.Tenant, Some.Case(usdPerHour: 3600 * 50));
        await using var window = await browser.OpenAsync(host);
        await window.SignInAsync("viewer");
        await window.Page.GotoAsync("/anomalies/case-1");

        var counter = window.Page.Locator("running-usd").First;
        var before = await counter.TextContentAsync();

        await Expect(counter).Not.ToHaveTextAsync(before!);
        window.AssertQuiet();
    }

    [Fact]
    public async Task Another_tenants_case_is_not_found()
    {
        await using var host = await StartAsync();
        await host.AddUserAsync("viewer", AccessRole.Viewer);
        await host.StoreAsync("somebody-else", Some.Case(id: "theirs", title: "their secret"));
        await using var window = await browser.OpenAsync(host);
        await window.SignInAsync("viewer");

        await window.Page.GotoAsync("/anomalies/theirs");

        await Expect(window.Page.GetByRole(AriaRole.Heading, new() { Name = "There is no such anomaly" })).ToBeVisibleAsync();
        Assert.DoesNotContain("their secret", await window.Page.ContentAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_Redis_the_page_says_so_and_still_shows_what_is_stored()
    {
        await using var host = await BrowserHost.StartAsync(postgres, $"127.0.0.1:{ServerProcess.FreePort()},connectTimeout=200");
        await host.AddUserAsync("viewer", AccessRole.Viewer);
        await host.StoreAsync(BrowserHost.Tenant, Some.Case());
        await using var window = await browser.OpenAsync(host);
        await window.SignInAsync("viewer");

        await Expect(window.Page.GetByText("Every 10 s: Redis is away").First).ToBeVisibleAsync();
        await host.StoreAsync(BrowserHost.Tenant, Some.Case(id: "later", title: "found by looking"));

        await Expect(window.Page.GetByText("found by looking")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_filter_is_in_the_address_and_survives_a_reload()
    {
        await using var host = await StartAsync();
        await host.AddUserAsync("viewer", AccessRole.Viewer);
        await host.StoreAsync(BrowserHost.Tenant, Some.Case(), Some.Case(id: "case-2", severity: DdocCost.Domain.Scoring.Severity.Info, title: "a quiet one"));
        await using var window = await browser.OpenAsync(host);
        await window.SignInAsync("viewer");
        await window.Page.GotoAsync("/anomalies");
        await Expect(window.Page.GetByText("a quiet one")).ToBeVisibleAsync();

        await window.Page.GetByLabel("Severity").SelectOptionAsync("critical");
        await Expect(window.Page.GetByText("a quiet one")).ToHaveCountAsync(0);
        Assert.Contains("severity=critical", window.Page.Url, StringComparison.Ordinal);
        await window.Page.ReloadAsync();

        await Expect(window.Page.GetByRole(AriaRole.Link, new() { Name = "alice started" })).ToBeVisibleAsync();
        await Expect(window.Page.GetByText("a quiet one")).ToHaveCountAsync(0);
        window.AssertQuiet();
    }

    [Fact]
    public async Task The_theme_follows_the_system_until_somebody_chooses_and_the_choice_is_remembered()
    {
        await using var host = await StartAsync();
        await host.AddUserAsync("viewer", AccessRole.Viewer);
        await using var window = await browser.OpenAsync(host, dark: true);
        await window.SignInAsync("viewer");
        var root = window.Page.Locator("html");
        await Expect(root).ToHaveAttributeAsync("data-theme", "dark");

        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Switch between light and dark" }).First.ClickAsync();
        await Expect(root).ToHaveAttributeAsync("data-theme", "light");
        await window.Page.ReloadAsync();

        await Expect(root).ToHaveAttributeAsync("data-theme", "light");
    }

    [Theory]
    [InlineData(false, 1280)]
    [InlineData(true, 1280)]
    [InlineData(false, 390)]
    public async Task No_page_has_a_serious_accessibility_violation_is_wider_than_its_window_or_moves_while_it_is_read(bool dark, int width)
    {
        await using var host = await StartAsync();
        await using var window = await browser.OpenAsync(host, dark, width);
        await PageAudit.OpenAsync(window.Page, "/setup", "Welcome", width);
        await host.AddUserAsync("admin", AccessRole.Administrator);
        await PageAudit.OpenAsync(window.Page, "/sign-in", "Sign in", width);
        await window.SignInAsync("admin");
        await PageAudit.OpenAsync(window.Page, "/", "Nothing has been read yet", width);
        await host.StoreAsync(
            BrowserHost.Tenant, Some.Case(running: "i-0123456789abcdef0"), Some.Case(id: "case-2", severity: DdocCost.Domain.Scoring.Severity.Warning, title: "warned", closedAt: Some.Now), Some.Case(id: "case-3", severity: DdocCost.Domain.Scoring.Severity.Info, title: "told"),
            Some.Running(), Some.Running("vol-1", "ec2:volume", null), Some.Event(), Some.Event(null, DdocCost.Domain.Scoring.Severity.None, null), Some.Hour(Some.Now.AddHours(-2), 20, 20), Some.Quarantined());

        await PageAudit.OpenAsync(window.Page, "/", "Overview", width);
        await PageAudit.OpenAsync(window.Page, "/anomalies?state=all", "Anomalies", width);
        await PageAudit.OpenAsync(window.Page, "/anomalies/case-1", "alice started 16 × g5.48xlarge in sa-east-1", width);
        await PageAudit.OpenAsync(window.Page, "/exposure", "Running now", width);
        await PageAudit.OpenAsync(window.Page, "/events", "Events", width);
        await PageAudit.OpenAsync(window.Page, "/quarantine", "Quarantine", width);
        await PageAudit.OpenAsync(window.Page, "/system", "System", width);
        await PageAudit.OpenAsync(window.Page, "/nowhere", "There is nothing at this address", width, expected: 404);
    }

    private static async Task<RecordLocation> ArchiveAsync(BrowserHost host, string delivery, long position)
    {
        var archive = host.Services.GetRequiredService<IRawArchive>();
        using var draft = archive.Begin();
        await using (var gzip = draft.Compressing())
        {
            await gzip.WriteAsync(System.Text.Encoding.UTF8.GetBytes(delivery), TestContext.Current.CancellationToken);
        }

        draft.Finish();
        await archive.StoreAsync([new ArchiveObject("default/one.json.gz", draft)], TestContext.Current.CancellationToken);
        return new RecordLocation("default/one.json.gz", position);
    }

    private async Task<BrowserHost> StartAsync() => await BrowserHost.StartAsync(postgres, await redis.AddressAsync());
}
