using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// AWS Batch: environments launch instances and tasks, which are billed themselves. Source: AWS Batch API reference; a CloudTrail
/// record of some calls.
/// </summary>
internal static class Batch
{
    private const string Environment = "batch:compute-environment";
    private const string Queue = "batch:job-queue";
    private const string Job = "batch:job";

    public static readonly Service Service = new("batch",
        Starts("CreateComputeEnvironment", Environment, (record, changes) =>
        {
            var resources = record.Request["computeResources"];
            changes.Add(
                size: resources["instanceTypes"].Items.First.Text ?? resources["type"].Text?.ToLowerInvariant(),
                quantity: Math.Max(1, resources["desiredvCpus"].Or(resources["minvCpus"]).Amount ?? 1),
                id: record.Request["computeEnvironmentName"].Text);
        }),
        Changes("UpdateComputeEnvironment", Environment, (record, changes) =>
        {
            if (!record.Request.IsObject || record.Request["computeResources"].IsPresent)
            {
                changes.Add(
                    quantity: record.Request["computeResources"]["desiredvCpus"].Amount,
                    id: Ids.Tail(Ids.Plain(record.Request["computeEnvironment"])));
            }
        }),
        Stops("DeleteComputeEnvironment", Environment, (record, changes) => changes.Add(id: Ids.Tail(Ids.Plain(record.Request["computeEnvironment"])))),
        Starts("CreateJobQueue", Queue, "jobQueueName"),
        Stops("DeleteJobQueue", Queue, (record, changes) => changes.Add(id: Ids.Tail(Ids.Plain(record.Request["jobQueue"])))),
        Starts("SubmitJob", Job, "jobId"),
        Stops("TerminateJob", Job, "jobId"),
        Stops("CancelJob", Job, "jobId"));
}
