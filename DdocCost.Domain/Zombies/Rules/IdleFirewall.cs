namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Network Firewall without traffic.</summary>
internal static class IdleFirewall
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "NET-21",
        Title = "Network Firewall without traffic",
        Class = ZombieClass.Idle,
        Kind = Kinds.Firewall,
        Criterion = "None of its endpoints received a packet in the last {days} days.",
        Window = Threshold.Days(30, 7, 63),
        Metrics =
        [
            new("packets", "AWS/NetworkFirewall", "ReceivedPackets", Statistic.Sum, "FirewallName={name},AvailabilityZone={zones*},Engine=Stateless") { Unit = "packets", IsSparse = true },
        ],
        Sureness = Sureness.High,
        SavingInWords = "endpoint hours at list price",
        Traps = ["Traffic may pass one zone only: all endpoints must be quiet."],
        Source = "AWS Trusted Advisor c2vlfg0bfw (30 days)",
        Remedies =
        [
            new("Delete the firewall", "network-firewall delete-firewall --firewall-arn {arn}", "Inspection of what is routed to it: take its endpoints out of the route tables first."),
        ],
        Terraform = "aws_networkfirewall_firewall",
        Judge = firewall => firewall.State("ready") & firewall.Has("zones") & firewall.Nothing("packets"),
    };
}
