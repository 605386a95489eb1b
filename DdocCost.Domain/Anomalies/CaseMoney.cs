namespace DdocCost.Domain.Anomalies;

/// <summary>A case's money at a moment. A case hears that its resources ended by themselves with the account's next event; a person sees it at once.</summary>
public static class CaseMoney
{
    /// <summary>Whether nothing of it costs any more.</summary>
    public static bool IsOver(this AnomalyCase anomaly, DateTimeOffset now) => anomaly.IsClosed || anomaly.EndsBy <= now;

    /// <summary>USD per hour now.</summary>
    public static decimal RateAt(this AnomalyCase anomaly, DateTimeOffset now) => anomaly.IsOver(now) ? 0 : anomaly.UsdPerHour;

    /// <summary>Spent until now, one-time sums included, USD.</summary>
    public static decimal SpentAt(this AnomalyCase anomaly, DateTimeOffset now) => anomaly.SpentUntil(anomaly.EndsBy < now ? anomaly.EndsBy.Value : now);
}
