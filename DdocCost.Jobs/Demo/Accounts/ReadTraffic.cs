using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Jobs.Demo.Accounts;

/// <summary>Calls that cost nothing, which is nearly all of a real trail: monitoring that polls, agents that report, people who look.</summary>
public static class ReadTraffic
{
    private static readonly ApiCall[] ByTools =
    [
        Read("ec2", "DescribeInstances", new { instancesSet = new { }, filterSet = new { items = new[] { new { name = "instance-state-name", valueSet = new { items = new[] { new { value = "running" } } } } } } }),
        Read("ec2", "DescribeVolumes", new { volumeSet = new { }, filterSet = new { }, maxResults = 500 }),
        Read("monitoring", "DescribeAlarms", new { maxRecords = 100 }),
        Read("elasticloadbalancing", "DescribeTargetHealth", new { targetGroupArn = "arn:aws:elasticloadbalancing:::targetgroup/front/0" }),
        Read("rds", "DescribeDBInstances", new { maxRecords = 100 }),
        Read("ecs", "DescribeServices", new { cluster = "shop", services = new[] { "api" } }),
        Read("tagging", "GetResources", new { resourcesPerPage = 100 }),
        Read("kms", "Decrypt", new { encryptionAlgorithm = "SYMMETRIC_DEFAULT" }),
        Read("logs", "DescribeLogStreams", new { logGroupName = "/app/main", orderBy = "LastEventTime", descending = true }),
        new("ssm", "UpdateInstanceInformation", new { agentName = "amazon-ssm-agent", agentStatus = "Active", platformType = "Linux" }, null),
    ];

    private static readonly ApiCall[] ByPeople =
    [
        Read("ec2", "DescribeSecurityGroups", new { securityGroupSet = new { }, filterSet = new { } }),
        Read("ec2", "DescribeInstanceTypes", new { DescribeInstanceTypesRequest = new { MaxResults = 100 } }),
        Read("iam", "ListRoles", new { maxItems = 100 }),
        Read("s3", "ListBuckets", null),
        Read("sts", "GetCallerIdentity", null),
        Read("ce", "GetCostAndUsage", new { granularity = "DAILY", metrics = new[] { "UnblendedCost" } }),
        Read("cloudtrail", "LookupEvents", new { maxResults = 50 }),
    ];

    /// <summary>Makes one such call.</summary>
    public static void Record(CallLog log, DateTimeOffset at)
    {
        var dice = log.Dice;
        if (dice.Chance(0.8))
        {
            log.Record(at, Caller.Automation(log.Account, "monitoring-integration", "poller"), dice.Pick(ByTools));
        }
        else
        {
            log.Record(at, Caller.Person(log.Account, dice.Pick([.. log.Account.People])), dice.Pick(ByPeople));
        }
    }

    private static ApiCall Read(string service, string name, object? request) => new(service, name, request, null, ReadOnly: true);
}
