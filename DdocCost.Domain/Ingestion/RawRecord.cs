namespace DdocCost.Domain.Ingestion;

/// <summary>
/// One CloudTrail record as it lies in a delivery, still as bytes: the few top-level fields needed to decide whether it can
/// cost money, and its JSON. Valid only during the call that hands it over; the memory is reused afterwards.
/// </summary>
/// <remarks>Field spans are the raw JSON string contents; an absent field is empty. AWS "CloudTrail record contents".</remarks>
public readonly ref struct RawRecord
{
    /// <summary>The record's whole JSON object, UTF-8. Backed by memory, so that it can be parsed without a copy.</summary>
    public required ReadOnlyMemory<byte> Json { get; init; }

    /// <summary>For example <c>ec2.amazonaws.com</c>. Empty for an Insight event.</summary>
    public required ReadOnlySpan<byte> EventSource { get; init; }

    /// <summary>For example <c>RunInstances</c>. Empty for an Insight event.</summary>
    public required ReadOnlySpan<byte> EventName { get; init; }

    /// <summary>Its eventTime as written, for example <c>2026-09-07T03:10:00Z</c>. Empty where it has none.</summary>
    public ReadOnlySpan<byte> EventTime { get; init; }

    /// <summary>What makes the record the same record wherever it is met: its eventID where that is a GUID, else a hash of its JSON.</summary>
    public required Guid Key { get; init; }

    /// <summary>
    /// The account the record belongs to: recipientAccountId, else userIdentity.accountId, else what the envelope or the file's
    /// path says, else <see cref="UnknownAccount"/>.
    /// </summary>
    public required string AccountId { get; init; }

    /// <summary>
    /// Position in the delivery, from 0: index in <c>Records</c>, or number of the line in JSON lines (blank lines not counted). Rejected
    /// and left-alone pieces count as well.
    /// </summary>
    public required long Position { get; init; }

    /// <summary>The account id of a record that does not say to whom it belongs.</summary>
    public const string UnknownAccount = "unknown";
}
