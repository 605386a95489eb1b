namespace DdocCost.Jobs.Aws;

/// <summary>
/// Spaces out requests of one kind: a token bucket that halves its rate when AWS throttles and wins it back slowly. Where ten or more a second are allowed, a
/// second's worth may go at once.
/// </summary>
internal sealed class RequestPace(double atMostPerSecond, TimeProvider clock)
{
    /// <summary>Never slower than a request in ten seconds.</summary>
    private const double LeastPerSecond = 0.1;

    private readonly Lock _lock = new();
    private readonly double _mostPerSecond = atMostPerSecond;
    private double _perSecond = atMostPerSecond;
    private double _tokens = Burst(atMostPerSecond);
    private long _filledAt = clock.GetTimestamp();

    /// <summary>Requests a second it lets through now.</summary>
    public double PerSecond
    {
        get
        {
            lock (_lock)
            {
                return _perSecond;
            }
        }
    }

    /// <summary>Waits for a turn. Turns are given in the order of asking.</summary>
    public Task WaitAsync(CancellationToken cancellationToken)
    {
        TimeSpan wait;
        lock (_lock)
        {
            Fill();
            _tokens--; // below zero: taken from the future
            wait = _tokens >= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(-_tokens / _perSecond);
        }

        return wait == TimeSpan.Zero ? Task.CompletedTask : Task.Delay(wait, clock, cancellationToken);
    }

    /// <summary>AWS took a request: a little faster again.</summary>
    public void Succeeded()
    {
        lock (_lock)
        {
            Fill();
            _perSecond = Math.Min(_mostPerSecond, _perSecond + (_mostPerSecond * 0.02));
        }
    }

    /// <summary>AWS throttled: half as fast, and nothing saved up.</summary>
    public void Throttled()
    {
        lock (_lock)
        {
            Fill();
            _perSecond = Math.Max(LeastPerSecond, _perSecond / 2);
            _tokens = Math.Min(_tokens, 0);
        }
    }

    // A limit of a few a second is meant strictly.
    private static double Burst(double perSecond) => perSecond < 10 ? 1 : perSecond;

    private void Fill()
    {
        var now = clock.GetTimestamp();
        _tokens = Math.Min(Burst(_perSecond), _tokens + (clock.GetElapsedTime(_filledAt, now).TotalSeconds * _perSecond));
        _filledAt = now;
    }
}
