using System.Text;
using DdocCost.App.Mailbox;
using DdocCost.Domain.Notify;
using DdocCost.Jobs.Notify;
using DdocCost.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DdocCost.Tests.App;

/// <summary>The demo's mail: sent over TLS to a server of its own and read in the browser.</summary>
public sealed class DemoMailboxTests(PostgresServer postgres, RedisServer redis, BrowserFixture browser) : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_newcomer_reads_the_digest_and_the_sign_of_life_and_nothing_in_a_letter_acts()
    {
        await using var host = await BrowserHost.StartAsync(
            postgres, $"{await redis.AddressAsync()},defaultDatabase=11", DemoMail.Add, "--Jobs:InProcess=true", "--Jobs:Queues:0=notify");
        await DemoMail.ConnectAsync(host.Services, BrowserHost.Tenant, Stop);
        await DemoMail.GreetAsync(host.Services, BrowserHost.Tenant, Stop);
        await DemoMail.GreetAsync(host.Services, BrowserHost.Tenant, Stop); // only once
        var mailbox = host.Services.GetRequiredService<DemoMailbox>();
        await Eventually.TrueAsync(() => Task.FromResult(mailbox.Letters.Count == 2), "two letters");

        await host.AddUserAsync("boss", AccessRole.Administrator);
        await using var window = await browser.OpenAsync(host, width: 375);
        await window.SignInAsync("boss");
        await window.Page.GotoAsync("/mailbox");
        await window.Page.GetByRole(AriaRole.Link, new() { Name = "dd0c/cost is watching" }).ClickAsync();
        await Expect(window.Page.Locator("iframe")).ToBeVisibleAsync();
        var letter = window.Page.FrameLocator("iframe").Locator("body"); // in a process of its own, so what it looks like is asked of the letter alone
        await Expect(letter).ToContainTextAsync("Nothing of ours is out of order.");
        Assert.True(await window.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"));
        if (Environment.GetEnvironmentVariable("SCREENSHOTS") is { Length: > 0 } folder)
        {
            await window.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, "mailbox-375.png"), FullPage = true });
        }

        mailbox.Keep(Encoding.UTF8.GetBytes("Subject: <b>evil</b>\r\nTo: a@b.example\r\nContent-Type: text/html\r\n\r\n<html><head></head><body><script>parent.evil=1</script><img src=\"https://evil.example/x\"><p>hello</p></body></html>"), DateTimeOffset.UtcNow);
        await window.Page.GetByRole(AriaRole.Link, new() { Name = "<b>evil</b>" }).ClickAsync();
        await Expect(letter).ToContainTextAsync("hello");
        Assert.Null(await window.Page.EvaluateAsync<string?>("window.evil"));

        await window.Page.GoBackAsync();
        await Expect(window.Page.GetByRole(AriaRole.Link, new() { Name = "dd0c/cost is watching" })).ToHaveAttributeAsync("aria-current", "true");
        await Expect(letter).ToContainTextAsync("Nothing of ours is out of order.");
        await window.Page.GotoAsync((await window.Page.Locator("iframe").GetAttributeAsync("src"))!);
        await Expect(window.Page.GetByText("Nothing of ours is out of order.")).ToBeVisibleAsync();
        Assert.True(await window.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"));
    }

    [Fact]
    public async Task Its_test_button_says_what_the_server_answered()
    {
        await using var host = await BrowserHost.StartAsync(postgres, $"{await redis.AddressAsync()},defaultDatabase=11", DemoMail.Add);
        await DemoMail.ConnectAsync(host.Services, BrowserHost.Tenant, Stop);

        var outcome = await host.Services.GetRequiredService<ChannelDesk>().TestAsync(BrowserHost.Tenant, "demo-mailbox", "boss", Stop);

        Assert.IsType<SendOutcome.Accepted>(outcome);
        Assert.Equal("team@example.com", Assert.Single(host.Services.GetRequiredService<DemoMailbox>().Letters).To);
    }

    [Fact]
    public void Keeps_the_latest_letters_and_finds_them_after_a_restart()
    {
        var mailbox = new DemoMailbox(_folder.Path);
        for (var i = 0; i < 203; i++)
        {
            mailbox.Keep(Encoding.UTF8.GetBytes($"Subject: letter {i}\r\nTo: a@b.example\r\n\r\ntext"), DateTimeOffset.UnixEpoch.AddSeconds(i));
        }

        var again = new DemoMailbox(_folder.Path);

        Assert.Equal((200, "letter 202", "letter 3"), (again.Letters.Count, again.Letters[0].Subject, again.Letters[^1].Subject));
        Assert.Equal(mailbox.Letters, again.Letters);
    }

    [Fact]
    public async Task Without_the_demo_there_is_no_mailbox()
    {
        await using var host = await BrowserHost.StartAsync(postgres, $"{await redis.AddressAsync()},defaultDatabase=11");
        await host.AddUserAsync("boss", AccessRole.Administrator);
        await using var window = await browser.OpenAsync(host);
        await window.SignInAsync("boss");

        await window.Page.GotoAsync("/mailbox");

        await Expect(window.Page.GetByText("Only the demo has a mailbox")).ToBeVisibleAsync();
        Assert.Equal(404, (await window.Page.APIRequest.GetAsync("/mailbox/letters/x")).Status);
    }
}
