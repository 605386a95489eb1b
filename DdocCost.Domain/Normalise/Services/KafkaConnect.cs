using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// MSK Connect connectors: workers of some units (MCU), at least as many as autoscaling keeps. Source: Amazon MSK Connect API
/// reference.
/// </summary>
internal static class KafkaConnect
{
    private const string Connector = "kafkaconnect:connector";

    public static readonly Service Service = new("kafkaconnect",
        Starts("CreateConnector", Connector, Sized),
        Changes("UpdateConnector", Connector, Sized),
        Stops("DeleteConnector", Connector, (record, changes) => changes.Add(id: Ids.Plain(record.Request["connectorArn"]))));

    private static void Sized(CloudTrailRecord record, ChangeList changes)
    {
        var fixedSize = record.Request["capacity"]["provisionedCapacity"];
        var elastic = record.Request["capacity"]["autoScaling"];
        changes.Add(
            size: "mcu",
            quantity: (fixedSize["workerCount"].Or(elastic["minWorkerCount"]).Amount ?? 1) * (fixedSize["mcuCount"].Or(elastic["mcuCount"]).Amount ?? 1),
            id: Ids.Plain(record["connectorArn"]),
            note: elastic.IsPresent ? "at least: autoscaling may add workers" : null);
    }
}
