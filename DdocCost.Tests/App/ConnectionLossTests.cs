using System.Collections.Concurrent;
using DdocCost.Domain.Scoring;
using DdocCost.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DdocCost.Tests.App;

/// <summary>A page whose connection is lost says so, and nothing that was filled in or filtered is lost.</summary>
public sealed class ConnectionLossTests(PostgresServer postgres, RedisServer redis, BrowserFixture browser)
{
    private const string Banner = "Connection lost. Reconnecting…";

    [Fact]
    public async Task A_page_that_was_cut_off_says_so_and_goes_on_where_it_was()
    {
        await using var host = await StartAsync();
        await using var window = await browser.OpenAsync(host);
        var page = window.Page;
        var sockets = new ConcurrentQueue<IWebSocketRoute>();
        await page.RouteWebSocketAsync("**/_blazor**", socket =>
        {
            socket.ConnectToServer();
            sockets.Enqueue(socket);
        });
        await window.SignInAsync("viewer");
        await page.GotoAsync("/anomalies?severity=critical");
        await Expect(page.GetByText("a loud one")).ToBeVisibleAsync();
        var search = page.GetByLabel("Search title or actor");
        await search.FillAsync("alice"); // typed, not yet looked for

        await page.RouteAsync("**/_blazor/**", route => route.AbortAsync("connectionrefused"));
        while (sockets.TryDequeue(out var socket))
        {
            await socket.CloseAsync();
        }

        await Expect(page.GetByText(Banner)).ToBeVisibleAsync();
        await Expect(search).ToHaveValueAsync("alice");
        await page.UnrouteAsync("**/_blazor/**");

        await Expect(page.GetByText(Banner)).ToBeHiddenAsync();
        await search.PressAsync("Enter");
        await Expect(page.GetByText("a loud one")).ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "alice started" })).ToBeVisibleAsync();
        Assert.EndsWith("/anomalies?severity=critical&q=alice", page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_whose_server_was_restarted_is_loaded_anew_with_its_filter()
    {
        await using var host = await StartAsync();
        await using var window = await browser.OpenAsync(host, width: 375);
        var page = window.Page;
        await window.SignInAsync("viewer");
        await page.GotoAsync("/anomalies?severity=critical&q=alice");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "alice started" })).ToBeVisibleAsync();
        await page.EvaluateAsync("document.documentElement.dataset.before = 'yes'");

        await host.RestartAsync(meanwhile: () => Expect(page.GetByText(Banner)).ToBeVisibleAsync());

        await Expect(page.Locator("html")).Not.ToHaveAttributeAsync("data-before", "yes");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "alice started" })).ToBeVisibleAsync();
        await Expect(page.GetByText("a loud one")).ToHaveCountAsync(0);
        await Expect(page.GetByText(Banner)).ToBeHiddenAsync();
        await Expect(page.GetByLabel("Search title or actor")).ToHaveValueAsync("alice");
        Assert.EndsWith("/anomalies?severity=critical&q=alice", page.Url, StringComparison.Ordinal);
    }

    private async Task<BrowserHost> StartAsync()
    {
        var host = await BrowserHost.StartAsync(postgres, await redis.AddressAsync());
        await host.AddUserAsync("viewer", AccessRole.Viewer);
        await host.StoreAsync(
            BrowserHost.Tenant, Some.Case(), Some.Case(id: "case-2", title: "a loud one") with { Actor = Some.Alice with { Id = "user/bob", Name = "bob" } },
            Some.Case(id: "case-3", severity: Severity.Info, title: "a quiet one"));
        return host;
    }
}
