namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Capacity reservation that nothing runs in.</summary>
internal static class UnusedReservation
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "EC2-13",
        Title = "Capacity reservation that nothing runs in",
        Class = ZombieClass.Idle,
        Kind = Kinds.CapacityReservation,
        Criterion = "It is active, and at no time in the last {days} days were fewer than all of its instances free.",
        Window = Threshold.Days(7, 2, 63),
        Metrics =
        [
            new("free", "AWS/EC2CapacityReservations", "AvailableInstanceCount", Statistic.Minimum, "CapacityReservationId={id}") { Unit = "instances" },
        ],
        Sureness = Sureness.High,
        SavingInWords = "unused instances at list price",
        Traps =
        [
            "Capacity blocks and future-dated commitments cannot be given back: left out.",
            "One that is part of a failover plan looks the same: a keep tag says so.",
            "Only one that is wholly unused counts; a part of it may be head room.",
        ],
        Source = "nOps (unused on 25 of 30 days); AWS Trusted Advisor's reservation checks",
        Remedies =
        [
            new("Cancel the reservation", "ec2 cancel-capacity-reservation --capacity-reservation-id {id}", "The promise of capacity in this zone."),
        ],
        Terraform = "aws_ec2_capacity_reservation",
        Judge = reservation => reservation.State("active") & !reservation.FlagOrNot("committed")
            & reservation.Low("free") >= (reservation.Resource.Number("total") ?? double.MaxValue),
    };
}
