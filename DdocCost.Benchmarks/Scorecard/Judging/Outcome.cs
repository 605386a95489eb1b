namespace DdocCost.Benchmarks.Scorecard.Judging;

/// <summary>How a detector did on one corpus.</summary>
internal sealed record Outcome
{
    /// <summary>Each incident with how it was met.</summary>
    public required IReadOnlyList<Met> Incidents { get; init; }

    /// <summary>Alerts that belong to an incident, one for each incident an alert is about.</summary>
    public required int TrueAlerts { get; init; }

    /// <summary>Alerts after the warm-up that belong to none.</summary>
    public required IReadOnlyList<Detectors.Raised> FalseAlerts { get; init; }

    /// <summary>Alerts in the warm-up, when there are no incidents.</summary>
    public required int WarmUpAlerts { get; init; }

    /// <summary>Decoys that were alerted, by name.</summary>
    public required IReadOnlyDictionary<string, int> Decoys { get; init; }

    public required int Accounts { get; init; }

    /// <summary>Weeks after the warm-up, of all accounts together.</summary>
    public required double AccountWeeks { get; init; }

    /// <summary>Share of incidents that were found.</summary>
    public double Recall => Incidents.Count == 0 ? 1 : (double)Incidents.Count(met => met.FirstAlert is not null) / Incidents.Count;

    /// <summary>Share of alerts that belong to an incident; 1 where none was raised.</summary>
    public double Precision => TrueAlerts + FalseAlerts.Count == 0 ? 1 : (double)TrueAlerts / (TrueAlerts + FalseAlerts.Count);

    public double FalsePerAccountWeek => FalseAlerts.Count / AccountWeeks;

    public double WarmUpPerAccount => (double)WarmUpAlerts / Accounts;

    /// <summary>Alerts for each incident found; 1 is best.</summary>
    public double AlertsPerIncident => Incidents.Count(met => met.FirstAlert is not null) is > 0 and var found ? (double)TrueAlerts / found : 0;

    /// <summary>Median of the minutes from an incident's first event to its first alert, of those found; null where none was.</summary>
    public double? MedianMinutes => Middle([.. Incidents.Where(met => met.FirstAlert is not null).Select(met => met.Minutes).Order()]);

    /// <summary>What incidents cost before their first alert, over what they cost until yesterday's bill would have told.</summary>
    public double BurnedShare => Incidents.Sum(met => met.BurnedByBillUsd) is > 0 and var byBill ? Incidents.Sum(met => met.BurnedUsd) / byBill : 0;

    private static double? Middle(double[] sorted) => sorted.Length == 0 ? null : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
}

/// <summary>An incident and the first alert about it.</summary>
/// <param name="Incident">The incident.</param>
/// <param name="FirstAlert">When it was told first, UTC, or null if it never was.</param>
/// <param name="BurnedUsd">What it cost until then, or until the bill of its first day would have told.</param>
/// <param name="BurnedByBillUsd">What it cost until the bill would have told.</param>
internal sealed record Met(Corpora.LabelledIncident Incident, DateTimeOffset? FirstAlert, double BurnedUsd, double BurnedByBillUsd)
{
    /// <summary>Minutes until told; meaningless where it never was.</summary>
    public double Minutes => ((FirstAlert ?? Incident.End) - Incident.Start).TotalMinutes;
}
