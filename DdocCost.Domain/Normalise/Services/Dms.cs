using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>DMS replication instances. Source: AWS DMS API reference; a CloudTrail record of each call.</summary>
internal static class Dms
{
    private const string Instance = "dms:replication-instance";
    private const string Made = "replicationInstance";
    private const string Config = "dms:replication-config";
    private const string Serverless = "dms:serverless-replication";
    private const string Task = "dms:replication-task";

    public static readonly Service Service = new("dms",
        Starts("CreateReplicationInstance", Instance, Sized),
        Changes("ModifyReplicationInstance", Instance, (record, changes) =>
        {
            var asked = record.Request;
            if (!asked.IsObject || asked["replicationInstanceClass"].IsPresent || asked["allocatedStorage"].IsPresent || asked["multiAZ"].IsPresent)
            {
                Sized(record, changes);
            }
        }),
        Stops("DeleteReplicationInstance", Instance, Sized),
        Defines("CreateReplicationConfig", Config, Capacity),
        Defines("ModifyReplicationConfig", Config, Capacity),
        Starts("StartReplication", Serverless, (record, changes) => changes.Add(
            id: record.Request["replicationConfigArn"].Text,
            definition: record.Request["replicationConfigArn"].Text is { } arn ? $"{Config}/{arn}" : null)),
        Stops("StopReplication", Serverless, "replicationConfigArn"),
        Stops("DeleteReplicationConfig", Serverless, "replicationConfigArn"),
        Starts("CreateReplicationTask", Task, (record, changes) => changes.Add(id: record.Response["replicationTask"]["replicationTaskArn"].Text)),
        Starts("StartReplicationTask", Task, "replicationTaskArn"),
        Stops("StopReplicationTask", Task, "replicationTaskArn"),
        Stops("DeleteReplicationTask", Task, "replicationTaskArn"));

    private static void Sized(CloudTrailRecord record, ChangeList changes)
    {
        var told = record.Response[Made];
        var asked = record.Request;
        changes.Add(
            size: asked["replicationInstanceClass"].Or(told["replicationInstanceClass"]).Text,
            id: told["replicationInstanceIdentifier"].Or(asked["replicationInstanceIdentifier"]).Or(asked["replicationInstanceArn"]).Text,
            traits: new ResourceTraits
            {
                StorageGib = asked["allocatedStorage"].Or(told["allocatedStorage"]).Amount,
                MultiAz = asked["multiAZ"].Or(told["multiAZ"]).Flag ?? false,
            });
    }

    private static void Capacity(CloudTrailRecord record, ChangeList changes)
    {
        var arn = record.Response["replicationConfig"]["replicationConfigArn"].Or(record.Request["replicationConfigArn"]).Text;
        var capacity = record.Request["computeConfig"];
        changes.Add(
            size: "dcu", quantity: capacity["minCapacityUnits"].Or(capacity["maxCapacityUnits"]).Amount, id: arn,
            definition: arn is null ? null : $"{Config}/{arn}");
    }
}
