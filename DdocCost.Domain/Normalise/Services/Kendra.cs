using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>Kendra indexes. Source: Amazon Kendra API reference; a CloudTrail record of each call.</summary>
internal static class Kendra
{
    private const string Index = "kendra:index";
    private const string Units = "kendra:capacity-units";

    public static readonly Service Service = new("kendra",
        Starts("CreateIndex", Index, (record, changes) => changes.Add(
            size: record.Request["edition"].Text?.ToLowerInvariant() ?? "enterprise_edition", id: record.Response["id"].Text)),
        Stops("DeleteIndex", Index, "id"),
        Changes("UpdateIndex", Units, (record, changes) =>
        {
            var units = record.Request["capacityUnits"];
            if (units.IsPresent)
            {
                changes.Add(
                    quantity: (units["queryCapacityUnits"].Amount ?? 0) + (units["storageCapacityUnits"].Amount ?? 0),
                    id: record.Request["id"].Text, owner: Ids.Owner(Index, record.Request["id"].Text));
            }
        }));
}
