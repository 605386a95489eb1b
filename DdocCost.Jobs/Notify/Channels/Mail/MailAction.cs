namespace DdocCost.Jobs.Notify.Channels.Mail;

/// <summary>What a link in a mail leads to.</summary>
public enum MailAction
{
    /// <summary>Take notice of the case.</summary>
    Acknowledge = 0,

    /// <summary>Silence it for a while.</summary>
    Snooze,

    /// <summary>Get no more mail of this channel.</summary>
    Unsubscribe,
}

/// <summary>What a signed link allows: one action, on one case, to one recipient.</summary>
/// <param name="Action">Which.</param>
/// <param name="TenantId">Whose.</param>
/// <param name="ChannelId">The channel that sent the mail.</param>
/// <param name="Recipient">The address it was sent to.</param>
/// <param name="CaseId">The case; empty for <see cref="MailAction.Unsubscribe"/>.</param>
public sealed record MailPass(MailAction Action, string TenantId, string ChannelId, string Recipient, string CaseId = "");
