using CsCheck;
using DdocCost.Domain.Anomalies;
using DdocCost.Domain.Scoring;

namespace DdocCost.Tests.Anomalies;

/// <summary>Many alerts an hour collapse into one, and none is lost.</summary>
public sealed class AlertFlowTests
{
    private static readonly DateTimeOffset Noon = new(2026, 9, 14, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Beyond_so_many_an_hour_the_rest_is_one()
    {
        var (flow, steps) = Take(Enumerable.Range(0, 60).Select(i => ($"case-{i % 30}", Severity.Warning, 100m, Noon.AddSeconds(i))), mostAnHour: 5);

        Assert.Equal([.. Enumerable.Repeat(StormStep.Tell, 5), StormStep.Begin, .. Enumerable.Repeat(StormStep.Collect, 54)], steps);
        Assert.Equal((55, 30), (flow.Storm!.Alerts, flow.Storm.CaseIds.Count));
        Assert.Null(flow.End(Noon.AddMinutes(59)).Ended);
        var (after, ended) = flow.End(Noon.AddMinutes(61));
        Assert.Equal(55, ended!.Alerts);
        Assert.Null(after.Storm);
        Assert.Equal(StormStep.Tell, after.Take("next", Severity.Warning, 100, Noon.AddMinutes(61), 5).Step);
    }

    [Fact]
    public void Alerts_that_come_slowly_are_all_told()
    {
        var (_, steps) = Take(Enumerable.Range(0, 50).Select(i => ($"case-{i}", Severity.Critical, 1000m, Noon.AddMinutes(i * 13))), mostAnHour: 5);

        Assert.All(steps, step => Assert.Equal(StormStep.Tell, step));
    }

    [Fact]
    public void What_is_louder_or_twice_as_dear_as_all_before_passes_through_the_storm()
    {
        var (flow, _) = Take(Enumerable.Range(0, 20).Select(i => ($"case-{i}", Severity.Info, 100m, Noon.AddSeconds(i))), mostAnHour: 3);

        Assert.Equal(StormStep.Tell, flow.Take("dear", Severity.Info, 200, Noon.AddMinutes(1), 3).Step);
        Assert.Equal(StormStep.Tell, flow.Take("loud", Severity.Critical, 100, Noon.AddMinutes(1), 3).Step);
        Assert.Equal(StormStep.Collect, flow.Take("same", Severity.Info, 199, Noon.AddMinutes(1), 3).Step);
    }

    [Fact]
    public void Every_alert_is_told_or_in_a_storm_and_an_hour_has_few_messages() =>
        Gen.Select(Gen.Int[0, 600], Gen.Enum<Severity>(), Gen.Decimal[0, 10_000]).Array[0, 300].Sample(alerts =>
        {
            var (flow, now, told, collected) = (new AlertFlow(), Noon, new List<DateTimeOffset>(), 0);
            foreach (var ((seconds, severity, usd), i) in alerts.Select((alert, i) => (alert, i)))
            {
                now = now.AddSeconds(seconds);
                (flow, var ended) = flow.End(now);
                collected += ended?.Alerts ?? 0;
                (flow, var step) = flow.Take($"{i}", severity, usd, now, 10);
                if (step == StormStep.Tell)
                {
                    told.Add(now);
                }
            }

            Assert.Equal(alerts.Length, told.Count + collected + (flow.Storm?.Alerts ?? 0));
            // Ten, three louder ones, and as many doublings as there are between 1 and 10,000 dollars; twice where two of our hours meet.
            Assert.All(told, at => Assert.InRange(told.Count(other => other >= at && other - at < AlertFlow.Hour), 1, 2 * (10 + 3 + 14)));
        });

    private static (AlertFlow Flow, IReadOnlyList<StormStep> Steps) Take(IEnumerable<(string Case, Severity Severity, decimal Usd, DateTimeOffset At)> alerts, int mostAnHour)
    {
        var (flow, steps) = (new AlertFlow(), new List<StormStep>());
        foreach (var alert in alerts)
        {
            (flow, var step) = flow.Take(alert.Case, alert.Severity, alert.Usd, alert.At, mostAnHour);
            steps.Add(step);
        }

        return (flow, steps);
    }
}
