using DdocCost.Domain.Notify;
using DdocCost.Domain.Storage;
using Npgsql;

namespace DdocCost.Jobs.Notify;

/// <summary>
/// Wakes up this process's dispatcher when something was written to the outbox or a slot became free. A convenience only: the dispatcher looks
/// for itself all the same.
/// </summary>
internal sealed class OutboxSignals(NpgsqlDataSource database, TimeProvider clock, ILogger<OutboxSignals> log) : IDisposable
{
    private static readonly TimeSpan Reconnect = TimeSpan.FromSeconds(1);
    private readonly SemaphoreSlim _signal = new(0, 1);

    /// <summary>Waits until there may be something to do, or for so long.</summary>
    public Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) => _signal.WaitAsync(atMost, cancellationToken);

    /// <summary>There may be something to do.</summary>
    public void Wake()
    {
        try
        {
            _signal.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is awake already.
        }
    }

    /// <summary>Listens until stopped.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await using var connection = await database.OpenConnectionAsync(cancellationToken);
                connection.Notification += (_, _) => Wake();
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
    public void Dispose() => _signal.Dispose();
}
