using DdocCost.Domain.Anomalies;
using DdocCost.Domain.Normalise;
using DdocCost.Domain.Pipeline;
using DdocCost.Domain.Scoring;

namespace DdocCost.Benchmarks.Scorecard.Detectors;

/// <summary>What the product made of a corpus: every event priced and scored, and what it said.</summary>
internal sealed record Recording(IReadOnlyList<CostEvent> Events, IReadOnlyList<Raised> Alerts)
{
    /// <summary>Takes events through the product's own pipeline, in memory.</summary>
    public static Recording Of(IEnumerable<ResourceEvent> events)
    {
        var accounts = new Dictionary<string, AccountState>();
        var (taken, alerts) = (new List<CostEvent>(), new List<Raised>());
        foreach (var e in events)
        {
            if (!accounts.TryGetValue(e.AccountId, out var state))
            {
                accounts.Add(e.AccountId, state = new AccountState(new AccountSnapshot { AccountId = e.AccountId }));
            }

            var (costEvent, alert) = AccountPipeline.Take(state, e, e.Time);
            taken.Add(costEvent);
            if (alert is not null)
            {
                alerts.Add(Raised.By(alert));
            }
        }

        return new Recording(taken, alerts);
    }
}

/// <summary>An alert of any detector.</summary>
/// <param name="Account">Account number.</param>
/// <param name="At">Event time of what made it speak, UTC.</param>
/// <param name="Interrupts">Whether it interrupts a person.</param>
/// <param name="EventIds">What it is about.</param>
internal sealed record Raised(string Account, DateTimeOffset At, bool Interrupts, IReadOnlyList<string> EventIds)
{
    /// <summary>What it said, or nothing.</summary>
    public string Why { get; init; } = "";

    /// <summary>The case it belongs to, or nothing.</summary>
    public string CaseId { get; init; } = "";

    public static Raised By(Alert alert) => new(alert.AccountId, alert.DetectedAt, alert.Severity >= Severity.Warning, alert.EventIds)
    {
        Why = $"{alert.Title} [{Numbers(alert.Components)}]",
        CaseId = alert.CaseId,
    };

    /// <summary>The strongest parts of a score, with their numbers.</summary>
    public static string Numbers(IReadOnlyList<ScoreComponent> components) => string.Join("; ", components.Take(3).Select(c => FormattableString.Invariant(
        $"{c.Name} {c.Score:0}: {c.Value:0.#}, usually {c.Mean:0.#} + {c.Deviation:0.#} of {c.Count:0.#}, {c.Text}")));

    public static Raised By(CostEvent e) => new(e.AccountId, e.Time, Interrupts: true, [e.Costed.Event.EventId]);
}
