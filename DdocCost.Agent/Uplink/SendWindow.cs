namespace DdocCost.Agent.Uplink;

/// <summary>How much is under way without an acknowledgement. One batch always is, however large.</summary>
internal sealed class SendWindow(long limit) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Queue<(ulong Sequence, int Bytes)> _under = new();
    private readonly SemaphoreSlim _room = new(0, 1);
    private long _bytes;

    /// <summary>Waits for room and takes it.</summary>
    public async Task EnterAsync(ulong sequence, int bytes, CancellationToken cancellationToken)
    {
        while (true)
        {
            lock (_lock)
            {
                if (_bytes == 0 || _bytes + bytes <= limit)
                {
                    _under.Enqueue((sequence, bytes));
                    _bytes += bytes;
                    return;
                }
            }

            await _room.WaitAsync(cancellationToken);
        }
    }

    public void Dispose() => _room.Dispose();

    /// <summary>Gives room back.</summary>
    public void Acknowledge(ulong sequence)
    {
        lock (_lock)
        {
            while (_under.TryPeek(out var oldest) && oldest.Sequence <= sequence)
            {
                _bytes -= _under.Dequeue().Bytes;
            }

            if (_room.CurrentCount == 0)
            {
                _room.Release();
            }
        }
    }
}
