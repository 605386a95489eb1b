using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using CsCheck;
using DdocCost.Domain.Notify;
using DdocCost.Jobs.Notify.Channels.Mail;
using DdocCost.Jobs.Notify.Channels.Stories;
using DdocCost.Tests.Support;
using Microsoft.Playwright;
using MimeKit;

namespace DdocCost.Tests.Notify.Channels;

/// <summary>Letters, read back as a mail program reads them.</summary>
public sealed class MailLetterTests(BrowserFixture browser)
{
    private static readonly Uri Pages = new("https://cost.example.com");
    private static readonly MailboxAddress From = new("dd0c/cost", "costs@example.com");
    private static readonly MailboxAddress To = new("", "alice@example.com");
    private static readonly LetterLinks Links = new(new Uri(Pages, "/mail/act/a"), new Uri(Pages, "/mail/act/s"), new Uri(Pages, "/mail/unsubscribe/u"), new Uri(Pages, "/mail/leave/u"));

    private static readonly string[] Tags =
    [
        "html", "head", "meta", "style", "title", "body", "table", "tbody", "tr", "td", "p", "h1", "h2", "div", "a", "img", "pre", "br",
    ];

    [Fact]
    public void Nothing_from_outside_becomes_a_header_whatever_is_told() => Evil.Notice.Sample(notice =>
    {
        var letter = ReadBack(notice);

        Assert.Equal(["alice@example.com"], letter.GetRecipients().Select(to => to.Address));
        Assert.Empty(letter.Headers.Select(header => header.Field).Except(
            ["Subject", "Date", "Message-Id", "Importance", "From", "To", "Auto-Submitted", "X-Auto-Response-Suppress", "List-Unsubscribe", "List-Unsubscribe-Post", "MIME-Version", "Content-Type"], StringComparer.OrdinalIgnoreCase));
        Assert.True(letter.Subject!.Length <= 200);
        Assert.DoesNotContain(letter.Subject, char.IsControl);
        Assert.Equal(["text/plain", "text/html"], letter.BodyParts.Where(part => part is TextPart).Select(part => part.ContentType.MimeType));
    }, iter: 40);

    [Fact]
    public void Nothing_from_outside_becomes_markup_whatever_is_told() => Evil.Notice.Sample(notice =>
    {
        using var document = new HtmlParser().ParseDocument(ReadBack(notice).HtmlBody!);

        Assert.Empty(document.All.Select(element => element.LocalName).Except(Tags));
        Assert.DoesNotContain(document.All.SelectMany(element => element.Attributes), attribute => attribute.Name.StartsWith("on", StringComparison.Ordinal));
        Assert.All(document.QuerySelectorAll("a").Select(link => link.GetAttribute("href")!), href => Assert.StartsWith("https://cost.example.com/", href, StringComparison.Ordinal));
        Assert.All(document.QuerySelectorAll("img").Select(image => image.GetAttribute("src")!), src => Assert.Equal("cid:chart@ddoc", src));
    }, iter: 40);

    [Theory]
    [InlineData(false, 375)]
    [InlineData(true, 375)]
    [InlineData(false, 800)]
    [InlineData(true, 800)]
    public async Task Is_readable_on_a_phone_and_on_a_desk_by_day_and_by_night(bool dark, int width)
    {
        var page = await browser.OpenAsync("", dark, width);
        foreach (var (name, notice) in Notices.All.Append(("long", Notices.Opened(Notices.Case(new string('x', 300))))))
        {
            var letter = ReadBack(notice);
            await page.SetContentAsync(WithPictures(letter));

            Assert.True(await page.Locator("table.card").EvaluateAsync<int>("card => Math.ceil(card.getBoundingClientRect().right)") <= width, "it is wider than the screen");
            var background = await page.Locator("table.card").EvaluateAsync<string>("card => getComputedStyle(card).backgroundColor");
            var ink = await page.Locator("h1").EvaluateAsync<string>("heading => getComputedStyle(heading).color");
            Assert.Equal(dark ? ("rgb(24, 33, 49)", "rgb(230, 235, 242)") : ("rgb(255, 255, 255)", "rgb(16, 24, 40)"), (background, ink));
            if (Environment.GetEnvironmentVariable("DDOC_SCREENSHOTS") is { Length: > 0 } folder)
            {
                await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"mail-{name}-{width}{(dark ? "-dark" : "")}.png"), FullPage = true });
            }
        }

        await page.Context.CloseAsync();
    }

    private static MimeMessage ReadBack(Notice notice)
    {
        var message = Notices.Message(notice);
        using var wire = new MemoryStream();
        var story = StoryTeller.Tell(message, Pages);
        MailLetter.Write(From, To, message, story, story.IsOpen ? Links : Links with { Acknowledge = null, Snooze = null }).WriteTo(wire);
        wire.Position = 0;
        return MimeMessage.Load(wire);
    }

    private static string WithPictures(MimeMessage letter)
    {
        var html = letter.HtmlBody!;
        foreach (var picture in letter.BodyParts.OfType<MimePart>().Where(part => part.ContentId is not null && part is not TextPart))
        {
            using var bytes = new MemoryStream();
            picture.Content!.DecodeTo(bytes);
            html = html.Replace($"cid:{picture.ContentId}", $"data:image/png;base64,{Convert.ToBase64String(bytes.ToArray())}", StringComparison.Ordinal);
        }

        return html;
    }
}
