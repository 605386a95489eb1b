using DdocCost.Jobs.Aws;
using Microsoft.Extensions.Time.Testing;

namespace DdocCost.Tests.Aws;

public sealed class RequestPaceTests
{
    private readonly FakeTimeProvider _clock = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void Spaces_out_requests_of_which_few_are_allowed_from_the_second_on()
    {
        var pace = new RequestPace(2, _clock);

        var turns = Enumerable.Range(0, 6).Select(_ => pace.WaitAsync(Stop)).ToList();

        Assert.Equal([0.0, 0.5, 1.0, 1.5, 2.0, 2.5], turns.Select(DueAfter));
    }

    [Fact]
    public void Lets_a_seconds_worth_go_at_once_where_many_are_allowed()
    {
        var pace = new RequestPace(10, _clock);

        var turns = Enumerable.Range(0, 12).Select(_ => pace.WaitAsync(Stop)).ToList();

        Assert.Equal([.. Enumerable.Repeat(0.0, 10), 0.1, 0.2], turns.Select(DueAfter));
    }

    [Fact]
    public void Halves_its_rate_when_throttled_and_wins_it_back()
    {
        var pace = new RequestPace(8, _clock);
        pace.Throttled();
        pace.Throttled();
        Assert.Equal(2, pace.PerSecond);

        Enumerable.Range(0, 100).ToList().ForEach(_ => pace.Succeeded());

        Assert.Equal(8, pace.PerSecond);
    }

    [Fact]
    public void Never_stops_altogether()
    {
        var pace = new RequestPace(8, _clock);

        Enumerable.Range(0, 100).ToList().ForEach(_ => pace.Throttled());

        Assert.Equal(0.1, pace.PerSecond);
    }

    /// <summary>Seconds from the test's start until a turn comes; moves the clock.</summary>
    private double DueAfter(Task turn)
    {
        while (!turn.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(100));
        }

        return Math.Round((_clock.GetUtcNow() - _clock.Start).TotalSeconds, 1);
    }
}
