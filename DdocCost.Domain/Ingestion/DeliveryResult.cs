namespace DdocCost.Domain.Ingestion;

/// <summary>What became of one delivery that is durable now.</summary>
/// <param name="Name">File path or object key.</param>
/// <param name="Records">Readable records.</param>
/// <param name="Rejected">Pieces that are not, or that belong to an account which the delivery may not speak for.</param>
/// <param name="Redelivered">Its very bytes had been taken before, and nothing new was stored.</param>
/// <param name="Reasons">Why pieces were rejected: the first few reasons, each once.</param>
/// <param name="Remarks">Remarks on the whole.</param>
public sealed record DeliveryResult(
    string Name, long Records, long Rejected, bool Redelivered, IReadOnlyList<string> Reasons, IReadOnlyList<string> Remarks)
{
    private const int MostReasons = 5;

    internal static DeliveryResult Of(DeliveryScan scan, bool redelivered) => new(
        scan.Delivery.Name, scan.Records, scan.RejectedCount, redelivered,
        [.. scan.Rejects.Select(reject => reject.Reason).Distinct().Take(MostReasons)], scan.Remarks);
}
