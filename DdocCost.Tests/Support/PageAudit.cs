using System.Text.Json;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DdocCost.Tests.Support;

/// <summary>What every page has to keep: no serious violation of WCAG that axe can see, no wider than its window, and nothing in it that moves while it is read.</summary>
internal static class PageAudit
{
    // "Good" ends at 0.1 (web.dev/articles/cls).
    private const double MostShift = 0.1;

    private const string Shift = """
        async () => {
          await document.fonts.ready;
          const shifts = [];
          const take = entries => shifts.push(...entries.filter(entry => !entry.hadRecentInput));
          const observer = new PerformanceObserver(list => take(list.getEntries()));
          observer.observe({ type: 'layout-shift', buffered: true });
          await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))));
          take(observer.takeRecords());
          const box = rect => `${rect.x},${rect.y} ${rect.width}x${rect.height}`;
          return {
            sum: shifts.reduce((sum, shift) => sum + shift.value, 0),
            moved: shifts.flatMap(shift => shift.sources.map(source => `${source.node?.nodeName}.${source.node?.className}: ${box(source.previousRect)} -> ${box(source.currentRect)}`)).join('; '),
          };
        }
        """;

    /// <summary>Opens a page and holds it to all of it once it was read.</summary>
    /// <param name="page">The window.</param>
    /// <param name="address">Path.</param>
    /// <param name="heading">One that the page has.</param>
    /// <param name="width">Of the window, CSS pixels.</param>
    /// <param name="expected">Status.</param>
    /// <param name="axe">Lets axe look, which takes a second.</param>
    public static async Task OpenAsync(IPage page, string address, string heading, int width, int expected = 200, bool axe = true)
    {
        var answer = await page.GotoAsync(address);
        Assert.Equal(expected, answer!.Status);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = heading, Exact = true })).ToBeVisibleAsync();
        await Expect(page.Locator(".bone")).ToHaveCountAsync(0);
        var shift = await page.EvaluateAsync<JsonElement>(Shift);
        Assert.True(shift.GetProperty("sum").GetDouble() < MostShift, $"{address} moves by {shift.GetProperty("sum").GetDouble():0.000} at {width}: {shift.GetProperty("moved").GetString()}");
        await LookAsync(page, address, width, axe);
    }

    /// <summary>Holds what is shown now to all but that it does not move: it follows what somebody did.</summary>
    public static async Task LookAsync(IPage page, string name, int width, bool axe = true)
    {
        var violations = axe ? await ViolationsAsync(page) : [];
        Assert.Empty(violations.Where(v => v.Impact is "serious" or "critical").Select(v => $"{name}: {v.Id}, {v.Help}: {string.Join(" | ", v.Nodes.Select(n => n.Html))}"));
        Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width, $"{name} is wider than {width}");
    }

    /// <summary>
    /// What axe finds wrong. It runs in the page alone, which has no frames, and works out what is violated, not what is well: nothing large goes
    /// to and fro, and no second page has to be opened to sum it up.
    /// </summary>
    public static async Task<IReadOnlyList<AxeResultItem>> ViolationsAsync(IPage page)
    {
#pragma warning disable CS0618 // "legacy" is what its makers call this: a page without frames needs no more
        var found = await page.RunAxeLegacy(context: null, new AxeRunOptions { ResultTypes = [ResultType.Violations] });
#pragma warning restore CS0618
        return found.Violations;
    }
}
