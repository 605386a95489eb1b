using DdocCost.Domain.Storage;
using Marten;

namespace DdocCost.Jobs.Notify.Channels.Mail;

/// <summary>That a mail server has taken a message for a recipient: a later attempt leaves that one out. Document.</summary>
/// <param name="Id">Derived from message and recipient.</param>
/// <param name="At">When, UTC.</param>
public sealed record MailReceipt(Guid Id, DateTimeOffset At);

/// <summary>That somebody wants no more mail of a channel. Document.</summary>
/// <param name="Id">Derived from channel and recipient.</param>
/// <param name="ChannelId">The channel.</param>
/// <param name="Recipient">The address, as entered in the channel.</param>
/// <param name="At">When, UTC.</param>
public sealed record MailOptOut(Guid Id, string ChannelId, string Recipient, DateTimeOffset At);

/// <summary>How both are kept.</summary>
internal sealed class MailStorage : IConfigureMarten
{
    /// <inheritdoc/>
    public void Configure(IServiceProvider services, StoreOptions options)
    {
        options.Schema.For<MailReceipt>().DocumentAlias("mail_receipts").Column(receipt => receipt.At, index: "at");
        options.Schema.For<MailOptOut>().DocumentAlias("mail_opt_outs");
    }
}
