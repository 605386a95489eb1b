using DdocCost.Domain.Anomalies;
using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Ledger;
using DdocCost.Domain.Normalise;
using DdocCost.Domain.Pricing;
using DdocCost.Domain.Scoring;

namespace DdocCost.Tests.App;

/// <summary>Documents as the pipeline would have stored them; each call says only what matters to the test.</summary>
internal static class Some
{
    public const string Account = "111122223333";

    public static readonly Actor Alice = new("role/Developer/alice", "alice", ActorKind.Person, "arn:aws:sts::111122223333:assumed-role/Developer/alice");

    public static DateTimeOffset Now { get; } = DateTimeOffset.UtcNow;

    public static ScoreComponent Part(string name = "magnitude", double score = 90) => new(name, score, 417.02, 1.84, 2.1, 412, "USD/h", "Far above what is usual here.");

    public static AnomalyCase Case(string id = "case-1", Severity severity = Severity.Critical, decimal usdPerHour = 417.02m, string title = "alice started 16 × g5.48xlarge in sa-east-1", DateTimeOffset? closedAt = null, DateTimeOffset? at = null, params string[] running) => new()
    {
        Id = id,
        AccountId = Account,
        Cause = "role/Developer/alice ec2:instance",
        Title = title,
        Severity = severity,
        Score = 96,
        Actor = Alice,
        Regions = ["sa-east-1"],
        Services = ["ec2"],
        What = ["16 × ec2:instance g5.48xlarge"],
        RunningResourceIds = running,
        EventIds = ["e-1"],
        EventCount = 1,
        StartedAt = at ?? Now.AddMinutes(-30),
        DetectedAt = at ?? Now.AddMinutes(-30),
        LastEventAt = closedAt ?? at ?? Now.AddMinutes(-30),
        ClosedAt = closedAt,
        UsdPerHour = closedAt is null ? usdPerHour : 0,
        PeakUsdPerHour = usdPerHour,
        OneTimeUsd = 0,
        SpentUsd = 1,
        Components = [Part(), Part("novelty", 80)],
    };

    public static RunningResource Running(string id = "i-0123456789abcdef0", string type = "ec2:instance", decimal? usdPerHour = 26.06m, string? owner = null, string region = "sa-east-1", string service = "ec2", Actor? by = null) => new()
    {
        Id = $"{Account}/{region}/{type}/{id}",
        AccountId = Account,
        ResourceId = id,
        Region = region,
        Service = service,
        ResourceType = type,
        Size = type == "ec2:instance" ? "g5.48xlarge" : null,
        UsdPerHour = usdPerHour,
        Since = Now.AddMinutes(-30),
        StartedBy = by ?? Alice,
        StartedByEvent = "e-1",
        Owner = owner,
    };

    public static CostEvent Event(string? caseId = "case-1", Severity severity = Severity.Critical, decimal? usdPerHour = 26.06m, RecordLocation? location = null, string? error = null, DateTimeOffset? at = null)
    {
        var key = Guid.NewGuid();
        var time = at ?? Now.AddMinutes(-30);
        return new CostEvent
        {
            Id = key,
            AccountId = Account,
            Time = time,
            CreatedAt = time.AddSeconds(2),
            Severity = severity,
            CaseId = caseId,
            Verdict = new Verdict(severity == Severity.None ? 12 : 96, severity, 625.44, [Part()], "role/Developer/alice ec2:instance"),
            Costed = new CostedEvent
            {
                UsdPerHour = usdPerHour,
                Cost = usdPerHour is null ? Cost.Unpriced("no price is known for this size") : new Cost
                {
                    UsdPerHour = usdPerHour, Confidence = PriceConfidence.High,
                    Lines = [new CostLine("ec2:g5.48xlarge:sa-east-1", 1, "instance-hour", usdPerHour.Value, usdPerHour.Value)],
                },
                ExposureAfterUsdPerHour = 60,
                Event = new ResourceEvent
                {
                    Key = key, EventId = key.ToString(), Time = time, AccountId = Account, Region = "sa-east-1", Service = "ec2", EventName = "RunInstances", Actor = Alice,
                    ErrorCode = error, SourceIp = "203.0.113.24", Action = error is null ? ResourceAction.Start : ResourceAction.None, Location = location,
                    Changes = [new ResourceChange { Action = ResourceAction.Start, ResourceType = "ec2:instance", Size = "g5.48xlarge", ResourceIds = ["i-0123456789abcdef0"] }],
                },
            },
        };
    }

    public static SpendHour Hour(DateTimeOffset hour, decimal added, decimal net, string service = "ec2", Actor? by = null, string account = Account) => new()
    {
        Id = $"{account}/{service}/{(by ?? Alice).Id}/{hour:yyyyMMddHH}", AccountId = account, Service = service, Actor = by ?? Alice, Hour = hour,
        AddedUsdPerHour = added, NetUsdPerHour = net, Events = 1,
    };

    public static QuarantinedRecord Quarantined(string reason = "The gzip stream ends early.") => new()
    {
        Id = Guid.NewGuid(), AccountId = Account, FoundAt = Now, Rejected = new RejectedRecord("AWSLogs/1.json.gz", 1200, true, reason, "{\"eventVersion\":"),
    };
}
