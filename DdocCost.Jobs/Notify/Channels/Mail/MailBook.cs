using System.IO.Hashing;
using System.Text;
using DdocCost.Domain.Audit;
using Marten;

namespace DdocCost.Jobs.Notify.Channels.Mail;

/// <summary>Remembers who got what and who wants no more.</summary>
public sealed class MailBook(IDocumentStore store, TimeProvider time)
{
    // Attempts end after a day by default; a receipt that is older helps nobody.
    private static readonly TimeSpan KeepReceipts = TimeSpan.FromDays(10);

    /// <summary>Those of the recipients who still have to get a message.</summary>
    public async Task<IReadOnlyList<string>> WaitingAsync(string tenantId, string channelId, Guid messageId, IReadOnlyList<string> recipients, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession(tenantId);
        var receipts = (await session.LoadManyAsync<MailReceipt>(cancellationToken, [.. recipients.Select(r => ReceiptId(messageId, r))])).Select(receipt => receipt.Id).ToHashSet();
        var gone = (await session.LoadManyAsync<MailOptOut>(cancellationToken, [.. recipients.Select(r => OptOutId(channelId, r))])).Select(optOut => optOut.Id).ToHashSet();
        return [.. recipients.Where(r => !receipts.Contains(ReceiptId(messageId, r)) && !gone.Contains(OptOutId(channelId, r)))];
    }

    /// <summary>A server has taken a message for a recipient.</summary>
    public async Task TakenAsync(string tenantId, Guid messageId, string recipient, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var outdated = now - KeepReceipts;
        await using var session = store.LightweightSession(tenantId);
        session.Store(new MailReceipt(ReceiptId(messageId, recipient), now));
        session.DeleteWhere<MailReceipt>(receipt => receipt.At < outdated);
        await session.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Whether somebody wants no more mail of a channel.</summary>
    public async Task<bool> HasLeftAsync(string tenantId, string channelId, string recipient, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession(tenantId);
        return await session.LoadAsync<MailOptOut>(OptOutId(channelId, recipient), cancellationToken) is not null;
    }

    /// <summary>Somebody wants no more mail of a channel; harmless to repeat.</summary>
    public async Task LeaveAsync(string tenantId, string channelId, string recipient, CancellationToken cancellationToken)
    {
        if (await HasLeftAsync(tenantId, channelId, recipient, cancellationToken))
        {
            return;
        }

        await using var session = store.LightweightSession(tenantId);
        session.Store(new MailOptOut(OptOutId(channelId, recipient), channelId, recipient, time.GetUtcNow()));
        session.Insert(AuditEntry.Of(time.GetUtcNow(), recipient, Mouth.Mail, "channel.unsubscribe", $"channel/{channelId}"));
        await session.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Somebody wants mail again.</summary>
    public async Task ReturnAsync(string tenantId, string channelId, string recipient, CancellationToken cancellationToken)
    {
        await using var session = store.LightweightSession(tenantId);
        session.Delete<MailOptOut>(OptOutId(channelId, recipient));
        session.Insert(AuditEntry.Of(time.GetUtcNow(), recipient, Mouth.Mail, "channel.subscribe", $"channel/{channelId}"));
        await session.SaveChangesAsync(cancellationToken);
    }

    private static Guid ReceiptId(Guid messageId, string recipient) => IdOf($"{messageId}\n{recipient.ToLowerInvariant()}");

    private static Guid OptOutId(string channelId, string recipient) => IdOf($"{channelId}\n{recipient.ToLowerInvariant()}");

    private static Guid IdOf(string text) => new(XxHash128.Hash(Encoding.UTF8.GetBytes(text)));
}
