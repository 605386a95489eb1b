using System.Globalization;
using System.IO.Hashing;
using System.Text;
using DdocCost.Domain.Ledger;
using DdocCost.Domain.Scoring;

namespace DdocCost.Domain.Anomalies;

/// <summary>How a case changes with what happens. Pure.</summary>
internal static class CaseEntry
{
    private const int MostEventIds = 1_000;
    private const int MostResourceIds = 1_000;
    private const int MostNames = 50;

    // No account spends more; keeps sums of absurd prices within decimal.
    private const decimal MostUsd = 1_000_000_000;

    // What is left of a case's peak rate when all it started has stopped, rounding aside.
    private const decimal Nothing = 0.001m;

    /// <summary>A case with nothing in it yet.</summary>
    public static AnomalyCase Open(string accountId, CostedEvent e, Verdict verdict) => new()
    {
        Id = IdOf(accountId, verdict.Cause, e.Event.EventId),
        AccountId = accountId,
        Cause = verdict.Cause,
        Title = "",
        Severity = Severity.None,
        Score = 0,
        Actor = e.Event.Actor,
        Regions = [],
        Services = [],
        What = [],
        RunningResourceIds = [],
        EventIds = [],
        EventCount = 0,
        StartedAt = e.Event.Time,
        DetectedAt = e.Event.Time,
        LastEventAt = e.Event.Time,
        LastNewsAt = e.Event.Time,
        UsdPerHour = 0,
        PeakUsdPerHour = 0,
        OneTimeUsd = 0,
        SpentUsd = 0,
        Components = [],
    };

    /// <summary>With a flagged event, and the earlier ones that belong to it.</summary>
    public static AnomalyCase With(this AnomalyCase anomaly, CostedEvent e, Verdict verdict)
    {
        var later = anomaly.AccruedUntil(e.Event.Time);
        foreach (var earlier in verdict.Earlier.Where(earlier => !anomaly.EventIds.Contains(earlier.EventId)))
        {
            later = later.With(earlier);
        }

        var isNews = !anomaly.Causes.Contains(verdict.Cause) && e.Event.Time > anomaly.LastNewsAt;
        later = later.With(Contribution.Of(e)) with
        {
            Severity = verdict.Severity > anomaly.Severity ? verdict.Severity : anomaly.Severity,
            Causes = Including(anomaly.Causes, verdict.Cause),
            Services = Including(later.Services, e.Event.Service),
            LastNewsAt = isNews ? e.Event.Time : anomaly.LastNewsAt,
        };
        later = later with { MostUsdWithinDay = Math.Max(later.MostUsdWithinDay, Math.Max(Finite(verdict.MoneyAtRiskUsd), (double)later.UsdWithinDay)) };
        if (verdict.Score >= anomaly.Score)
        {
            later = later with { Score = verdict.Score, Components = verdict.Components, Weighing = verdict.Weighing };
        }

        // Many small things that were told one by one may be critical together.
        var isCritical = later.Severity >= Severity.Warning && (double)later.UsdWithinDay >= verdict.CriticalFromUsd;
        later = later with { Severity = isCritical ? Severity.Critical : later.Severity };
        return later with { Title = CaseTitle.Of(later) };
    }

    /// <summary>Whether a resource is one of the case's: it was started by one of its events, or changed by one.</summary>
    public static bool Owns(this AnomalyCase anomaly, string resourceId, string startedBy) =>
        anomaly.EventIds.Contains(startedBy) || anomaly.RunningResourceIds.Contains(resourceId);

    /// <summary>
    /// With another list price of one of its resources from a moment on. What was spent by then stays as it was; of a resource that the case only
    /// made dearer, the case moves by its own share.
    /// </summary>
    public static AnomalyCase Repriced(this AnomalyCase anomaly, RepricedResource moved, DateTimeOffset time)
    {
        var later = anomaly.AccruedUntil(time);
        var share = anomaly.EventIds.Contains(moved.StartedBy) || moved.Was <= later.UsdPerHour ? 1 : later.UsdPerHour / moved.Was;
        var rate = Math.Clamp(later.UsdPerHour + ((moved.Is - moved.Was) * share), 0, MostUsd);
        var before = anomaly.PricesMoved is { } earlier && earlier.At == time ? earlier.UsdPerHourBefore : later.UsdPerHour;
        return later with { UsdPerHour = rate, PeakUsdPerHour = Math.Max(later.PeakUsdPerHour, rate), PricesMoved = new PricesMoved(time, before) };
    }

    /// <summary>Without a resource that stopped, or with less of one that goes on at a lower rate; closed if nothing is left.</summary>
    public static AnomalyCase Without(this AnomalyCase anomaly, StoppedResource stopped, DateTimeOffset time)
    {
        var later = anomaly.AccruedUntil(time);
        var rate = Math.Max(0, later.UsdPerHour - Math.Clamp(stopped.UsdPerHour, 0, MostUsd));
        var isOver = rate <= later.PeakUsdPerHour * Nothing;
        return later with
        {
            UsdPerHour = isOver ? 0 : rate,
            RunningResourceIds = isOver ? [] : stopped.RunsOn ? later.RunningResourceIds : [.. later.RunningResourceIds.Where(id => id != stopped.ResourceId)],
            ClosedAt = isOver ? later.LastEventAt : null,
        };
    }

