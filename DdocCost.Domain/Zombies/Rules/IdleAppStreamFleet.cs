namespace DdocCost.Domain.Zombies.Rules;

/// <summary>AppStream fleet that is always on and nobody uses.</summary>
internal static class IdleAppStreamFleet
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "APS-01",
        Title = "AppStream fleet that is always on and nobody uses",
        Class = ZombieClass.Idle,
        Kind = Kinds.AppStreamFleet,
        Criterion = "It runs always on, and at no time in the last {days} days was one of its machines in use.",
        Window = Threshold.Days(30, 7, 63),
        Metrics =
        [
            new("used", "AWS/AppStream", "InUseCapacity", Statistic.Maximum, "Fleet={id}") { Unit = "sessions" },
        ],
        Sureness = Sureness.High,
        IsDerived = true,
        SavingInWords = "no list price is known: unpriced",
        Traps = ["Courses have seasons: the window is 30 days."],
        Source = "derived: machines of an always-on fleet are billed while it runs",
        Remedies =
        [
            new("Stop the fleet", "appstream stop-fleet --name {id}", "Nobody can connect until it is started.", IsReversible: true),
        ],
        Terraform = "aws_appstream_fleet",
        Judge = fleet => fleet.State("running") & fleet.Is("type", "ALWAYS_ON") & fleet.Nothing("used"),
    };
}
