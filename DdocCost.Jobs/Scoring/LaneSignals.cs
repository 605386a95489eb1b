using System.Globalization;
using DdocCost.Domain.Queue;
using DdocCost.Domain.Storage;
using Npgsql;

namespace DdocCost.Jobs.Scoring;

/// <summary>
/// Wakes up a lane's consumer when something was sent. One listening connection a process; a convenience only, as consumers look for
/// themselves all the same.
/// </summary>
internal sealed class LaneSignals(NpgsqlDataSource database, TimeProvider clock, ILogger<LaneSignals> log)
{
    private static readonly TimeSpan Reconnect = TimeSpan.FromSeconds(1);
    private readonly SemaphoreSlim[] _signals = [.. Enumerable.Range(0, Lanes.Count).Select(_ => new SemaphoreSlim(0, 1))];

    /// <summary>Waits until something was announced for the lane, or for so long.</summary>
    public async Task WaitAsync(int lane, TimeSpan atMost, CancellationToken cancellationToken) => await _signals[lane].WaitAsync(atMost, cancellationToken);

    /// <summary>Listens until stopped.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await using var connection = await database.OpenConnectionAsync(cancellationToken);
                connection.Notification += (_, announcement) => Signal(announcement.Payload);
                await connection.ExecuteAsync($"listen {Lanes.Channel}", cancellationToken);
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
                ScoringLog.NotListening(log, error);
                await Task.Delay(Reconnect, clock, cancellationToken).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            }
        }
    }

    private void Signal(string lanes)
    {
        foreach (var text in lanes.Split(','))
        {
            if (int.TryParse(text, CultureInfo.InvariantCulture, out var lane) && lane is >= 0 and < Lanes.Count && _signals[lane].CurrentCount == 0)
            {
                _signals[lane].Release(); // only the one listener does so, hence never beyond one
            }
        }
    }
}
