using System.Security.Claims;
using DdocCost.App.Access.People;
using DdocCost.Domain.Scoring;
using DdocCost.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DdocCost.Tests.App;

/// <summary>Filters under names of one's own.</summary>
public sealed class SavedFiltersTests(PostgresServer postgres, RedisServer redis, BrowserFixture browser)
{
    [Theory]
    [InlineData("anomalies", "?severity=critical&page=3&state=all&evil=1", "state=all&severity=critical")]
    [InlineData("events", "show=unpriced&actor=", "show=unpriced")]
    [InlineData("exposure", "?tag=team%3Dweb&q=a%20b&returnUrl=//evil.example", "tag=team%3Dweb&q=a%20b")]
    [InlineData("exposure", "", "")]
    [InlineData("events", "?page=2", "")]
    public void Only_what_the_list_knows_is_a_filter(string list, string query, string expected) => Assert.Equal(expected, FilterDesk.FilterOf(list, query));

    [Fact]
    public async Task Are_bounded_checked_and_each_persons_own()
    {
        await using var host = await BrowserHost.StartAsync(postgres, await redis.AddressAsync());
        var (mine, other) = (ClaimsOf(await host.AddUserAsync("alice", AccessRole.Viewer)), ClaimsOf(await host.AddUserAsync("bob", AccessRole.Viewer)));
        await using var scope = host.Services.CreateAsyncScope();
        var desk = scope.ServiceProvider.GetRequiredService<FilterDesk>();

        Assert.Null(await desk.SaveAsync(mine, "events", "  No price ", "?show=unpriced"));
        Assert.Contains("Nothing is filtered", await desk.SaveAsync(mine, "events", "all", "?page=2"), StringComparison.Ordinal);
        Assert.Contains("too long", await desk.SaveAsync(mine, "events", "long", $"?actor={new string('a', 2_000)}"), StringComparison.Ordinal);
        Assert.Contains("needs a name", await desk.SaveAsync(mine, "events", " ", "?show=quiet"), StringComparison.Ordinal);
        Assert.Contains("40 characters", await desk.SaveAsync(mine, "events", new string('x', 41), "?show=quiet"), StringComparison.Ordinal);
        Assert.Contains("one line", await desk.SaveAsync(mine, "events", "a\nb", "?show=quiet"), StringComparison.Ordinal);
        Assert.Null(await desk.SaveAsync(mine, "events", "NO PRICE", "?show=refused")); // replaces it
        Assert.Equal([new SavedFilter("events", "NO PRICE", "show=refused")], await desk.ListAsync(mine, "events"));
        Assert.Empty(await desk.ListAsync(mine, "exposure"));
        Assert.Empty(await desk.ListAsync(other, "events"));
        Assert.Contains("not here", await desk.RemoveAsync(other, "events", "NO PRICE"), StringComparison.Ordinal);

        foreach (var number in Enumerable.Range(2, FilterDesk.Most - 1))
        {
            Assert.Null(await desk.SaveAsync(mine, "events", $"filter {number:00}", $"?actor=a{number}"));
        }

        Assert.Contains("20 already", await desk.SaveAsync(mine, "events", "one more", "?show=quiet"), StringComparison.Ordinal);
        Assert.Contains("called so", await desk.RenameAsync(mine, "events", "filter 02", "FILTER 03"), StringComparison.Ordinal);
        Assert.Null(await desk.RenameAsync(mine, "events", "filter 02", "Filter 02")); // only its spelling
        Assert.Contains("not here", await desk.RenameAsync(mine, "events", "gone", "x"), StringComparison.Ordinal);
        Assert.Null(await desk.RemoveAsync(mine, "events", "filter 02"));
        Assert.Null(await desk.SaveAsync(mine, "events", "one more", "?show=quiet"));
        Assert.Equal(FilterDesk.Most, (await desk.ListAsync(mine, "events")).Count);
    }

    [Fact]
    public async Task Are_named_chosen_renamed_and_deleted_on_the_page()
    {
        await using var host = await BrowserHost.StartAsync(postgres, await redis.AddressAsync());
        await host.AddUserAsync("viewer", AccessRole.Viewer);
        await host.StoreAsync(BrowserHost.Tenant, Some.Case(), Some.Case(id: "case-2", severity: Severity.Info, title: "a quiet one"));
        await using var window = await browser.OpenAsync(host, dark: true, width: 375);
        await window.SignInAsync("viewer");
        var page = window.Page;
        var menu = page.Locator("details.saved");
        var open = menu.Locator("summary");

        await page.GotoAsync("/anomalies?severity=critical");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "alice started" })).ToBeVisibleAsync();
        await open.ClickAsync();
        await menu.GetByLabel("Name for the filter shown").FillAsync("Only loud ones");
        await menu.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(menu.GetByRole(AriaRole.Link, new() { Name = "Only loud ones" })).ToHaveAttributeAsync("aria-current", "true");
        Assert.Empty((await PageAudit.ViolationsAsync(page)).Select(v => $"{v.Id}: {string.Join(" | ", v.Nodes.Select(n => n.Html))}"));
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "wider than a phone");
        await page.Keyboard.PressAsync("Escape");
        await Expect(open).ToBeFocusedAsync();
        await Expect(menu.GetByLabel("Name for the filter shown")).ToBeHiddenAsync();

        await page.GotoAsync("/anomalies");
        await Expect(page.GetByText("a quiet one")).ToBeVisibleAsync();
        await open.ClickAsync();
        await menu.GetByRole(AriaRole.Link, new() { Name = "Only loud ones" }).ClickAsync();
        await Expect(page.GetByText("a quiet one")).ToHaveCountAsync(0);
        Assert.EndsWith("/anomalies?severity=critical", page.Url, StringComparison.Ordinal);

        await open.ClickAsync();
        await menu.GetByRole(AriaRole.Button, new() { Name = "Rename Only loud ones" }).ClickAsync();
        await menu.GetByLabel("New name of Only loud ones").FillAsync("Critical");
        await menu.GetByRole(AriaRole.Button, new() { Name = "Rename", Exact = true }).ClickAsync();
        await menu.GetByRole(AriaRole.Button, new() { Name = "Delete Critical" }).ClickAsync();
        await Expect(menu.GetByText("None yet.")).ToBeVisibleAsync();
        window.AssertQuiet();
    }

    private static ClaimsPrincipal ClaimsOf(AppUser user) => new(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, user.Id.ToString())], "test"));
}
