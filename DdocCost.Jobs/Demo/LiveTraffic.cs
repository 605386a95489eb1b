using Microsoft.Extensions.Options;

namespace DdocCost.Jobs.Demo;

/// <summary>Goes on writing the demo's trail as time passes: ordinary traffic every few seconds, an incident soon after start and now and then another.</summary>
public sealed class LiveTraffic(IOptions<DemoOptions> options, TimeProvider clock, ILogger<LiveTraffic> log)
{
    // Short, long, medium: some cases close while a newcomer looks on, some stay to be looked at.
    private static readonly TimeSpan[] CleanUpAfter = [TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(25), TimeSpan.FromMinutes(9)];
    private readonly DemoOptions _options = options.Value;
    private DateTimeOffset _nextIncident;
    private int _incidents;
    private int _ticks;

    /// <summary>Runs until cancelled.</summary>
    /// <param name="trail">The trail; used by nobody else meanwhile.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task RunAsync(DemoTrail trail, CancellationToken cancellationToken)
    {
        _nextIncident = clock.GetUtcNow() + _options.FirstIncidentAfter;
        using var timer = new PeriodicTimer(_options.WriteEvery, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                Write(trail, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The application stops.
        }
    }

    private void Write(DemoTrail trail, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        try
        {
            // Every other time, because each delivery is a file, and whoever watches the folder looks at all of them.
            if (_ticks++ % 2 == 0)
            {
                trail.AddReads(2);
            }

            if (now >= _nextIncident)
            {
                var incident = trail.PlayNext(CleanUpAfter[_incidents++ % CleanUpAfter.Length]);
                DemoLog.IncidentBegins(log, incident.Scenario, incident.AccountKind);
                _nextIncident = now + _options.IncidentEvery;
            }

            trail.WriteUntil(now, cancellationToken: cancellationToken);
        }
        catch (IOException error)
        {
            DemoLog.CannotWrite(log, error); // a full disk, say; what was not written comes with the next tick
        }
    }
}
