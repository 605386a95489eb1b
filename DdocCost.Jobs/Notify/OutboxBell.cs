namespace DdocCost.Jobs.Notify;

/// <summary>Wakes up one who waits; rung while nobody waits, it is heard by the next who does.</summary>
internal sealed class OutboxBell : IDisposable
{
    private readonly SemaphoreSlim _signal = new(0, 1);

    /// <summary>Waits until it rings, or for so long.</summary>
    public Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) => _signal.WaitAsync(atMost, cancellationToken);

    /// <summary>Rings.</summary>
    public void Ring()
    {
        try
        {
            _signal.Release();
        }
        catch (SemaphoreFullException)
        {
            // It has rung already.
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _signal.Dispose();
}
