using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using DdocCost.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DdocCost.Tests.App;

/// <summary>
/// The way of a newcomer: from the setup link over an account whose trail is sent to us, to a case that comes by itself, is acknowledged, and closes when its
/// machines are terminated. Nothing is stored by the test: what is shown was posted as CloudTrail records and scored by the job server inside.
/// </summary>
/// <remarks>At desktop width axe looks at each step, on a phone at the main ones. Connecting an account that is read over AWS's interfaces: ConnectPageTests.</remarks>
public sealed class FirstRunTests(PostgresServer postgres, RedisServer redis, BrowserFixture browser)
{
    private const string Owner = "owner@example.com", Account = "111122223333", Size = "p4d.24xlarge";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1280, false)]
    [InlineData(375, true)]
    public async Task A_newcomer_gets_from_the_first_run_to_a_solved_case(int width, bool dark)
    {
        await using var host = await BrowserHost.StartAsync(postgres, await redis.AddressAsync(), "--Jobs:InProcess=true", "--Scoring:IdlePoll=00:00:00.200");
        await using var window = await browser.OpenAsync(host, dark, width);
        var page = window.Page;

        await PageAudit.OpenAsync(page, $"/setup?code={BrowserHost.SetupCode}", "Welcome", width);
        await BecomeAdministratorAsync(page);
        await SignOutAsync(page, width);
        await PageAudit.OpenAsync(page, "/sign-in", "Sign in", width, axe: width > 760);
        await window.SignInAsync(Owner);
        await Expect(Heading(page, "Nothing has been read yet")).ToBeVisibleAsync();
        await PageAudit.LookAsync(page, "the empty overview", width, axe: width > 760);

        var token = await ConnectAsync(page, width);
        await Expect(page.GetByText("Waiting", new() { Exact = true })).ToHaveCountAsync(2);
        await PostAsync(host, token, "RunInstances", "m5.large", 1);
        await Expect(page.GetByText("Arrived", new() { Exact = true })).ToBeVisibleAsync(); // by itself
        await Expect(page.GetByText("Priced", new() { Exact = true })).ToBeVisibleAsync();
        await PageAudit.LookAsync(page, "the first event", width);

        await PageAudit.OpenAsync(page, "/", "Overview", width, axe: width > 760);
        await PostAsync(host, token, "RunInstances", Size, 16);
        await page.GetByRole(AriaRole.Link, new() { Name = $"alice started 16 × {Size}" }).ClickAsync(); // it came by itself, too
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = $"alice started 16 × {Size}" })).ToBeVisibleAsync();
        await Expect(page.GetByText("aws ec2 stop-instances --region eu-west-1").First).ToBeVisibleAsync();
        await PageAudit.LookAsync(page, "the open case", width);
        await Button(page, "Acknowledge").ClickAsync();
        await Expect(page.GetByText($"Acknowledged by {Owner}")).ToBeVisibleAsync();

        await PostAsync(host, token, "TerminateInstances", Size, 16);
        await Expect(page.Locator(".chip.good").Filter(new() { HasText = "Stopped" })).ToBeVisibleAsync(); // solved, and seen to be
        await PageAudit.LookAsync(page, "the solved case", width);

        await PageAudit.OpenAsync(page, "/anomalies?state=closed", "Anomalies", width, axe: width > 760);
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = $"alice started 16 × {Size}" })).ToBeVisibleAsync();
        await PageAudit.OpenAsync(page, "/audit", "Audit", width, axe: width > 760);
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Changes" }).Locator("tbody tr").Filter(new() { HasText = "case.acknowledge" })).ToContainTextAsync(Owner);
        window.AssertQuiet();
    }

    private static async Task BecomeAdministratorAsync(IPage page)
    {
        await page.GetByLabel("E-mail or name").FillAsync(Owner);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(BrowserHost.Password);
        await page.GetByLabel("Password, once more").FillAsync(BrowserHost.Password);
        await Button(page, "Create administrator").ClickAsync();
        await Expect(Heading(page, "Nothing has been read yet")).ToBeVisibleAsync();
    }

    private static async Task SignOutAsync(IPage page, int width)
    {
        if (width <= 760)
        {
            await Button(page, "More pages").ClickAsync();
        }

        await Button(page, "Sign out").ClickAsync();
        await Expect(Heading(page, "Sign in")).ToBeVisibleAsync();
    }

    /// <summary>Through the five steps, with the page of senders between them.</summary>
    /// <returns>What a sender puts into <c>Authorization</c>.</returns>
    private static async Task<string> ConnectAsync(IPage page, int width)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = "Connect AWS, step by step" }).ClickAsync();
        await page.GetByLabel("Account number").FillAsync(Account);
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Production");
        await page.GetByLabel("Regions").FillAsync("eu-west-1");
        await PageAudit.LookAsync(page, "connecting, step 1", width, axe: width > 760);
        await Button(page, "Next").ClickAsync();
        await page.GetByLabel("Webhook").CheckAsync();
        await PageAudit.LookAsync(page, "connecting, step 2", width, axe: width > 760);
        await Button(page, "Next").ClickAsync();
        await Expect(page.GetByText("Nothing has to be granted")).ToBeVisibleAsync();

        await PageAudit.OpenAsync(page, "/accounts/push", "Push", width, axe: width > 760);
        await page.Locator("#name").FillAsync("Production trail");
        await page.Locator("#accounts").FillAsync(Account);
        await Button(page, "Make").ClickAsync();
        await Expect(page.Locator("#made-text")).ToContainTextAsync("Bearer ddp_");
        await PageAudit.LookAsync(page, "the token", width, axe: width > 760);
        var token = await page.Locator("#made-text").InnerTextAsync();
        await Button(page, "I have it").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Cell, new() { Name = "Production trail" })).ToBeVisibleAsync();

        await page.GotoAsync("/accounts/connect?step=4"); // where it was left: the draft is in the browser
        await Expect(page.GetByText("There is nothing to test from here")).ToBeVisibleAsync();
        await Button(page, "Next").ClickAsync();
        return token;
    }

    private static async Task PostAsync(BrowserHost host, string token, string call, string size, int count)
    {
        var time = DateTimeOffset.UtcNow.AddSeconds(-1).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        var instances = string.Join(',', Enumerable.Range(1, count).Select(i =>
            $$$"""{"instanceId":"i-{{{i + (count * 16):x17}}}","instanceType":"{{{size}}}","currentState":{"code":32,"name":"shutting-down"},"previousState":{"code":16,"name":"running"}}"""));
        var record =
            $$$"""
            {"Records":[{"eventVersion":"1.10","userIdentity":{"type":"IAMUser","arn":"arn:aws:iam::{{{Account}}}:user/alice","accountId":"{{{Account}}}","userName":"alice"},
            "eventTime":"{{{time}}}","eventSource":"ec2.amazonaws.com","eventName":"{{{call}}}","awsRegion":"eu-west-1","sourceIPAddress":"198.51.100.7","userAgent":"aws-cli",
            "requestParameters":{"instanceType":"{{{size}}}","instancesSet":{"items":[{{{instances}}}]}},"responseElements":{"instancesSet":{"items":[{{{instances}}}]}},
            "eventID":"{{{Guid.NewGuid()}}}","eventType":"AwsApiCall","recipientAccountId":"{{{Account}}}"}]}
            """;
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = AuthenticationHeaderValue.Parse(token.Trim());
        using var body = new StringContent(record, Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync($"{host.Url}/ingest/v1/cloudtrail", body, Stop);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
    }

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private static ILocator Heading(IPage page, string name) => page.GetByRole(AriaRole.Heading, new() { Name = name, Exact = true });
}