    /// <summary>Closed, because what ran has ended by itself.</summary>
    public static AnomalyCase EndedAt(this AnomalyCase anomaly, DateTimeOffset time) =>
        anomaly.AccruedUntil(time) with { UsdPerHour = 0, RunningResourceIds = [], ClosedAt = time > anomaly.LastEventAt ? time : anomaly.LastEventAt };

    private static AnomalyCase With(this AnomalyCase anomaly, Contribution added)
    {
        var rate = Math.Clamp(added.UsdPerHour, 0, MostUsd);
        var total = Math.Min(MostUsd, anomaly.UsdPerHour + rate);
        var missed = (decimal)Math.Max(0, (anomaly.LastEventAt - added.Time).TotalHours);
        return anomaly with
        {
            ActorIds = Including(anomaly.ActorIds, added.ActorId),
            Regions = Including(anomaly.Regions, added.Region),
            Parts = Including(anomaly.Parts, new CasePart(added.ActorId, added.ResourceType, added.Region)),
            What = CaseTitle.Tally(anomaly.What, added, MostNames),
            RunningResourceIds = anomaly.RunningResourceIds.Count >= MostResourceIds ? anomaly.RunningResourceIds : [.. anomaly.RunningResourceIds, .. added.ResourceIds],
            EventIds = anomaly.EventIds.Count >= MostEventIds ? anomaly.EventIds : [.. anomaly.EventIds, added.EventId],
            EventCount = anomaly.EventCount + 1,
            StartedAt = added.Time < anomaly.StartedAt ? added.Time : anomaly.StartedAt,
            UsdPerHour = total,
            PeakUsdPerHour = Math.Max(anomaly.PeakUsdPerHour, total),
            OneTimeUsd = Math.Min(MostUsd, anomaly.OneTimeUsd + Math.Clamp(added.OneTimeUsd, 0, MostUsd)),
            SpentUsd = anomaly.SpentUsd + (rate * missed),
            EndsBy = anomaly.EventCount > 0 && (anomaly.EndsBy is null || added.EndsBy is null) ? null : Later(anomaly.EndsBy, added.EndsBy),
        };
    }

    /// <summary>Closed, because somebody said what it was. What still runs goes on running, and is kept for whoever changes their mind.</summary>
    public static AnomalyCase SettledAs(this AnomalyCase anomaly, CaseEnd end, DateTimeOffset time)
    {
        if (anomaly.IsClosed)
        {
            return anomaly with { End = end };
        }

        var later = anomaly.AccruedUntil(time);
        return later with { ClosedAt = later.LastEventAt, End = end };
    }

    /// <summary>Open again with what of it still runs, if anything does; else closed because all stopped. What stopped meanwhile is not charged.</summary>
    /// <param name="anomaly">A case that was settled.</param>
    /// <param name="running">Ids and rates (USD per hour) of its resources that still run.</param>
    /// <param name="time">When, UTC.</param>
    public static AnomalyCase Reopened(this AnomalyCase anomaly, IReadOnlyCollection<(string Id, decimal UsdPerHour)> running, DateTimeOffset time)
    {
        var rate = Math.Min(anomaly.UsdPerHour, running.Sum(resource => resource.UsdPerHour));
        var left = anomaly with { UsdPerHour = rate, RunningResourceIds = [.. running.Select(resource => resource.Id)], End = CaseEnd.Stopped };
        return rate <= 0 ? left : (left with { ClosedAt = null }).AccruedUntil(time);
    }

    private static AnomalyCase AccruedUntil(this AnomalyCase anomaly, DateTimeOffset time) => time <= anomaly.LastEventAt
        ? anomaly
        : anomaly with
        {
            SpentUsd = anomaly.SpentUsd + (anomaly.UsdPerHour * (decimal)(time - anomaly.LastEventAt).TotalHours),
            LastEventAt = time,
        };

    private static DateTimeOffset? Later(DateTimeOffset? x, DateTimeOffset? y) => x is null || y > x ? y : x;

    private static IReadOnlyList<string> Including(IReadOnlyList<string> names, string name) =>
        name.Length == 0 ? names : Including<string>(names, name);

    private static IReadOnlyList<T> Including<T>(IReadOnlyList<T> all, T one) => all.Count >= MostNames || all.Contains(one) ? all : [.. all, one];

    private static double Finite(double usd) => double.IsFinite(usd) ? Math.Clamp(usd, 0, (double)MostUsd) : 0;

    private static string IdOf(string accountId, string cause, string eventId) =>
        new Guid(XxHash128.Hash(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{accountId}\n{cause}\n{eventId}")))).ToString();
}
