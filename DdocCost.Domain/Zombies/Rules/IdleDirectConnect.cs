namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Direct Connect port that is down, has no interface or carries nothing.</summary>
internal static class IdleDirectConnect
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "NET-23",
        Title = "Direct Connect port that is down, has no interface or carries nothing",
        Class = ZombieClass.Idle,
        Kind = Kinds.DirectConnect,
        Criterion = "It is billed, and in the last {days} days it was down, had no virtual interface, or carried no traffic.",
        Window = Threshold.Days(30, 7, 63),
        Metrics =
        [
            new("up", "AWS/DX", "ConnectionState", Statistic.Maximum, "ConnectionId={id}"),
            new("in", "AWS/DX", "ConnectionBpsIngress", Statistic.Maximum, "ConnectionId={id}") { Unit = "bits a second" },
            new("out", "AWS/DX", "ConnectionBpsEgress", Statistic.Maximum, "ConnectionId={id}") { Unit = "bits a second" },
        ],
        Sureness = Sureness.Medium,
        IsDerived = true,
        SavingInWords = "port hours at list price; hosted connections are billed by the partner",
        Traps =
        [
            "Ordered but not yet there: not billed, left out.",
            "A second port for failure is quiet by design: a keep tag says so.",
        ],
        Source = "derived: a port is billed from when it is up",
        Remedies =
        [
            new("Delete the connection", "directconnect delete-connection --connection-id {id}", "The port, and the cross connect that a partner set up; the partner's contract is not ended by it."),
        ],
        Terraform = "aws_dx_connection",
        Judge = port => port.State("available", "down") & (!port.Has("interfaces") | port.Peak("up") <= 0 | port.Nothing("in", "out")),
    };
}
