using DdocCost.Tests.Support;
using Microsoft.Playwright;

namespace DdocCost.Tests.App;

/// <summary>The audit of pages sees what is wrong with one: where it did not, every page would pass.</summary>
public sealed class PageAuditTests(BrowserFixture browser)
{
    [Fact]
    public async Task Names_what_is_wrong_with_a_page_and_where()
    {
        var page = await browser.OpenAsync(
            """
            <!doctype html><html><head><title>Faults</title></head><body><main><h1>Faults</h1>
            <img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="><input type="text"><p style="color: #aaa; background: #fff">hardly to be read</p></main></body></html>
            """, dark: false, width: 800, scripts: true);

        var violations = await PageAudit.ViolationsAsync(page);

        Assert.Equal(
            [("color-contrast", "serious"), ("html-has-lang", "serious"), ("image-alt", "critical"), ("label", "critical")],
            violations.Select(violation => (violation.Id, violation.Impact)).Order());
        Assert.Contains("hardly to be read", violations.Single(violation => violation.Id == "color-contrast").Nodes.Single().Html, StringComparison.Ordinal);
        await page.Context.CloseAsync();
    }
}
