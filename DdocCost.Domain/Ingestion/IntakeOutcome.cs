namespace DdocCost.Domain.Ingestion;

/// <summary>What became of a batch of deliveries. All but the failed ones are durable.</summary>
/// <param name="Taken">Deliveries taken in.</param>
/// <param name="Redelivered">Deliveries whose very bytes had been taken before.</param>
/// <param name="Records">Readable records of those taken.</param>
/// <param name="Rejected">Pieces of those taken that could not be read.</param>
/// <param name="Bytes">Their size as they came.</param>
/// <param name="Failed">Deliveries that could not be opened or read, with the reason; they may be tried again.</param>
public sealed record IntakeOutcome(
    int Taken, int Redelivered, long Records, long Rejected, long Bytes, IReadOnlyList<(string Name, string Reason)> Failed);
