using static DdocCost.Domain.Normalise.Services.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// Capacity of EC2 that is paid whether it is used or not: dedicated hosts, capacity reservations, reserved instances. Source: EC2 API
/// reference.
/// </summary>
internal static class Ec2Capacity
{
    public static readonly Service Service = new("ec2",
        Starts("AllocateHosts", "ec2:host", (record, changes) =>
        {
            var ids = Ids.Of(record.Response["hostIdSet"].Or(record.Response["hostIds"]));
            changes.Add(
                size: record["instanceType"].Text ?? record["instanceFamily"].Text,
                quantity: ids.Count > 0 ? ids.Count : record.Request["quantity"].Amount,
                ids: ids);
        }),
        Stops("ReleaseHosts", "ec2:host", (record, changes) => changes.Add(ids: Ids.Of(record.Request["hostIdSet"].Or(record.Request["hostId"])))),
        Starts("CreateCapacityReservation", "ec2:capacity-reservation", (record, changes) =>
        {
            var made = record.Made("capacityReservation");
            changes.Add(
                size: made["instanceType"].Text, quantity: made["totalInstanceCount"].Or(made["instanceCount"]).Amount,
                id: made["capacityReservationId"].Text,
                traits: new ResourceTraits { OperatingSystem = Ec2Terms.Platform(made["instancePlatform"].Text), Tenancy = Ec2Terms.Tenancy(made["tenancy"].Text) });
        }),
        Stops("CancelCapacityReservation", "ec2:capacity-reservation", "capacityReservationId"),
        Buys("PurchaseReservedInstancesOffering", "ec2:reserved-instances", (record, changes) => changes.Add(
            quantity: record["instanceCount"].Amount, id: record.Response["reservedInstancesId"].Text,
            definition: record.Request["reservedInstancesOfferingId"].Text is { } offering ? $"ec2:reserved-instances-offering/{offering}" : null,
            note: "the record names the offering only, not its price")));
}
