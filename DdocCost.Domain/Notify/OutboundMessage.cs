namespace DdocCost.Domain.Notify;

/// <summary>One notice on its way to one channel.</summary>
public sealed record OutboundMessage
{
    /// <summary>
    /// The idempotency key: the same in every attempt, also after a crash between the other side's answer and our taking note of it. Hand it
    /// over wherever the other side can tell a repetition by it.
    /// </summary>
    public required Guid Id { get; init; }

    /// <summary>Whose it is.</summary>
    public required string TenantId { get; init; }

    /// <summary>Where to.</summary>
    public required string ChannelId { get; init; }

    /// <summary>What groups messages on the channel: the case's id; null for what stands alone.</summary>
    public string? ThreadKey { get; init; }

    /// <summary>What is told.</summary>
    public required Notice Notice { get; init; }

    /// <summary>The handle of the thread's first accepted message on this channel; null where this is the first.</summary>
    public string? Handle { get; init; }

    /// <summary>When it was put into the outbox, UTC.</summary>
    public required DateTimeOffset QueuedAt { get; init; }

    /// <summary>When this attempt began, UTC: the best that a message can say of when it is told.</summary>
    public required DateTimeOffset SendingAt { get; init; }

    /// <summary>Which attempt this is, from 1.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>Part of a self-test: nothing happened, and the message must say so.</summary>
    public bool IsSelfTest { get; init; }
}
