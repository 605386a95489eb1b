using System.Text.Json;
using DdocCost.Domain.Access;
using DdocCost.Domain.Sources;
using DdocCost.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DdocCost.Tests.App;

/// <summary>The search over everything, by keyboard, on a phone and over the API; and the API's own page.</summary>
public sealed class SearchTests(PostgresServer postgres, RedisServer redis, BrowserFixture browser)
{
    private const string Hidden = "444455556666";

    [Fact]
    public async Task Answers_while_one_types_and_is_walked_with_the_keyboard_alone()
    {
        await using var host = await StartAsync();
        await host.AddUserAsync("viewer", AccessRole.Viewer);
        await using var window = await browser.OpenAsync(host);
        await window.SignInAsync("viewer");
        var page = window.Page;
        await Expect(page.GetByTestId("exposure")).ToBeVisibleAsync();
        var box = page.GetByRole(AriaRole.Dialog, new() { Name = "Search" });
        var entry = box.GetByRole(AriaRole.Combobox);
        var options = box.GetByRole(AriaRole.Option);

        await page.Keyboard.PressAsync("/");
        await Expect(entry).ToBeFocusedAsync();
        await Expect(box.GetByText("two characters are enough")).ToBeVisibleAsync();
        await entry.PressSequentiallyAsync("nothing-like-it");
        await Expect(box.GetByText("Nothing you may see is called “nothing-like-it”")).ToBeVisibleAsync();
        await entry.FillAsync("ALICE");
        await Expect(options).ToHaveCountAsync(2); // the case and the actor
        await Expect(options.First).ToHaveAttributeAsync("aria-selected", "true");
        await Expect(entry).ToHaveAttributeAsync("aria-activedescendant", "hit-0");
        await AssertFitsAsync(page);

        await entry.PressAsync("ArrowDown");
        await Expect(options.Nth(1)).ToHaveAttributeAsync("aria-selected", "true");
        await entry.PressAsync("ArrowDown"); // round to the first
        await entry.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "alice started 16 × g5.48xlarge in sa-east-1" })).ToBeVisibleAsync();
        await Expect(box).ToHaveCountAsync(0);

        await page.Keyboard.PressAsync("Control+k");
        await entry.FillAsync("0123456789ABCDEF0");
        await Expect(options).ToHaveCountAsync(1);
        await entry.PressAsync("Escape");
        await Expect(box).ToHaveCountAsync(0);
        window.AssertQuiet();
    }

    [Fact]
    public async Task Is_in_reach_of_a_thumb_and_its_single_key_can_be_turned_off()
    {
        await using var host = await StartAsync();
        await host.AddUserAsync("viewer", AccessRole.Viewer);
        await using var window = await browser.OpenAsync(host, dark: true, width: 375);
        await window.SignInAsync("viewer");
        var page = window.Page;
        await Expect(page.GetByTestId("exposure")).ToBeVisibleAsync();
        var box = page.GetByRole(AriaRole.Dialog, new() { Name = "Search" });

        await page.GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync();
        await box.GetByRole(AriaRole.Combobox).FillAsync("i-0123");
        await Expect(box.GetByRole(AriaRole.Option)).ToHaveCountAsync(1);
        await AssertFitsAsync(page);
        await box.GetByLabel("/ opens it too").UncheckAsync();
        await box.GetByRole(AriaRole.Option).ClickAsync();
        await page.WaitForURLAsync("**/exposure?q=i-0123456789abcdef0", new() { WaitUntil = WaitUntilState.Commit });
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Running now" })).ToBeVisibleAsync();

        await page.Keyboard.PressAsync("/");
        await Expect(box).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("Control+k");
        await Expect(box).ToBeVisibleAsync();
        window.AssertQuiet();
    }

    [Fact]
    public async Task Finds_nothing_of_accounts_and_tenants_that_are_not_seen()
    {
        await using var host = await StartAsync();
        await host.StoreAsync("another", Some.Case("theirs", title: "alice of another tenant"));
        using var all = await host.ApiClientAsync(AccessRole.Viewer);
        using var some = await host.ApiClientAsync(AccessRole.Viewer, accounts: [Some.Account]);
        using var other = await host.ApiClientAsync(AccessRole.Administrator, "another");

        Assert.Equal(["account:444455556666", "case:secret-case", "resource:vol-secret"], [.. await FindAsync(all, "secret"), .. await FindAsync(some, "secret")]);
        Assert.Equal(["account:444455556666"], await FindAsync(all, "4444"));
        Assert.Equal(["case:case-1", "actor:role/Developer/alice"], await FindAsync(some, "alice"));
        Assert.Equal(["case:theirs"], await FindAsync(other, "alice"));
        Assert.Empty(await FindAsync(all, "100%_'\"\\ ;--"));
        Assert.Equal(400, (int)(await all.GetAsync("/api/v1/search?q=a", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(400, (int)(await all.GetAsync("/api/v1/search", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task The_reference_of_the_API_is_drawn_under_the_content_policy()
    {
        await using var host = await StartAsync();
        await host.AddUserAsync("viewer", AccessRole.Viewer);
        await using var window = await browser.OpenAsync(host);
        await window.SignInAsync("viewer");

        var answer = await window.Page.GotoAsync("/api");

        await Expect(window.Page.GetByRole(AriaRole.Heading, new() { Name = "dd0c/cost", Exact = true })).ToBeVisibleAsync();
        await Expect(window.Page.GetByText("Name and password, and a code where two-factor is on").First).ToBeVisibleAsync();
        if (Environment.GetEnvironmentVariable("SCREENSHOTS") is { Length: > 0 } folder)
        {
            await window.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, "api.png") });
        }

        Assert.Contains("script-src 'self' 'nonce-", answer!.Headers["content-security-policy"], StringComparison.Ordinal);
        window.AssertQuiet();
    }

    private async Task<BrowserHost> StartAsync()
    {
        var host = await BrowserHost.StartAsync(postgres, await redis.AddressAsync());
        await host.StoreAsync(
            BrowserHost.Tenant, Some.Case(), Some.Running(), Some.Event(),
            new ConnectedAccount { Id = Hidden, AccountId = Hidden, Name = "Secret lab", Regions = ["eu-west-1"], ConnectedAt = Some.Now },
            Some.Case("secret-case", title: "secret launch") with { AccountId = Hidden, Actor = Some.Alice with { Id = "user/bob", Name = "bob" } },
            Some.Running("vol-secret", "ec2:volume", by: Some.Alice with { Id = "user/bob", Name = "bob" }) with { Id = $"{Hidden}/sa-east-1/ec2:volume/vol-secret", AccountId = Hidden });
        return host;
    }

    private static async Task<IEnumerable<string>> FindAsync(HttpClient client, string text)
    {
        var answer = await client.GetStringAsync($"/api/v1/search?q={Uri.EscapeDataString(text)}", TestContext.Current.CancellationToken);
        using var hits = JsonDocument.Parse(answer);
        return [.. hits.RootElement.EnumerateArray().Select(hit => $"{hit.GetProperty("kind").GetString()}:{hit.GetProperty("id").GetString()}")];
    }

    private static async Task AssertFitsAsync(IPage page)
    {
        if (Environment.GetEnvironmentVariable("SCREENSHOTS") is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"search-{page.ViewportSize!.Width}.png") });
        }

        Assert.Empty((await PageAudit.ViolationsAsync(page)).Select(v => $"{v.Id}: {string.Join(" | ", v.Nodes.Select(n => n.Html))}"));
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"), "it is wider than its window");
    }
}
