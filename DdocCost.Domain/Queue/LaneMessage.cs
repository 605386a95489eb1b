namespace DdocCost.Domain.Queue;

/// <summary>A message read from a lane.</summary>
/// <param name="Id">pgmq's msg_id, or the row's number where the queue is SQS; the same whenever it is read.</param>
/// <param name="ReadCount">How often it was read, this time included.</param>
/// <param name="SentAt">When it was sent, UTC: since then what it points to has been durable.</param>
/// <param name="Delivery">What it says.</param>
public sealed record LaneMessage(long Id, int ReadCount, DateTimeOffset SentAt, DeliveryPointer Delivery);
