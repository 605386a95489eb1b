namespace DdocCost.Domain.Zombies.Rules;

/// <summary>GameLift fleet without games.</summary>
internal static class IdleGameFleet
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "GML-01",
        Title = "GameLift fleet without games",
        Class = ZombieClass.Idle,
        Kind = Kinds.GameFleet,
        Criterion = "It has instances, and at no time in the last {days} days was there a game session.",
        Window = Threshold.Days(7, 3, 63),
        Metrics =
        [
            new("sessions", "AWS/GameLift", "ActiveGameSessions", Statistic.Maximum, "FleetId={id}") { Unit = "sessions" },
        ],
        Sureness = Sureness.Medium,
        IsDerived = true,
        SavingInWords = "instances at the price of EC2, at least",
        Traps = ["Kept ready for a launch: sureness is medium."],
        Source = "derived: instances of a fleet are billed by the hour",
        Remedies =
        [
            new("Scale the fleet to nothing", "gamelift update-fleet-capacity --fleet-id {id} --desired-instances 0 --min-size 0", "Its instances.", IsReversible: true),
        ],
        Terraform = "aws_gamelift_fleet",
        Judge = fleet => fleet.State("ACTIVE") & fleet.Number("instances") > 0 & fleet.Nothing("sessions"),
    };
}
