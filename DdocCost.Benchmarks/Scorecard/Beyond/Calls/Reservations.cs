using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Benchmarks.Scorecard.Beyond.Calls;

/// <summary>Calls to Amazon EC2 that keep machines free, and are paid as if they ran.</summary>
/// <remarks>Shapes as CloudTrail logs them: Amazon EC2 user guide, "Log Amazon EC2 API calls using AWS CloudTrail".</remarks>
internal static class Reservations
{
    /// <summary>Reserves capacity until it is cancelled; returns the reservation's id.</summary>
    public static string CreateCapacityReservation(this CallLog log, DateTimeOffset at, Caller who, string type, int count)
    {
        var (id, availabilityZone) = ("cr-0" + log.Dice.Hex(16), log.Account.Region + "b");
        var request = new { CreateCapacityReservationRequest = new { InstanceType = type, InstancePlatform = "Linux/UNIX", AvailabilityZone = availabilityZone, InstanceCount = count, EndDateType = "unlimited" } };
        var capacityReservation = new { capacityReservationId = id, instanceType = type, instancePlatform = "Linux/UNIX", availabilityZone, tenancy = "default", totalInstanceCount = count, availableInstanceCount = count, state = "active", endDateType = "unlimited" };
        var response = new { CreateCapacityReservationResponse = new { xmlns = "http://ec2.amazonaws.com/doc/2016-11-15/", requestId = log.Dice.NewId(), capacityReservation } };
        log.Record(at, who, new ApiCall("ec2", "CreateCapacityReservation", request, response));
        return id;
    }

    public static void CancelCapacityReservation(this CallLog log, DateTimeOffset at, Caller who, string id)
    {
        var response = new { CancelCapacityReservationResponse = new { xmlns = "http://ec2.amazonaws.com/doc/2016-11-15/", requestId = log.Dice.NewId(), _return = true } };
        log.Record(at, who, new ApiCall("ec2", "CancelCapacityReservation", new { CancelCapacityReservationRequest = new { CapacityReservationId = id } }, response));
    }
}
