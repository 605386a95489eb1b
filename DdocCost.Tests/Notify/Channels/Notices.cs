using DdocCost.Domain.Anomalies;
using DdocCost.Domain.Notify;
using DdocCost.Domain.Scoring;
using DdocCost.Domain.Undo;
using DdocCost.Tests.App;

namespace DdocCost.Tests.Notify.Channels;

/// <summary>Notices as the outbox would hold them.</summary>
internal static class Notices
{
    public static readonly DateTimeOffset At = new(2026, 11, 14, 21, 0, 3, TimeSpan.Zero);

    public static readonly UndoPlan Plan = new([new UndoCommand("Stop 16 instances", Some.Account, "aws ec2 stop-instances --region sa-east-1 --instance-ids i-1 i-2", "what is in memory", true, ["i-1", "i-2"])], []);

    public static AnomalyCase Case(string title = "alice started 16 × g5.48xlarge in sa-east-1: $417/h", Severity severity = Severity.Critical, DateTimeOffset? closedAt = null) =>
        Some.Case(title: title, severity: severity, at: At, closedAt: closedAt);

    public static CaseOpened Opened(AnomalyCase? anomaly = null) => new()
    {
        Case = anomaly ?? Case(),
        Undo = Plan,
        Known = new TimeToKnow(At, At.AddMinutes(2), At.AddMinutes(2).AddSeconds(1)),
    };

    public static CaseEscalated Escalated(string reason = "nobody has acknowledged it for 30 minutes") => new() { Case = Case(), Undo = Plan, Reason = reason };

    public static CaseChanged Changed(string what = "alice acknowledged it") => new() { Case = Case(), Undo = Plan, What = what, Decisions = [new CaseRemark(CaseRemarks.Acknowledged, "alice", At.AddMinutes(5))] };

    public static CaseClosed Closed() => new() { Case = Case(closedAt: At.AddHours(2)), SpentUsd = 834.04m, AvoidedUsd = 300_254.40m };

    public static CaseClosed Settled(CaseEnd end = CaseEnd.Expected) => new() { Case = Case(closedAt: At.AddHours(2)) with { End = end }, SpentUsd = 834.04m, AvoidedUsd = null };

    public static StormNotice Storm() => new() { Cases = [.. Enumerable.Range(1, 5).Select(i => Case($"terraform started 4 × nat-gateway in eu-west-{i}: $0.19/h", Severity.Warning) with { UsdPerHour = 0.19m })], Count = 38, UsdPerHour = 7.22m };

    public static HeartbeatNotice Heartbeat() => new() { Lines = ["12,310 records in 412 deliveries in 24 hours, the last at 08:59 UTC.", "17 messages delivered, 0 failed, 0 on their way.", "Nothing of ours is out of order."] };

    public static HealthAlarm Alarm(bool isOver = false) => new()
    {
        Subject = "trail:111122223333", Title = $"{(isOver ? "Over: " : "")}Nothing heard from account 111122223333", Text = "The last record came 3 hours ago; usually no more than 40 minutes pass. Is its trail still switched on?",
        Since = At.AddHours(-3), IsOver = isOver,
    };

    public static DigestNotice QuietDigest() => new() { Digest = new Digest("16 November to 23 November: nothing new, $12.40/h running", At.AddDays(-7), At, "Europe/Berlin", [], []) };

    /// <summary>One of each kind, by a name for its picture.</summary>
    public static IReadOnlyList<(string Name, Notice Notice)> All =>
    [
        ("opened", Opened()), ("escalated", Escalated()), ("changed", Changed()), ("closed", Closed()), ("settled", Settled()), ("storm", Storm()), ("digest", Digest()), ("digest-quiet", QuietDigest()),
        ("heartbeat", Heartbeat()), ("alarm", Alarm()), ("alarm-over", Alarm(isOver: true)), ("test", new TestNotice { By = "alice" }),
    ];

    public static DigestNotice Digest() => new()
    {
        Digest = new Digest("Costs on Saturday, 14 November: $60.12/h running, 1 new case", At.AddDays(-1), At, "Europe/Berlin",
            [new DigestFigure("Running now", "$60.12/h", "+$12.00/h"), new DigestFigure("New cases", "1")],
            [new DigestSection("New cases", [new DigestLine("alice started 16 × g5.48xlarge", "$417.02/h", "case-1")], 3), new DigestSection("Top services", [new DigestLine("ec2", "$40.00"), new DigestLine("rds", "$12.00")])])
        { ExposureByHour = [.. Enumerable.Range(0, 24).Select(hour => 40m + (hour > 15 ? 20m : hour % 5))] },
    };

    public static OutboundMessage Message(Notice notice, string? handle = null, int attempt = 1, string tenant = "default", string channel = "ch-1") => new()
    {
        Id = Guid.NewGuid(),
        TenantId = tenant,
        ChannelId = channel,
        ThreadKey = (notice as CaseNotice)?.Case.Id,
        Notice = notice,
        Handle = handle,
        QueuedAt = At.AddMinutes(2).AddSeconds(2),
        SendingAt = At.AddMinutes(2).AddSeconds(3),
        Attempt = attempt,
    };
}
