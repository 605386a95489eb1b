using System.Globalization;
using DdocCost.Domain.Anomalies;
using DdocCost.Domain.Scoring;
using DdocCost.Domain.Undo;
using DdocCost.Domain.Wording;

namespace DdocCost.Domain.Notify;

/// <summary>What a scored batch leaves to tell of an account's cases. Pure.</summary>
public static class CaseFacts
{
    /// <summary>For how long the changes of a case that interrupt nobody are gathered.</summary>
    public static readonly TimeSpan Gather = TimeSpan.FromSeconds(10);

    /// <summary>At most one new or louder case each, and its end.</summary>
    /// <param name="tenantId">Whose they are, possibly the tenant of a self-test.</param>
    /// <param name="changed">Cases as they are after the batch.</param>
    /// <param name="alerts">What the case book wants told, in order.</param>
    /// <param name="known">How the first alert of a case in this batch became known.</param>
    /// <param name="undo">How to end what still runs of a case.</param>
    /// <param name="now">Now, UTC.</param>
    /// <param name="tellWithin">Cases that last moved longer ago are history that somebody imports: not told.</param>
    public static IReadOnlyList<OutboxFact> Of(
        string tenantId, IReadOnlyList<AnomalyCase> changed, IReadOnlyList<Alert> alerts, Func<string, TimeToKnow?> known,
        Func<AnomalyCase, UndoPlan?> undo, DateTimeOffset now, TimeSpan tellWithin)
    {
        var facts = new List<OutboxFact>();
        foreach (var anomaly in changed.Where(anomaly => now - anomaly.LastEventAt <= tellWithin))
        {
            var first = alerts.FirstOrDefault(alert => alert.CaseId == anomaly.Id);
            if (first is not null)
            {
                facts.Add(Fact(tenantId, Told(anomaly, first, known(anomaly.Id), undo(anomaly)), now, $"{first.DetectedAt:O}", $"{anomaly.Severity}"));
            }
            else if (!anomaly.IsClosed && anomaly.LastTold is not null)
            {
                facts.Add(Fact(tenantId, Changed(anomaly), now, $"{anomaly.LastEventAt:O}", Usd.Raw(anomaly.UsdPerHour)) with { Gather = Gather });
            }

            if (anomaly.IsClosed && anomaly.LastTold is not null)
            {
                facts.Add(Fact(tenantId, Closed(anomaly), now, $"{anomaly.ClosedAt:O}"));
            }
        }

        return facts;
    }

    /// <summary>What somebody decided on a case, for those who were told of it.</summary>
    public static OutboxFact Decided(string tenantId, AnomalyCase anomaly, CaseTriage triage, CaseRemark remark) => Fact(
        tenantId, new CaseChanged { Case = anomaly, What = $"{remark.By} {remark.Text}", Decisions = CaseRemarks.Of(triage) }, remark.At,
        $"{remark.At:O}", remark.By, remark.Text);

    /// <summary>Nobody has acknowledged a case in time.</summary>
    public static OutboxFact Unanswered(string tenantId, AnomalyCase anomaly, int minutes, IReadOnlyList<string> targets, string rule, DateTimeOffset now) => Fact(
        tenantId,
        new CaseEscalated { Case = anomaly, Reason = string.Create(CultureInfo.InvariantCulture, $"nobody has acknowledged it for {minutes} minutes") },
        now, "unanswered", rule) with { Targets = targets };

    private static OutboxFact Fact(string tenantId, CaseNotice notice, DateTimeOffset now, params ReadOnlySpan<string> parts)
    {
        var isSelfTest = SelfTestTenant.IsOne(tenantId, out var home);
        return new OutboxFact
        {
            Id = OutboxFact.IdOf([home, notice.Case.Id, notice.GetType().Name, .. parts]),
            TenantId = home,
            AccountId = notice.Case.AccountId,
            ThreadKey = notice.Case.Id,
            Notice = notice,
            WrittenAt = now,
            IsSelfTest = isSelfTest,
        };
    }

    private static CaseNotice Told(AnomalyCase anomaly, Alert first, TimeToKnow? known, UndoPlan? undo) =>
        first.DetectedAt <= anomaly.DetectedAt
            ? new CaseOpened { Case = anomaly, Known = known, Undo = undo }
            : new CaseEscalated { Case = anomaly, Known = known, Undo = undo, Reason = first.Why ?? WhyAgain(anomaly) };

    private static string WhyAgain(AnomalyCase anomaly) =>
        anomaly.Severity == Severity.Critical ? $"critical now, {Usd.PerHour(anomaly.UsdPerHour)}" : $"it has grown to {Usd.PerHour(anomaly.UsdPerHour)}";

    private static CaseChanged Changed(AnomalyCase anomaly) => new()
    {
        Case = anomaly,
        What = anomaly.UsdPerHour < anomaly.PeakUsdPerHour
            ? $"{Usd.PerHour(anomaly.UsdPerHour)} of {Usd.PerHour(anomaly.PeakUsdPerHour)} left"
            : string.Create(CultureInfo.InvariantCulture, $"{anomaly.EventCount} events, {Usd.PerHour(anomaly.UsdPerHour)}"),
    };

    private static CaseClosed Closed(AnomalyCase anomaly) => new()
    {
        Case = anomaly,
        SpentUsd = anomaly.SpentUntil(anomaly.ClosedAt!.Value),
        AvoidedUsd = anomaly.Avoided(),
    };
}
