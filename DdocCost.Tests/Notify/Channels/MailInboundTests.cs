using System.Net;
using DdocCost.Domain.Audit;
using DdocCost.Jobs.Notify.Channels.Mail;
using DdocCost.Tests.Support;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace DdocCost.Tests.Notify.Channels;

/// <summary>The links in mails: they ask first, and allow nothing but what they say.</summary>
public sealed class MailInboundTests(InboundHost host, BrowserFixture browser) : IClassFixture<InboundHost>
{
    private static readonly HttpClient Http = new(new HttpClientHandler { AllowAutoRedirect = false });

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private MailLinks Links => host.App.Services.GetRequiredService<MailLinks>();

    private MailBook Book => host.App.Services.GetRequiredService<MailBook>();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Opening_a_link_decides_nothing_and_confirming_it_does(bool dark)
    {
        var anomaly = await host.CaseAsync();
        await using var window = await browser.OpenAsync(host.App, dark, width: 375);

        await window.Page.GotoAsync(Act(MailAction.Acknowledge, anomaly.Id));
        Assert.Null(await host.TriageAsync(anomaly.Id));
        await PictureAsync(window.Page, $"mail-act{(dark ? "-dark" : "")}");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Yes, I have seen it" }).ClickAsync();
        await window.Page.GetByText("Noted: you have seen it.").WaitForAsync();

        await PictureAsync(window.Page, $"mail-acted{(dark ? "-dark" : "")}");
        Assert.Equal("alice@example.com", (await host.TriageAsync(anomaly.Id))?.Acknowledged?.By);
        Assert.Equal(Mouth.Mail, Assert.Single(await host.AuditAsync($"case/{anomaly.Id}")).Mouth);
        window.AssertQuiet();
    }

    [Fact]
    public async Task A_snooze_asks_for_how_long()
    {
        var anomaly = await host.CaseAsync();
        await using var window = await browser.OpenAsync(host.App, width: 375);

        await window.Page.GotoAsync(Act(MailAction.Snooze, anomaly.Id));
        await PictureAsync(window.Page, "mail-snooze");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Silent for a day" }).ClickAsync();
        await window.Page.GetByText("Silent from now on").WaitForAsync();

        Assert.InRange((await host.TriageAsync(anomaly.Id))!.Snoozed!.Until, DateTimeOffset.UtcNow.AddHours(23), DateTimeOffset.UtcNow.AddHours(25));
    }

