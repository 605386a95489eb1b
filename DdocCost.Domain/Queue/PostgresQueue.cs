using Npgsql;

namespace DdocCost.Domain.Queue;

/// <summary>pgmq's lanes, which take part in the caller's transactions: what <see cref="LaneQueue"/> does, behind the port.</summary>
public sealed class PostgresQueue : IEventQueue
{
    /// <inheritdoc/>
    public void Send(NpgsqlBatch batch, int lane, IReadOnlyCollection<DeliveryPointer> pointers) => LaneQueue.Send(batch, lane, pointers);

    /// <inheritdoc/>
    public Task ResetAsync(NpgsqlConnection connection, int lane, CancellationToken cancellationToken) =>
        LaneQueue.ResetAsync(connection, lane, cancellationToken);

    /// <inheritdoc/>
    public Task<List<LaneMessage>> ReadAsync(NpgsqlConnection connection, int lane, TimeSpan hide, int quantity, CancellationToken cancellationToken) =>
        LaneQueue.ReadAsync(connection, lane, hide, quantity, cancellationToken);

    /// <inheritdoc/>
    public async Task<bool> DeleteAsync(NpgsqlConnection connection, int lane, IReadOnlyCollection<long> ids, CancellationToken cancellationToken) =>
        await LaneQueue.DeleteAsync(connection, lane, ids, cancellationToken) == ids.Count;

    /// <inheritdoc/>
    public Task CommittedAsync(int lane, IReadOnlyCollection<long> ids, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task ArchiveAsync(NpgsqlConnection connection, int lane, long id, CancellationToken cancellationToken) =>
        LaneQueue.ArchiveAsync(connection, lane, id, cancellationToken);

    /// <inheritdoc/>
    public Task<long> DepthAsync(NpgsqlConnection connection, int lane, CancellationToken cancellationToken) =>
        LaneQueue.DepthAsync(connection, lane, cancellationToken);
}
