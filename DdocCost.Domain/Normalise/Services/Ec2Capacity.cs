using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// Capacity of EC2 that is paid whether it is used or not: dedicated hosts, capacity reservations, reserved instances. Source: EC2 API
/// reference.
/// </summary>
internal static class Ec2Capacity
{
    private const string Reservation = "ec2:capacity-reservation";
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
        Buys("PurchaseReservedInstancesOffering", "ec2:reserved-instances", ReservedInstances),
        Changes("ModifyCapacityReservation", Reservation, (record, changes) =>
        {
            if (!record.Request.IsObject || record.Request["instanceCount"].IsPresent)
            {
                changes.Add(quantity: record.Request["instanceCount"].Amount, id: record.Request["capacityReservationId"].Text);
            }
        }),
        Starts("CreateCapacityReservationFleet", "ec2:capacity-reservation-fleet", (record, changes) => changes.Add(
            size: record.Request["instanceTypeSpecification"].Or(record.Request["instanceTypeSpecifications"]).Items.First["instanceType"].Text,
            quantity: record.Request["totalTargetCapacity"].Amount, id: record.Response["capacityReservationFleetId"].Text)),
        Stops("CancelCapacityReservationFleets", "ec2:capacity-reservation-fleet", (record, changes) => changes.Add(
            ids: Ids.Of(record.Request["capacityReservationFleetId"].Or(record.Request["capacityReservationFleetIds"])))),
        Changes("ModifyHosts", "ec2:host", (record, changes) =>
        {
            if (record.Request["instanceType"].Or(record.Request["instanceFamily"]).Text is { } size)
            {
                changes.Add(size: size, ids: Ids.Of(record.Request["hostIdSet"].Or(record.Request["hostId"])));
            }
        }),
        Buys("PurchaseHostReservation", "ec2:host-reservation", (record, changes) => changes.Add(
            id: record.Request["offeringId"].Text, paidUsd: record.Response["totalUpfrontPrice"].Amount,
            committedUsdPerHour: record.Response["totalHourlyPrice"].Amount)),
        Buys("PurchaseCapacityBlock", "ec2:capacity-block", (record, changes) =>
        {
            var made = record.Response["capacityReservation"];
            changes.Add(
                size: made["instanceType"].Text, quantity: made["totalInstanceCount"].Amount, id: made["capacityReservationId"].Text,
                note: "the record names the offering only, not its price");
        }),
        Buys("PurchaseCapacityBlockExtension", "ec2:capacity-block", (record, changes) =>
        {
            var made = record.Response["capacityBlockExtensionSet"].Or(record.Response["capacityBlockExtensions"]).Items.First;
            changes.Add(
                size: made["instanceType"].Text, quantity: made["instanceCount"].Amount,
                id: made["capacityReservationId"].Or(record.Request["capacityReservationId"]).Text, paidUsd: made["upfrontFee"].Amount);
        }),
        Buys("PurchaseScheduledInstances", "ec2:scheduled-instances", (record, changes) =>
        {
            var made = record.Response["scheduledInstanceSet"].Items.First;
            changes.Add(
                size: made["instanceType"].Text, quantity: made["instanceCount"].Amount, id: made["scheduledInstanceId"].Text,
                paidUsd: made["hourlyPrice"].Amount * made["totalScheduledInstanceHours"].Amount);
        }),
        Buys("AcceptReservedInstancesExchangeQuote", "ec2:reserved-instances", (record, changes) => changes.Add(
            id: record.Response["exchangeId"].Text, note: "the record names the offering only, not what is to be paid on top")));

    // The record names the offering, not its price; a limit, where one was set, holds for the whole purchase.
    private static void ReservedInstances(CloudTrailRecord record, ChangeList changes)
    {
        var limit = record.Request["limitPrice"]["amount"].Amount;
        changes.Add(
            quantity: record["instanceCount"].Amount, id: record.Response["reservedInstancesId"].Text, paidUsd: limit,
            definition: record.Request["reservedInstancesOfferingId"].Text is { } offering ? $"ec2:reserved-instances-offering/{offering}" : null,
            note: limit is null ? "the record names the offering only, not its price" : "at most: the limit that was set for the whole purchase");
    }
}
