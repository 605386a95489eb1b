namespace DdocCost.Domain.Queue;

/// <summary>Which queue lies between intake and scoring.</summary>
public enum QueueKind
{
    /// <summary>pgmq's lanes in the database.</summary>
    Postgres,

    /// <summary>A queue of Amazon SQS FIFO for each lane.</summary>
    Sqs,
}
