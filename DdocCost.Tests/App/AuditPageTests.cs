using DdocCost.App.Audit;
using DdocCost.Domain.Audit;
using DdocCost.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DdocCost.Tests.App;

/// <summary>The log of changes, on its page and as files.</summary>
public sealed class AuditPageTests(PostgresServer postgres, RedisServer redis, BrowserFixture browser)
{
    private static readonly DateTimeOffset At = new(2026, 11, 14, 21, 0, 3, TimeSpan.Zero);

    [Fact]
    public async Task Changes_are_found_by_who_what_about_what_and_when()
    {
        await using var host = await StartAsync();
        await using var window = await OpenAsync(host, AccessRole.Administrator, "/audit");
        var page = window.Page;
        var rows = page.GetByRole(AriaRole.Region, new() { Name = "Changes" }).Locator("tbody tr");
        await Expect(rows).ToHaveCountAsync(4);
        await Expect(rows.First).ToContainTextAsync("channel.save"); // the newest first
        await LookAsync(page);

        await page.GetByLabel("What", new() { Exact = true }).SelectOptionAsync("case.");
        await Expect(rows).ToHaveCountAsync(2);
        await page.GetByLabel("Who").SelectOptionAsync("bob");
        await Expect(rows).ToHaveCountAsync(1);
        await Expect(rows.First).ToContainTextAsync("in Slack");
        Assert.Contains("action=case.&by=bob", new Uri(page.Url).Query, StringComparison.Ordinal); // can be sent as a link

        await page.GotoAsync("/audit?to=2026-11-13");
        await Expect(rows).ToHaveCountAsync(1);
        await page.GotoAsync("/audit?mouth=nobody&from=yesterday&page=-3"); // not understood: left out
        await Expect(rows).ToHaveCountAsync(4);
        await page.GetByRole(AriaRole.Link, new() { Name = "only this: channel/c" }).ClickAsync();
        await Expect(rows).ToHaveCountAsync(1);
        window.AssertQuiet();
    }

    [Fact]
    public async Task Administrators_take_it_away_as_a_file_in_which_nothing_acts_and_nobody_else_sees_it()
    {
        await using var host = await StartAsync();
        await using var window = await OpenAsync(host, AccessRole.Administrator, "/audit");

        var csv = await (await window.Page.APIRequest.GetAsync("/audit/export?format=csv&by=mallory")).TextAsync();
        Assert.Equal("at_utc,by,through,action,subject,detail\r\n2026-11-14T21:02:03.000Z,mallory,Page,sensitivity.change,account/111122223333,\"'=HYPERLINK(\"\"http://evil\"\")\"\r\n", csv.TrimStart('\uFEFF'));
        var json = await (await window.Page.APIRequest.GetAsync("/audit/export?format=jsonl&action=case.")).TextAsync();
        Assert.Equal(2, json.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("\"mouth\":\"slack\"", json, StringComparison.Ordinal);
        Assert.DoesNotContain("theirs", json, StringComparison.Ordinal);
        Assert.Equal(400, (await window.Page.APIRequest.GetAsync("/audit/export?format=xls")).Status);

        await using var other = await OpenAsync(host, AccessRole.Responder, "/audit");
        await Expect(other.Page.GetByRole(AriaRole.Region, new() { Name = "Changes" })).ToHaveCountAsync(0);
        Assert.Equal(403, (await other.Page.APIRequest.GetAsync("/audit/export?format=csv")).Status);
    }

    private async Task<BrowserHost> StartAsync()
    {
        var host = await BrowserHost.StartAsync(postgres, $"{await redis.AddressAsync()},defaultDatabase=10");
        await host.StoreAsync(
            BrowserHost.Tenant, AuditEntry.Of(At.AddDays(-2), "alice", Mouth.Page, "case.acknowledge", "case/c1"), AuditEntry.Of(At, "bob", Mouth.Slack, "case.snooze", "case/c2", "until 2026-11-15 21:00:03Z"),
            AuditEntry.Of(At.AddMinutes(2), "mallory", Mouth.Page, "sensitivity.change", "account/111122223333", "=HYPERLINK(\"http://evil\")"),
            AuditEntry.Of(At.AddMinutes(3), "alice", Mouth.Page, "channel.save", "channel/c", "<script>alert(1)</script> \u202E"));
        await host.StoreAsync("another", AuditEntry.Of(At, "eve", Mouth.Page, "case.acknowledge", "case/theirs"));
        return host;
    }

    private async Task<BrowserWatch> OpenAsync(BrowserHost host, AccessRole role, string address)
    {
        await host.AddUserAsync($"{role}@example.com", role);
        var window = await browser.OpenAsync(host);
        await window.SignInAsync($"{role}@example.com");
        await window.Page.GotoAsync(address);
        return window;
    }

    private static async Task LookAsync(IPage page)
    {
        foreach (var (scheme, width) in (IEnumerable<(ColorScheme, int)>)[(ColorScheme.Dark, 375), (ColorScheme.Light, 1280)])
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme });
            await page.SetViewportSizeAsync(width, 900);
            if (Environment.GetEnvironmentVariable("SCREENSHOTS") is { Length: > 0 } folder)
            {
                await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"audit-{scheme}-{width}.png"), FullPage = true });
            }

            Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"), $"it is wider than {width} pixels");
            Assert.Empty((await PageAudit.ViolationsAsync(page)).Where(v => v.Impact is "serious" or "critical").Select(v => $"{v.Id}: {string.Join(" | ", v.Nodes.Select(n => n.Html))}"));
        }
    }
}
