using DdocCost.Domain.Ingestion.Reading;

namespace DdocCost.Domain.Ingestion;

/// <summary>A piece of a delivery that is not a readable CloudTrail record: where it was, why, and how it began.</summary>
/// <param name="Delivery">File path or object key of the delivery.</param>
/// <param name="Position">Index of the record in the delivery from 0, or the byte offset where <paramref name="IsByteOffset"/>.</param>
/// <param name="IsByteOffset">Whether <paramref name="Position"/> is a byte offset in the uncompressed delivery.</param>
/// <param name="Reason">For a person, one sentence, such as "the gzip stream ends early".</param>
/// <param name="Excerpt">The first bytes of the piece as text, at most 512 characters, invalid UTF-8 replaced.</param>
public sealed record RejectedRecord(string Delivery, long Position, bool IsByteOffset, string Reason, string Excerpt)
{
    /// <summary>The whole delivery is well-formed JSON that has nothing to do with CloudTrail.</summary>
    public bool IsForeignJson { get; init; }

    /// <summary>A record that was handed over, but cannot be read as what its name says.</summary>
    public static RejectedRecord From(string delivery, in RawRecord record, string reason) =>
        new(delivery, record.Position, IsByteOffset: false, reason, DeliveryReport.Excerpt(record.Json.Span));
}
