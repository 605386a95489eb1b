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

    /// <summary>What it will cost from a moment on if nobody does anything, USD: what ends by itself counts until then.</summary>
    public static decimal IfLeft(this AnomalyCase anomaly, DateTimeOffset now, TimeSpan time)
    {
        var until = anomaly.EndsBy is { } end && end < now + time ? end - now : time;
        return anomaly.RateAt(now) * (decimal)Math.Max(0, until.TotalHours);
    }

    /// <summary>For so long a mistake that nobody sees is taken to run: until the month's bill.</summary>
    public static readonly TimeSpan LeftAlone = TimeSpan.FromDays(30);

    /// <summary>What a case would have cost by now had it been left alone for 30 days from its start at the highest rate it had, USD, without one-time sums.</summary>
    /// <remarks>peak USD/h × 720 h, or fewer hours where all of it ends by itself sooner.</remarks>
    public static decimal IfLeftAlone(this AnomalyCase anomaly)
    {
        var length = anomaly.EndsBy is { } end && end - anomaly.StartedAt < LeftAlone ? end - anomaly.StartedAt : LeftAlone;
        return anomaly.PeakUsdPerHour * (decimal)Math.Max(0, length.TotalHours);
    }

    /// <summary>
    /// What stopping a case saved against leaving it alone, USD: <see cref="IfLeftAlone"/> minus what was spent, never below 0. One-time sums were
    /// paid either way. null where nothing is saved because it is open, or because somebody said that it is as it should be.
    /// </summary>
    public static decimal? Avoided(this AnomalyCase anomaly) =>
        anomaly is { IsClosed: true, End: CaseEnd.Stopped } ? Math.Max(0, anomaly.IfLeftAlone() - anomaly.SpentUsd) : null;
}
