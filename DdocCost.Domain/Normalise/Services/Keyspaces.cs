using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>Amazon Keyspaces tables, provisioned or billed by request. Source: Amazon Keyspaces API reference.</summary>
internal static class Keyspaces
{
    private const string Table = "cassandra:table";

    public static readonly Service Service = new("cassandra",
        Starts("CreateTable", Table, Sized),
        Starts("RestoreTable", Table, (record, changes) => changes.Add(
            id: Ids.Within(record.Request["targetKeyspaceName"].Text, record.Request["targetTableName"].Text))),
        Changes("UpdateTable", Table, (record, changes) =>
        {
            if (!record.Request.IsObject || record.Request["capacitySpecification"].IsPresent)
            {
                Sized(record, changes);
            }
        }),
        Stops("DeleteTable", Table, (record, changes) => changes.Add(id: Id(record))));

    private static void Sized(CloudTrailRecord record, ChangeList changes)
    {
        var capacity = record.Request["capacitySpecification"];
        var provisioned = capacity["throughputMode"].Text == "PROVISIONED";
        changes.Add(
            size: provisioned ? "provisioned" : "on-demand", id: Id(record),
            traits: new ResourceTraits { ReadCapacity = capacity["readCapacityUnits"].Amount, WriteCapacity = capacity["writeCapacityUnits"].Amount });
    }

    private static string? Id(CloudTrailRecord record) => Ids.Within(record.Request["keyspaceName"].Text, record.Request["tableName"].Text);
}
