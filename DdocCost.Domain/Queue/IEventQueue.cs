using Npgsql;

namespace DdocCost.Domain.Queue;

/// <summary>
/// The queue between intake and scoring. What the rest relies on: what is sent in a transaction is delivered if and only if it commits, at
/// least once; an account's pointers become readable in the order of their numbers; what is read stays hidden until it is deleted or its
/// time is up. What a queue cannot promise (once only, never early) the account's fence makes good: it takes each number once, and none
/// before its predecessor.
/// </summary>
public interface IEventQueue
{
    /// <summary>Adds to a batch: send these in order, when its transaction commits. The sender holds the row lock of each account.</summary>
    void Send(NpgsqlBatch batch, int lane, IReadOnlyCollection<DeliveryPointer> pointers);

    /// <summary>Makes readable what a consumer that is gone has hidden, as far as the queue can; only by the lane's owner.</summary>
    Task ResetAsync(NpgsqlConnection connection, int lane, CancellationToken cancellationToken);

    /// <summary>Reads the next messages in order and hides them; only by the lane's owner.</summary>
    Task<List<LaneMessage>> ReadAsync(NpgsqlConnection connection, int lane, TimeSpan hide, int quantity, CancellationToken cancellationToken);

    /// <summary>Deletes messages in the transaction that the connection has open, as far as the queue takes part in transactions.</summary>
    /// <returns>false where somebody else has dealt with one of them: nothing of the transaction may be kept.</returns>
    Task<bool> DeleteAsync(NpgsqlConnection connection, int lane, IReadOnlyCollection<long> ids, CancellationToken cancellationToken);

    /// <summary>The transaction has committed: deletes what could not be deleted in it. What fails here comes again, and the fence passes over it.</summary>
    Task CommittedAsync(int lane, IReadOnlyCollection<long> ids, CancellationToken cancellationToken);

    /// <summary>Takes a message that is given up out of the lane, in the transaction; it is kept where people can find it.</summary>
    Task ArchiveAsync(NpgsqlConnection connection, int lane, long id, CancellationToken cancellationToken);

    /// <summary>About how many messages wait in a lane, hidden ones included.</summary>
    Task<long> DepthAsync(NpgsqlConnection connection, int lane, CancellationToken cancellationToken);
}
