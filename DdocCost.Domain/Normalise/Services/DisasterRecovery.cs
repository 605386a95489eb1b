using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// Elastic Disaster Recovery, by the source server; what it launches is billed as EC2. Source: AWS Elastic Disaster Recovery API
/// reference.
/// </summary>
internal static class DisasterRecovery
{
    private const string SourceServer = "drs:source-server";
    private const string Recovery = "drs:recovery";

    public static readonly Service Service = new("drs",
        Starts("StartReplication", SourceServer, (record, changes) => changes.Add(id: Server(record))),
        Stops("StopReplication", SourceServer, (record, changes) => changes.Add(id: Server(record))),
        Stops("DisconnectSourceServer", SourceServer, (record, changes) => changes.Add(id: Server(record))),
        Starts("StartRecovery", Recovery, (record, changes) => changes.Add(
            quantity: Math.Max(1, record.Request["sourceServers"].Items.Count), id: record.Response["job"]["jobID"].Text)));

    private static string? Server(CloudTrailRecord record) => record.Request["sourceServerID"].Text;
}
