using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// Macie, billed by bucket and by what it inspects. Source: Amazon Macie API reference; a CloudTrail record of most calls.
/// </summary>
internal static class Macie
{
    private const string Session = "macie2:session";
    private const string Job = "macie2:classification-job";

    public static readonly Service Service = new("macie2",
        Starts("EnableMacie", Session, (record, changes) => changes.Add(id: "session")),
        Changes("UpdateMacieSession", Session, (record, changes) => changes.Add(
            id: "session", action: record.Request["status"].Text switch { "PAUSED" => ResourceAction.Stop, "ENABLED" => ResourceAction.Start, _ => null })),
        Stops("DisableMacie", Session, (record, changes) => changes.Add(id: "session")),
        Starts("CreateClassificationJob", Job, "jobId"),
        Changes("UpdateClassificationJob", Job, (record, changes) => changes.Add(
            id: record.Request["jobId"].Text, action: record.Request["jobStatus"].Text == "RUNNING" ? ResourceAction.Start : ResourceAction.Stop)));
}
