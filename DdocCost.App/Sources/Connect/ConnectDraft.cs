using System.Security.Cryptography;
using System.Text.RegularExpressions;
using DdocCost.Domain.Sources;

namespace DdocCost.App.Sources.Connect;

/// <summary>How somebody lets us into an account.</summary>
public enum Credential
{
    /// <summary>A role that this machine may assume, with our external id.</summary>
    Role = 0,

    /// <summary>An access key.</summary>
    Key,

    /// <summary>What this machine has by itself.</summary>
    Machine,
}

/// <summary>What somebody has entered while connecting an account. Holds no secret: a secret access key is asked for when it is used, and not kept here.</summary>
public sealed partial class ConnectDraft
{
    /// <summary>Account number.</summary>
    public string AccountId { get; set; } = "";

    /// <summary>Name.</summary>
    public string Name { get; set; } = "";

    /// <summary>Organisation; empty for the account alone.</summary>
    public string OrganizationId { get; set; } = "";

    /// <summary>Partition.</summary>
    public string Partition { get; set; } = AwsPartition.Commercial.Id;

    /// <summary>Regions, with commas or spaces between; the first is where queues are made.</summary>
    public string Regions { get; set; } = "us-east-1";

    /// <summary>How we get in.</summary>
    public Credential Credential { get; set; }

    /// <summary>ARN of who runs us, which the role is to trust; empty where not known yet.</summary>
    public string Principal { get; set; } = "";

    /// <summary>What the role's trust policy asks for. Made once for a draft, and no secret in AWS's sense: it only keeps others from having us assume the role.</summary>
    public string ExternalId { get; set; } = $"ddoc-{RandomNumberGenerator.GetHexString(32, lowercase: true)}";

    /// <summary>Id of the <see cref="EventWay"/>.</summary>
    public string Way { get; set; } = EventWay.Events.Id;

    /// <summary>Whether 90 days are fetched from the event history besides.</summary>
    public bool WithHistory { get; set; } = true;

    /// <summary>The trail's bucket.</summary>
    public string Bucket { get; set; } = "";

    /// <summary>What comes before <c>AWSLogs/</c> in it.</summary>
    public string Prefix { get; set; } = "";

    /// <summary>The bucket's region; empty for the first of <see cref="Regions"/>.</summary>
    public string BucketRegion { get; set; } = "";

    /// <summary>The role's ARN, once it is there.</summary>
    public string RoleArn { get; set; } = "";

    /// <summary>The queue's URL, once it is there.</summary>
    public string QueueUrl { get; set; } = "";

    /// <summary>The access key's id.</summary>
    public string AccessKeyId { get; set; } = "";

    /// <summary>When it was connected, UTC; null before.</summary>
    public DateTimeOffset? ConnectedAt { get; set; }

    /// <summary>The chosen way.</summary>
    public EventWay Chosen() => EventWay.Find(Way);

    /// <summary>Whether the event history is read besides the chosen way.</summary>
    public bool ReadsHistory() => WithHistory && Chosen() is { IsPushed: false } way && way != EventWay.Lookup;

    /// <summary>The regions one by one.</summary>
    public IReadOnlyList<string> RegionList() => [.. Regions.Split([',', ' ', '\n', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct()];

    /// <summary>What is wrong with the account's own fields.</summary>
    public IReadOnlyList<string> AccountProblems() =>
    [
        .. ConnectedAccountRules.Problems(Account() with { Access = new AwsAccess(), Sources = [] }),
        .. Credential == Credential.Role && Principal.Trim() is { Length: > 0 } principal && !PrincipalArn().IsMatch(principal)
            ? (string[])["Who runs us: an ARN of IAM, such as arn:aws:iam::444455556666:role/ddoc-cost or arn:aws:iam::444455556666:root."] : [],
    ];

    /// <summary>What is wrong with the way and what belongs to it.</summary>
    public IReadOnlyList<string> WayProblems() =>
    [
        .. Chosen().HasBucket ? ConnectedAccountRules.Problems(Account() with { Access = new AwsAccess(), Sources = [Trail()] }) : [],
        .. Chosen() == EventWay.Organization && OrganizationId.Trim().Length == 0 ? (string[])["Organisation: an organisation trail needs the organisation's id; enter it at step 1."] : [],
    ];

    /// <summary>The account as it would be connected.</summary>
    /// <param name="key">The sealed access key; null for none.</param>
    public ConnectedAccount Account(SealedAccessKey? key = null) => new()
    {
        Id = AccountId.Trim(), AccountId = AccountId.Trim(), Name = Name.Trim(), OrganizationId = OrganizationId.Trim() is { Length: > 0 } organization ? organization : null,
        Partition = Partition, Regions = RegionList(), ConnectedAt = default, Sources = Sources(),
        Access = Credential switch
        {
            Credential.Role => new AwsAccess { Roles = [new RoleStep(RoleArn.Trim(), ExternalId)] },
            Credential.Key when key is not null => new AwsAccess { AccessKeys = [key] },
            _ => new AwsAccess(),
        },
    };

    /// <summary>The queue to make by hand, and to name in a policy before there is one.</summary>
    public string PlannedQueueUrl() =>
        $"https://sqs.{FirstRegion()}.{(AwsPartition.Find(Partition) ?? AwsPartition.Commercial).DnsSuffix}/{AccountId.Trim()}/ddoc-cost";

    /// <summary>Where queues are made.</summary>
    public string FirstRegion() => RegionList() is [var first, ..] ? first : AwsPartition.Commercial.GlobalRegion;

    private IReadOnlyList<TrailSource> Sources()
    {
        var history = ReadsHistory() ? (TrailSource[])[new TrailSource.EventLookup()] : [];
        var queue = QueueUrl.Trim() is { Length: > 0 } entered ? entered : PlannedQueueUrl();
        var queueRegion = QueueRegion().Match(queue) is { Success: true } match ? match.Groups[1].Value : FirstRegion();
        return Chosen() switch
        {
            { IsPushed: true } => [],
            { Template: "events" } => [new TrailSource.EventQueue { QueueUrl = queue, Region = queueRegion }, .. history],
            { Template: "notifications" } => [new TrailSource.BucketNotifications { QueueUrl = queue, Region = queueRegion }, .. history],
            { Template: "bucket" } => [Trail(), .. history],
            _ => [new TrailSource.EventLookup()],
        };
    }

    private TrailSource.TrailBucket Trail() => new()
    {
        Bucket = Bucket.Trim(), Prefix = Prefix.Trim().Trim('/'), Region = BucketRegion.Trim() is { Length: > 0 } region ? region : FirstRegion(),
    };

    [GeneratedRegex(@"^arn:aws[a-z-]*:iam::[0-9]{12}:(root|(role|user)/[\w+=,.@/-]{1,512})$")]
    private static partial Regex PrincipalArn();

    [GeneratedRegex(@"^https://sqs\.([a-z0-9-]+)\.amazonaws\.")]
    private static partial Regex QueueRegion();
}
