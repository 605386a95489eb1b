using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// Managed Apache Flink: an application runs on processing units (KPU) from start to stop, one more than its parallelism needs. Source:
/// Managed Service for Apache Flink API reference; a CloudTrail record of CreateApplication.
/// </summary>
internal static class ManagedFlink
{
    private const string Application = "kinesisanalytics:application";
    private const string Parallelism = "kinesisanalytics:parallelism";

    public static readonly Service Service = new("kinesisanalytics",
        Defines("CreateApplication", Parallelism, (record, changes) =>
            Define(record, changes, record.Request["applicationConfiguration"]["flinkApplicationConfiguration"]["parallelismConfiguration"], "parallelism", "parallelismPerKPU")),
        Changes("UpdateApplication", Application, (record, changes) =>
        {
            var update = record.Request["applicationConfigurationUpdate"]["flinkApplicationConfigurationUpdate"]["parallelismConfigurationUpdate"];
            if (update.IsPresent)
            {
                Define(record, changes, update, "parallelismUpdate", "parallelismPerKPUUpdate");
                changes.Add(quantity: Units(update["parallelismUpdate"], update["parallelismPerKPUUpdate"]), id: record.Request["applicationName"].Text);
            }
        }),
        Starts("StartApplication", Application, (record, changes) => changes.Add(
            id: record.Request["applicationName"].Text,
            definition: record.Request["applicationName"].Text is { } name ? $"{Parallelism}/{name}" : null)),
        Stops("StopApplication", Application, "applicationName"),
        Stops("DeleteApplication", Application, "applicationName"));

    private static void Define(CloudTrailRecord record, ChangeList changes, Field settings, string parallelism, string perUnit)
    {
        if (record.Request["applicationName"].Text is { } name)
        {
            changes.Add(
                type: Parallelism, action: ResourceAction.Define, size: "kpu", quantity: Units(settings[parallelism], settings[perUnit]), id: name,
                definition: $"{Parallelism}/{name}");
        }
    }

    private static decimal Units(Field parallelism, Field perUnit) =>
        1 + Math.Ceiling((parallelism.Amount ?? 1) / Math.Max(1, perUnit.Amount ?? 1));
}