    [Fact]
    public async Task A_scanner_that_opens_every_link_triggers_nothing()
    {
        var anomaly = await host.CaseAsync();
        foreach (var url in (string[])[Act(MailAction.Acknowledge, anomaly.Id), Act(MailAction.Snooze, anomaly.Id), Leave("scanned@example.com"), Unsubscribe("scanned@example.com")])
        {
            using var get = await Http.GetAsync(host.App.Url + url, Stop);
            using var head = await Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, host.App.Url + url), Stop);
        }

        using var post = await Http.PostAsync(host.App.Url + Act(MailAction.Acknowledge, anomaly.Id), new FormUrlEncodedContent([new("_handler", "mail-act"), new("Form.Choice", "acknowledge")]), Stop);
        Assert.Equal(HttpStatusCode.BadRequest, post.StatusCode); // without the page's token
        Assert.Null(await host.TriageAsync(anomaly.Id));
        Assert.False(await Book.HasLeftAsync(BrowserHost.Tenant, "mail", "scanned@example.com", Stop));
    }

    [Theory]
    [InlineData("alice@example.com", HttpStatusCode.OK)]
    [InlineData("Victor@Example.com", HttpStatusCode.Forbidden)] // a viewer here, however the address is written
    [InlineData("team@example.com", HttpStatusCode.OK)] // nobody here: an administrator has entered the list's address
    public async Task Who_is_known_here_decides_by_mail_only_as_a_responder(string recipient, HttpStatusCode expected)
    {
        var anomaly = await host.CaseAsync();
        using var get = await Http.GetAsync(host.App.Url + Act(MailAction.Acknowledge, anomaly.Id, recipient), Stop);
        Assert.Equal(expected, get.StatusCode);
        Assert.Equal(expected == HttpStatusCode.OK, (await get.Content.ReadAsStringAsync(Stop)).Contains("Yes, I have seen it", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_became_a_viewer_after_the_page_was_opened_decides_nothing_any_more()
    {
        var anomaly = await host.CaseAsync();
        var user = await host.App.AddUserAsync("former@example.com", AccessRole.Responder);
        await using var window = await browser.OpenAsync(host.App, width: 375);
        await window.Page.GotoAsync(Act(MailAction.Acknowledge, anomaly.Id, user.Name));

        await using (var session = host.App.Store.LightweightSession())
        {
            var stored = (await session.LoadAsync<DdocCost.Domain.Access.AppUser>(user.Id, Stop))!;
            stored.Role = AccessRole.Viewer;
            session.Update(stored);
            await session.SaveChangesAsync(Stop);
        }

        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Yes, I have seen it" }).ClickAsync();
        await window.Page.GetByText("Responders decide on cases").WaitForAsync();
        Assert.Null(await host.TriageAsync(anomaly.Id));
    }

    [Fact]
    public async Task Who_was_shut_out_sees_and_decides_nothing_by_an_older_letter()
    {
        var anomaly = await host.CaseAsync();
        var user = await host.App.AddUserAsync("gone@example.com", AccessRole.Responder);
        await using var window = await browser.OpenAsync(host.App, width: 375);
        await window.Page.GotoAsync(Act(MailAction.Acknowledge, anomaly.Id, user.Name));

        await using (var session = host.App.Store.LightweightSession())
        {
            var stored = (await session.LoadAsync<DdocCost.Domain.Access.AppUser>(user.Id, Stop))!;
            stored.DisabledAt = DateTimeOffset.UtcNow;
            session.Update(stored);
            await session.SaveChangesAsync(Stop);
        }

        using var get = await Http.GetAsync(host.App.Url + Act(MailAction.Acknowledge, anomaly.Id, user.Name), Stop);
        Assert.Equal(HttpStatusCode.Gone, get.StatusCode);
        Assert.DoesNotContain(anomaly.Title, await get.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Yes, I have seen it" }).ClickAsync(); // on the page opened before
        await window.Page.GetByText("This link leads nowhere any more").WaitForAsync();
        Assert.Null(await host.TriageAsync(anomaly.Id));
    }

    [Fact]
    public async Task A_link_that_was_altered_has_run_out_or_is_for_something_else_leads_nowhere()
    {
        var anomaly = await host.CaseAsync();
        var expired = host.App.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("ddoc.mail-links").ToTimeLimitedDataProtector().Protect("{}", TimeSpan.FromSeconds(-1));
        var altered = Act(MailAction.Acknowledge, anomaly.Id);
        altered = altered[..^3] + (altered[^3..] == "AAA" ? "BBB" : "AAA");
        foreach (var url in (string[])[altered, $"/mail/act/{expired}", "/mail/act/x", Unsubscribe("a@b.example").Replace("unsubscribe", "act", StringComparison.Ordinal)])
        {
            using var answer = await Http.GetAsync(host.App.Url + url, Stop);
            Assert.Equal(HttpStatusCode.Gone, answer.StatusCode);
            Assert.Contains("This link leads nowhere any more", await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_mail_programs_unsubscribe_button_takes_one_POST_and_the_page_takes_it_back()
    {
        using var left = await Http.PostAsync(host.App.Url + Leave("bob@example.com"), new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]), Stop);
        Assert.Equal(HttpStatusCode.OK, left.StatusCode);
        Assert.True(await Book.HasLeftAsync(BrowserHost.Tenant, "mail", "bob@example.com", Stop));
        Assert.Equal("channel.unsubscribe", Assert.Single(await host.AuditAsync("channel/mail")).Action);
        await using var window = await browser.OpenAsync(host.App, width: 375);

        await window.Page.GotoAsync(Unsubscribe("bob@example.com"));
        await PictureAsync(window.Page, "mail-left");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Subscribe again" }).ClickAsync();
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Unsubscribe", Exact = true }).WaitForAsync();

        Assert.False(await Book.HasLeftAsync(BrowserHost.Tenant, "mail", "bob@example.com", Stop));
    }

    [Fact]
    public async Task The_page_of_people_in_Slack_links_them_to_users()
    {
        await host.App.AddUserAsync("boss", AccessRole.Administrator);
        await host.App.StoreAsync(BrowserHost.Tenant, new DdocCost.Jobs.Notify.Channels.Slack.SlackPerson { Id = "U77", Name = "Nadia <b>", SeenAt = DateTimeOffset.UtcNow });
        await using var window = await browser.OpenAsync(host.App, width: 375);
        await window.SignInAsync("boss");

        await window.Page.GotoAsync("/channels/people");
        await window.Page.GetByLabel("Acts as").First.SelectOptionAsync(new SelectOptionValue { Label = "alice@example.com (responder)" });
        await window.Page.GetByText("linked by boss").WaitForAsync();

        await PictureAsync(window.Page, "slack-people");
        window.AssertQuiet();
    }

    private string Act(MailAction action, string caseId, string recipient = "alice@example.com") =>
        $"/mail/act/{Links.Seal(new MailPass(action, BrowserHost.Tenant, "mail", recipient, caseId))}";

    private string Leave(string recipient) => Links.ToLeave(new Uri("https://x"), new MailPass(MailAction.Unsubscribe, BrowserHost.Tenant, "mail", recipient)).AbsolutePath;

    private string Unsubscribe(string recipient) => Leave(recipient).Replace("/leave/", "/unsubscribe/", StringComparison.Ordinal);

    private static async Task PictureAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("DDOC_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{name}.png"), FullPage = true });
        }
    }
}
