using DdocCost.Tests.Support;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(BrowserFixture))]

namespace DdocCost.Tests.Support;

/// <summary>One Chromium for the run, started on first use.</summary>
public sealed class BrowserFixture : IAsyncDisposable
{
    private const string Chromium = "/usr/bin/chromium";

    private readonly Lazy<Task<(IPlaywright Playwright, IBrowser Browser)>> _running = new(StartAsync);

    /// <summary>A new window; skips the test where Chromium is absent.</summary>
    /// <param name="dark">The system asks for dark.</param>
    /// <param name="width">Of the window, CSS pixels.</param>
    public async Task<BrowserWatch> OpenAsync(BrowserHost host, bool dark = false, int width = 1280)
    {
        Assert.SkipUnless(File.Exists(Chromium), "These tests need Chromium; ops/test.sh installs it.");
        var context = await (await _running.Value).Browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = host.Url,
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
            TimezoneId = "Europe/Berlin",
            Locale = "en-GB",
            ReducedMotion = ReducedMotion.Reduce, // a colour half-way through an animation is no colour to audit
        });
        context.SetDefaultTimeout(45_000); // other builds may run beside
        return await BrowserWatch.OpenAsync(context, host.Url);
    }

    /// <summary>A window for a document that is no page of ours, such as a mail; skips the test where Chromium is absent.</summary>
    public async Task<IPage> OpenAsync(string html, bool dark, int width, bool scripts = false)
    {
        Assert.SkipUnless(File.Exists(Chromium), "These tests need Chromium; ops/test.sh installs it.");
        var page = await (await _running.Value).Browser.NewPageAsync(new BrowserNewPageOptions
        {
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
            JavaScriptEnabled = scripts,
        });
        page.SetDefaultTimeout(45_000);
        await page.SetContentAsync(html);
        return page;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_running.IsValueCreated)
        {
            var (playwright, browser) = await _running.Value;
            await browser.DisposeAsync();
            playwright.Dispose();
        }
    }

    private static async Task<(IPlaywright Playwright, IBrowser Browser)> StartAsync()
    {
        Assertions.SetDefaultExpectTimeout(45_000); // five seconds are not enough on a busy machine
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Chromium,
            Headless = true,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
            ],
        });
        return (playwright, browser);
    }
}
