using static DdocCost.Domain.Normalise.Services.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>DMS replication instances. Source: AWS DMS API reference; a CloudTrail record of each call.</summary>
internal static class Dms
{
    private const string Instance = "dms:replication-instance";
    private const string Made = "replicationInstance";

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
        Stops("DeleteReplicationInstance", Instance, Sized));

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
}
