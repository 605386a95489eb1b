using DdocCost.Domain.Notify;
using DdocCost.Domain.Storage;
using Npgsql;

namespace DdocCost.Jobs.Notify;

/// <summary>
/// Wakes up this process's dispatcher when something was written to the outbox. A convenience only: the dispatcher looks
/// for itself all the same.
/// </summary>
internal sealed class OutboxSignals(NpgsqlDataSource database, TimeProvider clock, ILogger<OutboxSignals> log) : IDisposable
{
    private static readonly TimeSpan Reconnect = TimeSpan.FromSeconds(1);

    /// <summary>Rings when something was written.</summary>
    public OutboxBell Bell { get; } = new();

    /// <summary>Listens until stopped.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await using var connection = await database.OpenConnectionAsync(cancellationToken);
                connection.Notification += (_, _) => Bell.Ring();
                await connection.ExecuteAsync($"listen {Outbox.Announcement}", cancellationToken);
                while (true)
                {
                    await connection.WaitAsync(cancellationToken);
                }
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error) when (error is NpgsqlException or IOException)
            {
                NotifyLog.NotListening(log, error);
                await Task.Delay(Reconnect, clock, cancellationToken).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Bell.Dispose();
}
