using DdocCost.Domain.Notify;
using DdocCost.Jobs.Notify.Channels.Mail;
using DdocCost.Tests.Notify.Channels;
using DdocCost.Tests.Zombies;
using Marten;
using Microsoft.Extensions.DependencyInjection;

namespace DdocCost.Tests.Access;

/// <summary>Invitations by mail, over a real SMTP server.</summary>
public sealed class PersonalMailTests(MailRig rig) : IClassFixture<MailRig>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_link_goes_to_the_one_person_by_the_tenants_mail_channel_and_to_nobody_where_there_is_none()
    {
        rig.Box.Clear();
        var panic = new ManualPanic();
        var mail = new PersonalMail(rig.Bench.Services.GetRequiredService<MailServer>(), rig.Bench.Services.GetRequiredService<IDocumentStore>(), panic);
        await using (var session = rig.Bench.Services.GetRequiredService<IDocumentStore>().LightweightSession("t"))
        {
            session.Store(rig.Channel());
            await session.SaveChangesAsync(Cancelled);
        }

        Assert.Null(await mail.SendAsync("another", "bob@example.com", "You are invited", "https://cost.example.com/welcome", Cancelled));
        Assert.Null(await mail.SendAsync("t", "bob", "You are invited", "no address", Cancelled));
        Assert.Null(await mail.SendAsync("t", "bob@example.com\r\nBcc: eve@example.com", "You are invited", "two headers", Cancelled));
        Assert.IsType<SendOutcome.Accepted>(await mail.SendAsync("t", "bob@example.com", "You are\r\nBcc: eve@example.com", "https://cost.example.com/welcome", Cancelled));

        panic.IsOn = true;
        Assert.IsType<SendOutcome.Refused>(await mail.SendAsync("t", "bob@example.com", "You are invited", "nothing leaves now", Cancelled));

        var kept = Assert.Single(rig.Box.Letters);
        Assert.Equal(["bob@example.com"], kept.To);
        Assert.Empty(kept.Letter.Bcc);
        Assert.Contains("https://cost.example.com/welcome", kept.Letter.TextBody, StringComparison.Ordinal);
    }
}
