namespace DdocCost.Domain.Ingestion;

/// <summary>What a source has brought so far; exact, because it is counted in the transaction that takes deliveries in.</summary>
/// <param name="LastDeliveryAt">When something new was taken last, UTC.</param>
/// <param name="Deliveries">Deliveries taken; redelivered ones are not counted again.</param>
/// <param name="Records">Readable records in them.</param>
/// <param name="Rejected">Pieces of them that are not.</param>
/// <param name="Delays">How late records came: those of this hour, and of each earlier hour half as many as of the one after.</param>
public sealed record SourceTally(DateTimeOffset LastDeliveryAt, long Deliveries, long Records, long Rejected, DelayHistogram Delays);
