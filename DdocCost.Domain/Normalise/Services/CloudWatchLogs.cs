using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// CloudWatch Logs, billed by what they take in, keep and search. Source: Amazon CloudWatch Logs API reference; a CloudTrail record of
/// most calls.
/// </summary>
internal static class CloudWatchLogs
{
    private const string Group = "logs:log-group";
    private const string Filter = "logs:subscription-filter";
    private const string Delivery = "logs:delivery";
    private const string Export = "logs:export-task";
    private const string Tail = "logs:live-tail";
    private const string Detector = "logs:anomaly-detector";

    public static readonly Service Service = new("logs",
        Starts("CreateLogGroup", Group, "logGroupName"),
        Changes("PutRetentionPolicy", Group, (record, changes) => changes.Add(id: record.Request["logGroupName"].Text)),
        Changes("DeleteRetentionPolicy", Group, (record, changes) => changes.Add(id: record.Request["logGroupName"].Text)),
        Stops("DeleteLogGroup", Group, "logGroupName"),
        Starts("PutSubscriptionFilter", Filter, (record, changes) => changes.Add(id: Filtered(record))),
        Stops("DeleteSubscriptionFilter", Filter, (record, changes) => changes.Add(id: Filtered(record))),
        Starts("CreateDelivery", Delivery, "id", part: "delivery"),
        Stops("DeleteDelivery", Delivery, "id"),
        Starts("CreateExportTask", Export, "taskId"),
        Stops("CancelExportTask", Export, "taskId"),
        Starts("StartLiveTail", Tail, (record, changes) => changes.Add(id: Ids.Of(record.Request["logGroupIdentifiers"]) is [var first, ..] ? first : null)),
        Starts("CreateLogAnomalyDetector", Detector, "anomalyDetectorArn"),
        Stops("DeleteLogAnomalyDetector", Detector, "anomalyDetectorArn"));

    private static string? Filtered(CloudTrailRecord record) => Ids.Within(record.Request["logGroupName"].Text, record.Request["filterName"].Text);
}
