using System.Diagnostics;
using System.Diagnostics.Metrics;
using DdocCost.Domain.Anomalies;
using DdocCost.Domain.Notify;

namespace DdocCost.Jobs.Scoring;

/// <summary>What scoring counts and traces: a span for each batch, with the reasons of what it tells.</summary>
internal static class ScoringMeter
{
    private static readonly Meter Meter = new("ddoc.scoring");
    private static readonly ActivitySource Source = new("ddoc.scoring");
    private static readonly Counter<long> Records =
        Meter.CreateCounter<long>("ddoc.scoring.records", "{record}", "Records by outcome: priced, unpriced, free, quarantined, duplicate.");
    private static readonly Counter<long> CostEvents = Meter.CreateCounter<long>("ddoc.scoring.cost_events", "{event}", "Cost events scored and stored.");
    private static readonly Counter<long> GivenUp = Meter.CreateCounter<long>("ddoc.scoring.given_up", "{delivery}", "Deliveries given up; each leaves a gap in its account.");
    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>("ddoc.scoring.batch.duration", "s", "From reading a batch to its commit.");
    private static readonly Counter<long> Alerts = Meter.CreateCounter<long>("ddoc.cases.alerts", "{alert}", "Cases that were opened or became louder, by severity.");
    private static readonly Histogram<double> Delay =
        Meter.CreateHistogram<double>("ddoc.alert.delay", "s", "From the event at AWS to the alert, by account; CloudTrail's own delay is in it.");

    /// <summary>Begins the span of a batch; null where nobody listens.</summary>
    public static Activity? Begin(int lane) => Source.StartActivity("score batch")?.SetTag("ddoc.lane", lane);

    /// <summary>Counts a batch that is stored.</summary>
    public static void Stored(Activity? span, ScoredBatch batch, TimeSpan took, DateTimeOffset now)
    {
        Duration.Record(took.TotalSeconds);
        foreach (var scored in batch.Accounts)
        {
            Count(scored.Tally);
            CostEvents.Add(scored.Events.Count);
            foreach (var alert in scored.Alerts)
            {
                Count(scored, alert, now);
                span?.AddEvent(ReasonOf(alert));
            }
        }

        span?.SetTag("ddoc.deliveries", batch.MessageIds.Count)
            .SetTag("ddoc.records", batch.Accounts.Sum(scored => scored.Tally.Records))
            .SetTag("ddoc.cost_events", batch.Accounts.Sum(scored => scored.Events.Count))
            .SetTag("ddoc.accounts", batch.Accounts.Select(scored => scored.Account.State.AccountId).ToArray());
    }

    /// <summary>Counts a delivery given up.</summary>
    public static void Lost() => GivenUp.Add(1);

    private static void Count(Tally tally)
    {
        Count(tally.Priced, "priced");
        Count(tally.Unpriced, "unpriced");
        Count(tally.Free, "free");
        Count(tally.Quarantined, "quarantined");
        Count(tally.Duplicates, "duplicate");
    }

    private static void Count(long records, string outcome) => Records.Add(records, new KeyValuePair<string, object?>("outcome", outcome));

    private static void Count(ScoredAccount scored, Alert alert, DateTimeOffset now)
    {
        Alerts.Add(1, new KeyValuePair<string, object?>("severity", alert.Severity.ToString().ToLowerInvariant()));
        if (scored.Known.TryGetValue(alert.CaseId, out var known) && !known.IsHistory(now))
        {
            Delay.Record(known.Until(now).TotalSeconds, new KeyValuePair<string, object?>("account", alert.AccountId));
        }
    }

    // What a person needs to follow the verdict, and nothing that a name or tag in AWS could have put there.
    private static ActivityEvent ReasonOf(Alert alert) => new("alert", tags: new ActivityTagsCollection
    {
        ["ddoc.case"] = alert.CaseId,
        ["ddoc.account"] = alert.AccountId,
        ["ddoc.severity"] = alert.Severity.ToString(),
        ["ddoc.score"] = alert.Score,
        ["ddoc.usd_per_hour"] = (double)alert.UsdPerHour,
        ["ddoc.reasons"] = alert.Components.Where(component => component.Score > 0).Select(component => FormattableString.Invariant($"{component.Name} {component.Score:0}")).ToArray(),
    });
}
