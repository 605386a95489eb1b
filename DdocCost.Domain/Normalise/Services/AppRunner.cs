using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// App Runner services: the memory of provisioned instances is paid all the time, their vCPUs while they serve. Source: App Runner API
/// reference; a CloudTrail record of most calls.
/// </summary>
internal static class AppRunner
{
    private const string Running = "apprunner:service";

    public static readonly Service Service = new("apprunner",
        Starts("CreateService", Running, Sized),
        Changes("UpdateService", Running, (record, changes) =>
        {
            if (!record.Request.IsObject || record.Request["instanceConfiguration"].IsPresent)
            {
                Sized(record, changes);
            }
        }),
        Starts("ResumeService", Running, "serviceArn"),
        Stops("PauseService", Running, "serviceArn"),
        Stops("DeleteService", Running, "serviceArn"));

    private static void Sized(CloudTrailRecord record, ChangeList changes)
    {
        var made = record.Made("service");
        var size = made["instanceConfiguration"];
        changes.Add(size: "instance", quantity: 1, id: made["serviceArn"].Text, traits: TaskSize.Traits(size["cpu"], size["memory"]));
    }
}
