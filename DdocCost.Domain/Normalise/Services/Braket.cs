using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// Amazon Braket: hybrid jobs run on instances by the hour, quantum tasks are billed by task and shot. Source: Amazon Braket API
/// reference.
/// </summary>
internal static class Braket
{
    private const string Job = "braket:job";
    private const string Task = "braket:quantum-task";

    public static readonly Service Service = new("braket",
        Starts("CreateJob", Job, (record, changes) => changes.Add(
            size: record.Request["instanceConfig"]["instanceType"].Text,
            quantity: record.Request["instanceConfig"]["instanceCount"].Amount,
            id: record.Response["jobArn"].Text,
            traits: new ResourceTraits { MaxHours = (double)(record.Request["stoppingCondition"]["maxRuntimeInSeconds"].Amount ?? 432_000) / 3600 })),
        Stops("CancelJob", Job, (record, changes) => changes.Add(id: Ids.Plain(record.Request["jobArn"]))),
        Starts("CreateQuantumTask", Task, "quantumTaskArn"),
        Stops("CancelQuantumTask", Task, (record, changes) => changes.Add(id: Ids.Plain(record.Request["quantumTaskArn"]))));
}
