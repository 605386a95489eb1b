using DdocCost.Jobs.Live;

namespace DdocCost.App.Live;

/// <summary>Collapses a burst of updates into one refresh of a page: at once for the first, then at most one per interval, and never two at a time.</summary>
/// <remarks>A thousand accounts may report in a second; a person reads one screen.</remarks>
public sealed class LiveRefresh : IDisposable
{
    private readonly Func<Task> _refresh;
    private readonly TimeSpan _interval;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _disposed = new();
    private readonly IDisposable _subscription;
    private bool _running;
    private bool _again;

    /// <summary>Subscribes to a tenant's updates.</summary>
    /// <param name="feed">The feed.</param>
    /// <param name="tenantId">Whose updates.</param>
    /// <param name="refresh">Refreshes the page; must not throw.</param>
    /// <param name="time">Clock.</param>
    /// <param name="interval">Shortest time between two refreshes.</param>
    /// <param name="matters">Which updates matter to the page; null = all.</param>
    public LiveRefresh(LiveFeed feed, string tenantId, Func<Task> refresh, TimeProvider time, TimeSpan interval, Func<LiveUpdate, bool>? matters = null)
    {
        (_refresh, _time, _interval) = (refresh, time, interval);
        _subscription = feed.Subscribe(tenantId, update =>
        {
            if (update is null || matters is null || matters(update))
            {
                Ask();
            }
        });
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _subscription.Dispose();
        _disposed.Cancel();
        _disposed.Dispose();
    }

    private void Ask()
    {
        lock (_gate)
        {
            _again = true;
            if (_running || _disposed.IsCancellationRequested)
            {
                return;
            }

            _running = true;
            _ = RunAsync(_disposed.Token);
        }
    }

    private async Task RunAsync(CancellationToken disposed)
    {
        while (TakeRequest(disposed))
        {
            await _refresh();
            await Task.Delay(_interval, _time, disposed).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private bool TakeRequest(CancellationToken disposed)
    {
        lock (_gate)
        {
            _running = _again && !disposed.IsCancellationRequested;
            _again = false;
            return _running;
        }
    }
}
