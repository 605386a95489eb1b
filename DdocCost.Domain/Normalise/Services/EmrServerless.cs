using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// EMR Serverless: capacity that is kept ready while an application is started; jobs are billed by use. Source: EMR Serverless API
/// reference.
/// </summary>
internal static class EmrServerless
{
    private const string Application = "emr-serverless:application";
    private const string Capacity = "emr-serverless:capacity";
    private const string Run = "emr-serverless:job-run";

    public static readonly Service Service = new("emr-serverless",
        Defines("CreateApplication", Capacity, (record, changes) => Define(record.Request, record.Response["applicationId"].Text, changes)),
        Defines("UpdateApplication", Capacity, (record, changes) => Define(record.Request, record.Request["applicationId"].Text, changes)),
        Starts("StartApplication", Application, (record, changes) => changes.Add(
            id: record.Request["applicationId"].Text,
            definition: record.Request["applicationId"].Text is { } id ? $"{Capacity}/{id}" : null)),
        Stops("StopApplication", Application, "applicationId"),
        Stops("DeleteApplication", Application, "applicationId"),
        Starts("StartJobRun", Run, "jobRunId"),
        Stops("CancelJobRun", Run, "jobRunId"));

    // {"initialCapacity":{"Driver":{"workerCount":2,"workerConfiguration":{"cpu":"4vCPU","memory":"16GB"}},"Executor":{…}}}: Spark, or Hive.
    private static void Define(Field asked, string? id, ChangeList changes)
    {
        var definition = id is null ? null : $"{Capacity}/{id}";
        foreach (var kind in (ReadOnlySpan<string>)["driver", "executor", "hiveDriver", "tezTask"])
        {
            var workers = asked["initialCapacity"][kind];
            if (workers["workerCount"].Amount is { } count and > 0)
            {
                var each = workers["workerConfiguration"];
                changes.Add(size: "workers", quantity: count, id: id, definition: definition, traits: TaskSize.Traits(each["cpu"], each["memory"]));
            }
        }

        if (changes.All.Count == 0)
        {
            changes.Add(size: "on-demand", quantity: 1, id: id, definition: definition);
        }
    }
}
