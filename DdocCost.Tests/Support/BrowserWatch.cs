using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace DdocCost.Tests.Support;

/// <summary>A browser window that remembers what must not happen: requests to anybody else, and errors on the console.</summary>
public sealed class BrowserWatch : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _complaints = new();

    private BrowserWatch(IBrowserContext context, IPage page) => (_context, Page) = (context, page);

    /// <summary>The page.</summary>
    public IPage Page { get; }

    /// <summary>Opens an empty one.</summary>
    internal static async Task<BrowserWatch> OpenAsync(IBrowserContext context, string url)
    {
        var watched = new BrowserWatch(context, await context.NewPageAsync());
        watched.Page.Request += (_, request) => watched.Check(request.Url, url);
        watched.Page.WebSocket += (_, socket) => watched.Check(socket.Url.Replace("ws://", "http://", StringComparison.Ordinal), url);
        watched.Page.PageError += (_, error) => watched._complaints.Enqueue($"script error: {error}");
        watched.Page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                watched._complaints.Enqueue($"console: {message.Text} ({message.Location})");
            }
        };
        return watched;
    }

    /// <summary>Signs in and waits until the first page is alive.</summary>
    public async Task SignInAsync(string name)
    {
        await Page.GotoAsync("/sign-in");
        await Page.GetByLabel("E-mail or name").FillAsync(name);
        await Page.GetByLabel("Password", new PageGetByLabelOptions { Exact = true }).FillAsync(BrowserHost.Password);
        await Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sign in" }).ClickAsync();
        // Enhanced navigation changes the page without loading it anew, so there may be no load to wait for.
        await Page.WaitForURLAsync(url => !url.Contains("sign-in", StringComparison.Ordinal), new PageWaitForURLOptions { WaitUntil = WaitUntilState.Commit });
    }

    /// <summary>Fails where something happened that must not.</summary>
    public void AssertQuiet() => Assert.True(_complaints.IsEmpty, string.Join('\n', _complaints));

    /// <inheritdoc />
    public async ValueTask DisposeAsync() => await _context.DisposeAsync();

    private void Check(string requested, string own)
    {
        if (!requested.StartsWith(own + "/", StringComparison.Ordinal) && !requested.StartsWith("data:", StringComparison.Ordinal))
        {
            _complaints.Enqueue($"request to another host: {requested}");
        }
    }
}
