namespace DdocCost.Domain.Zombies.Rules;

/// <summary>NAT gateway without traffic.</summary>
internal static class IdleNatGateway
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "NET-03",
        Title = "NAT gateway without traffic",
        Class = ZombieClass.Idle,
        Kind = Kinds.NatGateway,
        Criterion = "It is available, and in the last {days} days nobody connected through it and no packet came from inside.",
        Window = Threshold.Days(14, 7, 63),
        Metrics =
        [
            new("connections", "AWS/NATGateway", "ActiveConnectionCount", Statistic.Maximum, "NatGatewayId={id}") { Unit = "connections" },
            new("packets", "AWS/NATGateway", "PacketsInFromSource", Statistic.Sum, "NatGatewayId={id}") { Unit = "packets" },
            new("bytes", "AWS/NATGateway", "BytesOutToDestination", Statistic.Sum, "NatGatewayId={id}") { Unit = "bytes" },
        ],
        Sureness = Sureness.High,
        SavingInWords = "gateway hours at list price",
        Traps =
        [
            "Deleted and failed gateways are not billed: only available ones count.",
            "One for each zone is a design for failure: a quiet one may be the spare. A keep tag says so.",
        ],
        Source = "AWS Compute Optimizer; AWS Trusted Advisor c2vlfg022t (30 days)",
        Remedies =
        [
            new("Delete the gateway", "ec2 delete-nat-gateway --nat-gateway-id {id}", "The way out of the subnets that route through it. Its address stays allocated."),
        ],
        Terraform = "aws_nat_gateway",
        Judge = gateway => gateway.State("available") & gateway.Nothing("connections", "packets", "bytes"),
    };
}
