using DdocCost.App.Access;
using DdocCost.Domain.Anomalies;
using DdocCost.Domain.Backtest;
using DdocCost.Domain.Scoring;
using DdocCost.Domain.Tuning;
using DdocCost.Jobs;
using DdocCost.Tests.Support;
using Marten;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DdocCost.Tests.App;

/// <summary>Deciding on a case and setting the detector as a person does it: Chromium, with lane consumers at work behind.</summary>
public sealed class DecisionFlowTests(PostgresServer postgres, RedisServer redis, BrowserFixture browser)
{
    [Fact]
    public async Task A_case_is_acknowledged_snoozed_expected_and_each_is_undone()
    {
        // Of the jobs only scoring: every five minutes another would move the rates of these resources to list prices.
        await using var host = await BrowserHost.StartAsync(
            postgres, await redis.AddressAsync(), "--Jobs:InProcess=true", $"--Jobs:Queues:0={JobQueue.Score}", "--Scoring:IdlePoll=00:00:00.200");
        await host.AddUserAsync("responder", AccessRole.Responder);
        await host.StoreAsync(
            BrowserHost.Tenant, Some.Case(running: "i-0123456789abcdef0") with { Parts = [new CasePart(Some.Alice.Id, "ec2:instance", "sa-east-1")] }, Some.Running(), Some.Event());
        await using var window = await browser.OpenAsync(host);
        await window.SignInAsync("responder");
        var page = window.Page;
        await page.GotoAsync("/anomalies/case-1");

        await Button(page, "Acknowledge").ClickAsync();
        await Expect(page.GetByText("Acknowledged by responder")).ToBeVisibleAsync();
        await EffectAsync(host, anomaly => anomaly.Acknowledged?.By == "responder");
        await Button(page, "Take it back").ClickAsync();
        await Expect(page.GetByText("Nobody has taken notice yet.")).ToBeVisibleAsync();

        await page.GetByLabel("Snooze").SelectOptionAsync("4");
        await Expect(page.GetByText("Snoozed by responder")).ToBeVisibleAsync();
        await EffectAsync(host, anomaly => anomaly.Snoozed is not null && anomaly.Acknowledged is null);
        await Button(page, "End the snooze").ClickAsync();
        await EffectAsync(host, anomaly => anomaly.Snoozed is null);

        await page.GetByText("It is as it should be").ClickAsync();
        await page.GetByLabel("For how long").SelectOptionAsync(nameof(ExpectScope.Always));
        await Button(page, "Expected").ClickAsync();
        await Expect(page.GetByText("Expected, closed")).ToBeVisibleAsync();
        await Expect(page.GetByText("from now on")).ToBeVisibleAsync();

        await page.GotoAsync("/detection?tab=expected");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "ec2:instance by alice" })).ToBeVisibleAsync();
        await Button(page, "Expect no more").ClickAsync();
        await Expect(page.GetByText("Nobody has said yet")).ToBeVisibleAsync();
        await EffectAsync(host, anomaly => !anomaly.IsClosed && anomaly.UsdPerHour == 26.06m);
        await page.GotoAsync("/anomalies/case-1");
        await Expect(page.GetByText("Nobody has taken notice yet.")).ToBeVisibleAsync();
        window.AssertQuiet();
    }

    [Fact]
    public async Task Settings_are_tried_on_history_before_they_are_saved()
    {
        await using var host = await BrowserHost.StartAsync(postgres, await redis.AddressAsync(), "--Jobs:InProcess=true");
        await host.AddUserAsync("admin", AccessRole.Administrator);
        await host.StoreAsync(BrowserHost.Tenant, new Baseline { Id = $"{Some.Account}/ec2:instance", AccountId = Some.Account, ResourceType = "ec2:instance" }, Some.Event());
        await using var window = await browser.OpenAsync(host);
        await window.SignInAsync("admin");
        var page = window.Page;
        await page.GotoAsync("/detection?tab=sensitivity");

        await page.GetByLabel("USD a day that matter, Everything").FillAsync("100000");
        await page.GetByLabel("USD a day that matter, Everything").PressAsync("Tab");
        await Expect(page.GetByText("Not saved yet.")).ToBeVisibleAsync();
        await Button(page, "Try on the last 30 days").ClickAsync();
        await Expect(page.GetByText("These would not be told any more.")).ToBeVisibleAsync();
        await Expect(page.Locator(".side.tried dd").First).ToHaveTextAsync("0");
        await Button(page, "Use the tried settings").ClickAsync();
        await Expect(page.GetByText("These settings hold from the next event on.")).ToBeVisibleAsync();

        await using var session = host.Store.QuerySession(BrowserHost.Tenant);
        var settings = await session.LoadAsync<DetectionSettings>(DetectionSettings.TheId, TestContext.Current.CancellationToken);
        Assert.Equal(100_000, settings!.For(Some.Account, "ec2").UsdPerDay);
        window.AssertQuiet();
    }

    [Theory]
    [InlineData(false, 1280)]
    [InlineData(true, 375)]
    public async Task The_detectors_pages_are_accessible_and_fit_their_window(bool dark, int width)
    {
        await using var host = await BrowserHost.StartAsync(postgres, await redis.AddressAsync());
        await host.AddUserAsync("admin", AccessRole.Administrator);
        await using var window = await browser.OpenAsync(host, dark, width);
        await window.SignInAsync("admin");
        await PageAudit.OpenAsync(window.Page, "/detection", "Detection", width);
        var signature = new Signature("alice", Some.Now);
        var found = new BacktestCase("c", Some.Account, "bob started 40 × nat-gateway in us-east-1: $1.8/h", Severity.Warning, Some.Now, 120);
        await host.StoreAsync(
            BrowserHost.Tenant,
            new Baseline { Id = $"{Some.Account}/ec2:instance", AccountId = Some.Account, ResourceType = "ec2:instance", EventCount = 1234, MeanHourlyCost = 0.2, ObservedActors = ["a", "b", "c"] },
            new AccountProfile { Id = Some.Account, KnownSince = Some.Now.AddDays(-3), Clock = Some.Now },
            new DetectionSettings { Rules = [new SensitivityRule(Some.Account, "ec2", new Sensitivity(5, Eagerness.Eager))] },
            Some.Case(closedAt: Some.Now) with { End = CaseEnd.Wrong },
            new StandingExpectation { Id = "case-1", AccountId = Some.Account, Parts = [new CasePart("role/alice", "ec2:instance", "")], UsdWithinDay = 12, Scope = ExpectScope.Once, Until = Some.Now.AddHours(2), Signature = signature, Title = "alice started something" },
            new BacktestRun
            {
                Id = "1", By = "alice", AskedAt = Some.Now, From = Some.Now.AddDays(-30), Now = [], Tried = [], State = BacktestState.Done, EventsOfFinished = 5,
                Result = new BacktestResult(new BacktestSide(3, 1, 1, 1, 500, [new BacktestDay(DateOnly.FromDateTime(Some.Now.UtcDateTime), 3)]), BacktestSide.None, [found], [], 1, 0),
            });

        foreach (var tab in new[] { "", "?tab=sensitivity", "?tab=expected", "?tab=backtest" })
        {
            await PageAudit.OpenAsync(window.Page, $"/detection{tab}", "Detection", width);
        }
    }

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name });

    private static Task EffectAsync(BrowserHost host, Func<AnomalyCase, bool> isSo) => Eventually.TrueAsync(async () =>
    {
        await using var session = host.Store.QuerySession(BrowserHost.Tenant);
        return isSo((await session.LoadAsync<AnomalyCase>("case-1", TestContext.Current.CancellationToken))!);
    }, "the decision's effect on the case");
}
