using DdocCost.Jobs.Demo;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace DdocCost.Tests.Demo;

public sealed class LiveTrafficTests : IDisposable
{
    private static readonly DemoOptions Options = new() { Days = 1, Noise = 0.2, WriteEvery = TimeSpan.FromSeconds(5), FirstIncidentAfter = TimeSpan.FromSeconds(45) };
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 18, 10, 0, 0, TimeSpan.Zero));
    private readonly Written _written = new();

    public void Dispose() => _written.Dispose();

    [Fact]
    public async Task Something_is_written_at_every_tick_and_an_incident_happens_within_two_minutes()
    {
        var start = _clock.GetUtcNow();
        var trail = DemoTrail.Open(_written.Folder, Path.Combine(_written.Folder, "state", "demo.json"), Options, start);
        trail.WriteUntil(start, cancellationToken: TestContext.Current.CancellationToken);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var running = new LiveTraffic(Microsoft.Extensions.Options.Options.Create(Options), _clock, NullLogger<LiveTraffic>.Instance).RunAsync(trail, stop.Token);

        while (_clock.GetUtcNow() < start.AddMinutes(2))
        {
            _clock.Advance(Options.WriteEvery);
            await WrittenAsync(trail, _clock.GetUtcNow());
        }

        await stop.CancelAsync();
        await running;
        var live = _written.Records.Where(r => r.GetProperty("eventTime").GetDateTimeOffset() >= start.AddSeconds(-1)).ToList();
        Assert.True(live.Count >= 24, $"{live.Count} records in 24 ticks");
        Assert.Contains(live, r => r.GetProperty("eventName").GetString() == "RunInstances" && r.GetProperty("awsRegion").GetString() is "sa-east-1" or "ap-south-1");
    }

    /// <summary>The tick runs on another thread; it is over when the trail is written up to its time.</summary>
    private static async Task WrittenAsync(DemoTrail trail, DateTimeOffset until)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (trail.WrittenUntil < until)
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
