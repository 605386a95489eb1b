using DdocCost.App.Shell;
using DdocCost.Domain.Anomalies;
using DdocCost.Domain.Ledger;
using DdocCost.Domain.Scoring;
using DdocCost.Domain.Undo;

namespace DdocCost.App.Anomalies;

/// <summary>The list of cases.</summary>
/// <param name="Cases">One page.</param>
/// <param name="Triage">What people said of them, by case.</param>
/// <param name="Accounts">Accounts that ever had a case, for the filter.</param>
/// <param name="Now">When this was read, UTC.</param>
public sealed record AnomalyListView(
    Page<AnomalyCase> Cases, IReadOnlyDictionary<string, CaseTriage> Triage, IReadOnlyList<string> Accounts, DateTimeOffset Now)
{
    /// <summary>What became of a case by people, in few words; empty where they said nothing.</summary>
    public string SaidOf(AnomalyCase anomaly)
    {
        if (!Triage.TryGetValue(anomaly.Id, out var triage))
        {
            return "";
        }

        return triage switch
        {
            { Settled.End: CaseEnd.Wrong } => " · false alarm",
            { Settled: not null } => " · expected",
            _ when triage.IsSnoozed(Now) => " · snoozed",
            { Acknowledged: not null } => " · acknowledged",
            _ => "",
        };
    }
}

/// <summary>One case with all that belongs to it.</summary>
/// <param name="Case">The case.</param>
/// <param name="Triage">What people said.</param>
/// <param name="Events">Its first events, oldest first.</param>
/// <param name="Running">What of it still runs, the dearest first.</param>
/// <param name="Undo">How to end that.</param>
/// <param name="Now">When this was read, UTC.</param>
public sealed record AnomalyView(
    AnomalyCase Case, CaseTriage Triage, IReadOnlyList<CostEvent> Events, IReadOnlyList<RunningResource> Running, UndoPlan Undo, DateTimeOffset Now)
{
    /// <summary>Whether it has not come to its own end yet; the case hears of that with the account's next event.</summary>
    public static bool Runs(RunningResource resource, DateTimeOffset now) => resource.EndsBy is not { } end || end > now;

    /// <summary>How many records belong to it; the case itself does not count those that only ended something.</summary>
    public int EventCount => Math.Max(Case.EventCount, Events.Count);

    /// <summary>What it costs now, USD per hour.</summary>
    public decimal RateNow => Case.IsOver(Now) ? 0 : Math.Max(0, Case.UsdPerHour - Running.Where(resource => !Runs(resource, Now)).Sum(resource => resource.UsdPerHour ?? 0));

    /// <summary>What it will cost from now on if nobody does anything, USD: what ends by itself counts until then.</summary>
    public decimal IfLeft(TimeSpan time)
    {
        if (Case.IsOver(Now))
        {
            return 0;
        }

        // What will end by itself before then does not cost that long.
        var saved = Running
            .Where(resource => resource.EndsBy is { } end && end < Now + time)
            .Sum(resource => (resource.UsdPerHour ?? 0) * (decimal)(Now + time - Later(resource.EndsBy!.Value, Now)).TotalHours);
        return Math.Max(0, (Case.UsdPerHour * (decimal)time.TotalHours) - saved);
    }

    /// <summary>How long after the deed we knew, for the first event of the case; null for history that was imported later.</summary>
    public TimeSpan? TimeToKnow =>
        Events.Count > 0 && Events[0].CreatedAt - Events[0].Time is var lag && lag >= TimeSpan.Zero && lag < TimeSpan.FromDays(1) ? lag : null;

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
