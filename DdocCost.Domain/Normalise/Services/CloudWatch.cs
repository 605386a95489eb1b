using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// CloudWatch alarms, dashboards and streams. Source: Amazon CloudWatch API reference; a CloudTrail record of most calls.
/// </summary>
internal static class CloudWatch
{
    private const string Alarm = "cloudwatch:alarm";
    private const string Dashboard = "cloudwatch:dashboard";
    private const string Detector = "cloudwatch:anomaly-detector";
    private const string Rule = "cloudwatch:insight-rule";
    private const string Stream = "cloudwatch:metric-stream";

    /// <summary>Periods shorter than this make an alarm a high-resolution one, seconds.</summary>
    private const decimal StandardPeriod = 60;

    public static readonly Service Service = new("monitoring",
        Starts("PutMetricAlarm", Alarm, PutAlarm),
        Starts("PutCompositeAlarm", Alarm, (record, changes) => changes.Add(size: "composite", id: record.Request["alarmName"].Text)),
        Stops("DeleteAlarms", Alarm, (record, changes) => changes.Add(ids: Ids.Of(record.Request["alarmNames"]))),
        Starts("PutDashboard", Dashboard, "dashboardName"),
        Stops("DeleteDashboards", Dashboard, (record, changes) => changes.Add(ids: Ids.Of(record.Request["dashboardNames"]))),
        Starts("PutAnomalyDetector", Detector, (record, changes) => changes.Add(id: Watched(record.Request))),
        Stops("DeleteAnomalyDetector", Detector, (record, changes) => changes.Add(id: Watched(record.Request))),
        Starts("PutInsightRule", Rule, "ruleName"),
        Stops("DeleteInsightRules", Rule, (record, changes) => changes.Add(ids: Ids.Of(record.Request["ruleNames"]))),
        Starts("PutMetricStream", Stream, "name"),
        Starts("StartMetricStreams", Stream, (record, changes) => changes.Add(ids: Ids.Of(record.Request["names"]))),
        Stops("StopMetricStreams", Stream, (record, changes) => changes.Add(ids: Ids.Of(record.Request["names"]))),
        Stops("DeleteMetricStream", Stream, "name"));

    // An alarm is billed for each metric it watches; one of metric mathematics names them in a list.
    private static void PutAlarm(CloudTrailRecord record, ChangeList changes)
    {
        var asked = record.Request;
        var watched = 0;
        var period = asked["period"].Amount;
        foreach (var query in asked["metrics"].Items)
        {
            watched += query["metricStat"].IsPresent ? 1 : 0;
            period ??= query["metricStat"]["period"].Amount;
        }

        changes.Add(
            size: period < StandardPeriod ? "high-resolution" : "standard", quantity: Math.Max(1, watched), id: asked["alarmName"].Text);
    }

    private static string? Watched(Field asked)
    {
        var metric = asked["singleMetricAnomalyDetector"].Or(asked);
        return Ids.Within(metric["namespace"].Text, metric["metricName"].Text);
    }
}
