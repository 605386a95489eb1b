using DdocCost.App.Shell;
using DdocCost.Domain.Ledger;
using DdocCost.Domain.Normalise;
using DdocCost.Domain.Scoring;

namespace DdocCost.App.Events;

/// <summary>An event in few words.</summary>
internal static class EventText
{
    /// <summary>Such as <c>16 × ec2:instance g5.48xlarge</c>; the first three changes.</summary>
    public static string Changes(ResourceEvent e) =>
        string.Join(", ", e.Changes.Take(3).Select(change => $"{Measure.Amount(change.Quantity)} × {change.ResourceType} {change.Size}".TrimEnd()))
        + (e.Changes.Count > 3 ? $" and {e.Changes.Count - 3} more" : "");

    /// <summary>By how much it changed the rate: <c>+$1.20</c>, <c>−$3.00</c>, <c>refused</c>, <c>unpriced</c>.</summary>
    public static string Rate(CostedEvent costed) => costed switch
    {
        { Event.ErrorCode: not null } => "refused",
        { OneTimeUsd: > 0 } => $"{Usd.Format(costed.OneTimeUsd)} once",
        { UsdPerHour: null } => "unpriced",
        { UsdPerHour: > 0 } => "+" + Usd.Format(costed.UsdPerHour.Value),
        _ => Usd.Format(costed.UsdPerHour.Value),
    };

    /// <summary>Why it was told, or was not.</summary>
    public static string Verdict(CostEvent e)
    {
        if (e.Severity != Severity.None)
        {
            return $"Alerted as {e.Severity.ToString().ToLowerInvariant()}: {ScoreText.Because(e.Verdict)}.";
        }

        if (e.Verdict.Expected is { } expected)
        {
            return $"Not alerted: {expected}. Without that: {ScoreText.Because(e.Verdict)}.";
        }

        if (e.Costed.Event.ErrorCode is { } error)
        {
            return $"Not alerted: AWS refused the call ({error}), so it costs nothing.";
        }

        return e.Costed switch
        {
            { UsdPerHour: < 0 } => "Not alerted: it lowers cost.",
            { IsPriced: false } => "Not alerted: no price is known for it, so there is no sum to weigh.",
            _ when e.Verdict.Weighing is null && e.Verdict.MoneyAtRiskUsd <= 0 => "Not alerted: it adds no cost.",
            _ => $"Not alerted: {ScoreText.Because(e.Verdict)}.",
        };
    }
}
