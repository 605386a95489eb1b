using DdocCost.Domain.Queue;

namespace DdocCost.Jobs.Scoring;

/// <summary>The pipeline threw on one record.</summary>
internal sealed class RecordFailedException(Guid key, Exception inner) : Exception($"Record {key} cannot be scored.", inner)
{
    /// <summary>Which.</summary>
    public Guid Key => key;
}

/// <summary>A delivery came before the one that precedes it in its account.</summary>
internal sealed class OutOfOrderException(DeliveryPointer delivery, long applied)
    : Exception($"Delivery {delivery.Sequence} of account {delivery.AccountId} came while {applied} was the last one stored.");

/// <summary>Somebody else has dealt with what this consumer was working on: its lane is no longer its own.</summary>
internal sealed class LaneLostException(string what) : Exception(what);
