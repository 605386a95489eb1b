using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DdocCost.Jobs.Demo;

/// <summary>Goes on writing the demo's trail as time passes: ordinary traffic every few seconds, an incident soon after start and now and then another.</summary>
public sealed class LiveTraffic(DemoTrail trail, IOptions<DemoOptions> options, TimeProvider clock, ILogger<LiveTraffic> log) : BackgroundService
{
    // Short, medium, long: some cases close while a newcomer looks on, some stay to be looked at.
    private static readonly TimeSpan[] CleanUpAfter = [TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(25), TimeSpan.FromMinutes(9)];
    private readonly DemoOptions _options = options.Value;
    private DateTimeOffset _nextIncident;
    private int _incidents;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _nextIncident = clock.GetUtcNow() + _options.FirstIncidentAfter;
        using var timer = new PeriodicTimer(_options.WriteEvery, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                Tick(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The application stops.
        }
    }

    private void Tick(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        trail.AddReads(1);
        if (now >= _nextIncident)
        {
            var incident = trail.PlayNext(CleanUpAfter[_incidents++ % CleanUpAfter.Length]);
            DemoLog.IncidentBegins(log, incident.Scenario, incident.AccountKind);
            _nextIncident = now + _options.IncidentEvery;
        }

        trail.WriteUntil(now, cancellationToken: cancellationToken);
    }
}
