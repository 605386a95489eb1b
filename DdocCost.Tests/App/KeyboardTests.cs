using DdocCost.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DdocCost.Tests.App;

/// <summary>The frame around the pages by keyboard alone.</summary>
public sealed class KeyboardTests(PostgresServer postgres, RedisServer redis, BrowserFixture browser)
{
    private const int MostKeys = 90;

    // What has the focus, and whether anybody can see that it has.
    private const string Focus = """
        async () => {
          await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))); // an outline may have a transition
          const element = document.activeElement, style = getComputedStyle(element), box = element.getBoundingClientRect();
          return {
            name: element === document.body ? 'body' : `${element.nodeName}.${element.className} ${element.textContent.trim().slice(0, 30)}`,
            isVisible: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 && box.left >= 0 && box.width > 0,
            isSkip: element.matches('a.skip'), isInDialog: !!element.closest('dialog'), isBody: element === document.body, isTitle: element.matches('h1'),
          };
        }
        """;

    [Fact]
    public async Task Everything_of_the_frame_shows_its_focus_and_the_skip_link_leads_past_it()
    {
        await using var host = await StartAsync();
        await using var window = await browser.OpenAsync(host);
        var page = await OverviewAsync(window);

        await BackToSkipLinkAsync(page);
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.Locator("main#content")).ToBeFocusedAsync();
        Assert.EndsWith("/#content", page.Url, StringComparison.Ordinal);
        await page.Keyboard.PressAsync("Tab");
        Assert.True(await page.EvaluateAsync<bool>("document.activeElement !== document.querySelector('main') && !!document.activeElement.closest('main')"), "the next stop is not in the content");
        window.AssertQuiet();
    }

    [Fact]
    public async Task The_search_holds_the_focus_while_it_is_open_and_gives_it_back()
    {
        await using var host = await StartAsync();
        await using var window = await browser.OpenAsync(host);
        var page = await OverviewAsync(window);
        var opener = page.GetByRole(AriaRole.Button, new() { Name = "Search" }).First;
        var box = page.GetByRole(AriaRole.Dialog, new() { Name = "Search" });

        await opener.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(box.GetByRole(AriaRole.Combobox)).ToBeFocusedAsync();
        for (var keys = 0; keys < 8; keys++)
        {
            await page.Keyboard.PressAsync("Tab");
            var now = await FocusAsync(page);
            Assert.True(now.IsInDialog || now.IsBody, $"the focus got out to {now.Name}"); // from its last stop it goes through the browser's own controls
        }

        await page.Keyboard.PressAsync("Escape");
        await Expect(opener).ToBeFocusedAsync();

        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync("0123456789abcdef0");
        await Expect(box.GetByRole(AriaRole.Option)).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/exposure?q=i-0123456789abcdef0", new() { WaitUntil = WaitUntilState.Commit });
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Running now" })).ToBeFocusedAsync();
        window.AssertQuiet();
    }

    private static async Task<IPage> OverviewAsync(BrowserWatch window)
    {
        await window.SignInAsync("viewer");
        await Expect(window.Page.GetByTestId("exposure")).ToBeVisibleAsync();
        return window.Page;
    }

    /// <summary>From the title, which has the focus once a page is read, back through the whole frame to its first stop.</summary>
    private static async Task BackToSkipLinkAsync(IPage page)
    {
        for (var keys = 0; keys < MostKeys; keys++)
        {
            await page.Keyboard.PressAsync("Shift+Tab");
            var now = await FocusAsync(page);
            // The title is no stop of the keyboard: the router gives it the focus once, whenever the page has come to life.
            Assert.True(now.IsVisible || now.IsBody || now.IsTitle, $"the focus cannot be seen on {now.Name}");
            if (now.IsSkip)
            {
                return;
            }
        }

        Assert.Fail("The skip link is not reached.");
    }

    private static Task<Focused> FocusAsync(IPage page) => page.EvaluateAsync<Focused>(Focus);

    private async Task<BrowserHost> StartAsync()
    {
        var host = await BrowserHost.StartAsync(postgres, await redis.AddressAsync());
        await host.AddUserAsync("viewer", AccessRole.Viewer);
        await host.StoreAsync(BrowserHost.Tenant, Some.Case(), Some.Running(), Some.Event());
        return host;
    }

    private sealed record Focused
    {
        public string Name { get; set; } = "";

        public bool IsVisible { get; set; }

        public bool IsSkip { get; set; }

        public bool IsInDialog { get; set; }

        public bool IsBody { get; set; }

        public bool IsTitle { get; set; }
    }
}
