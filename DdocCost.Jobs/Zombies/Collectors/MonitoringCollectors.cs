using DdocCost.Domain.Zombies;

namespace DdocCost.Jobs.Zombies.Collectors;

/// <summary>Logs, alarms, dashboards, canaries.</summary>
internal static class MonitoringCollectors
{
    public static readonly IReadOnlyList<Collector> All =
    [
        Collector.Of(Kinds.LogGroup, "logs:DescribeLogGroups", "logGroups", (aws, x) => aws.Make(x.Text("logGroupName")) is not { } made ? null
            : (made with { Arn = x.Text("arn"), Created = x.Time("creationTime") }).With("bytes", x.Number("storedBytes")).With("retentionDays", x.Number("retentionInDays"))),
        new(Kinds.Alarm, Alarms),
        Collector.Of(Kinds.Dashboard, "cloudwatch:ListDashboards", "DashboardEntries", (aws, x) => aws.Make(x.Text("DashboardName")) is not { } made ? null
            : made with { Arn = x.Text("DashboardArn"), Created = x.Time("LastModified") }),
        Collector.Of(Kinds.Canary, "synthetics:DescribeCanaries", "Canaries", (aws, x) => aws.Make(x.Text("Name"), x.Tags("Tags")) is not { } made ? null
            : made with { State = x["Status"].Text("State"), Created = x["Timeline"].Time("Created"), Size = x["Schedule"].Text("Expression") }),
    ];

    private static async IAsyncEnumerable<Resource?> Alarms(RegionReader aws)
    {
        await foreach (var x in aws.Items("cloudwatch:DescribeAlarms", "MetricAlarms"))
        {
            if (aws.Make(x.Text("AlarmName")) is not { } made)
                continue;
            // An alarm over a formula is billed for each metric in it.
            var metrics = x.Items("Metrics").Count(metric => metric["MetricStat"].IsThere);
            yield return (made with
            {
                Arn = x.Text("AlarmArn"),
                State = x.Text("StateValue"),
                Created = x.Time("AlarmConfigurationUpdatedTimestamp"),
                Size = x.Number("Period") is < 60 ? "high-resolution" : "standard",
                Quantity = Math.Max(1, metrics),
            })
                .With("stateSince", x.Time("StateTransitionedTimestamp") ?? x.Time("StateUpdatedTimestamp"))
                .With("missingData", x.Text("TreatMissingData") ?? "missing")
                .With("metric", x.Text("MetricName"))
                .With("managed", made.Id.StartsWith("TargetTracking-", StringComparison.Ordinal) || made.Id.StartsWith("awseb-", StringComparison.Ordinal) ? true : null);
        }
    }
}
