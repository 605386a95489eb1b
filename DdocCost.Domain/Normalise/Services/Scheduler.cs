using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// EventBridge Scheduler, billed by call. Source: EventBridge Scheduler API reference; a CloudTrail record of CreateSchedule.
/// </summary>
internal static class Scheduler
{
    private const string Schedule = "scheduler:schedule";

    public static readonly Service Service = new("scheduler",
        Starts("CreateSchedule", Schedule, "name"),
        Stops("DeleteSchedule", Schedule, "name"));
}
