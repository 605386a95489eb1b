namespace DdocCost.Domain.Anomalies;

/// <summary>How a case behaves after a decision. Pure; the same decision twice is one.</summary>
internal static class CaseResponse
{
    /// <summary>The case after a decision.</summary>
    /// <param name="anomaly">Open or closed.</param>
    /// <param name="taken">What was decided.</param>
    /// <param name="running">Ids and rates (USD per hour) of its resources that still run; asked only when it is opened again.</param>
    public static AnomalyCase After(this AnomalyCase anomaly, DecisionTaken taken, Func<IReadOnlyCollection<(string Id, decimal UsdPerHour)>> running) => taken.Decision switch
    {
        CaseDecision.Acknowledge => anomaly with { Acknowledged = anomaly.Acknowledged ?? Hush(anomaly, taken) },
        CaseDecision.Withdraw => anomaly with { Acknowledged = null },
        CaseDecision.Snooze snooze => anomaly with { Snoozed = Hush(anomaly, taken) with { Until = snooze.Until } },
        CaseDecision.Unsnooze => anomaly with { Snoozed = null },
        CaseDecision.Expect => anomaly.SettledAs(CaseEnd.Expected, taken.Signature.At),
        CaseDecision.Wrong => anomaly.SettledAs(CaseEnd.Wrong, taken.Signature.At),
        CaseDecision.Reopen when anomaly.End != CaseEnd.Stopped => anomaly.Reopened(running(), taken.Signature.At),
        _ => anomaly,
    };

    /// <summary>Whether what a case does is said to be as it should be (true), no longer (false), or neither (null).</summary>
    public static bool? Accepts(this CaseDecision decision) => decision switch
    {
        CaseDecision.Expect or CaseDecision.Wrong => true,
        CaseDecision.Reopen => false,
        _ => null,
    };

    /// <summary>Whether anything but the remarks of people changes with it, so that the pipeline must hear of it.</summary>
    public static bool HasEffect(this CaseDecision decision) => decision is not CaseDecision.Note;

    private static CaseHush Hush(AnomalyCase anomaly, DecisionTaken taken) => new(taken.Signature.By, taken.Signature.At, anomaly.UsdWithinDay);
}
