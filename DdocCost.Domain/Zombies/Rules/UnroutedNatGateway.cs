namespace DdocCost.Domain.Zombies.Rules;

/// <summary>NAT gateway that no route leads to.</summary>
internal static class UnroutedNatGateway
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "NET-04",
        Title = "NAT gateway that no route leads to",
        Class = ZombieClass.Orphan,
        Kind = Kinds.NatGateway,
        AlsoReads = [Kinds.RouteTable],
        Criterion = "It is available, and no route table has led to it for at least {days} days as far as is known.",
        Window = Threshold.Days(7, 1, 90),
        Sureness = Sureness.High,
        ConfirmsAfterWindow = true,
        SavingInWords = "gateway hours at list price",
        Traps =
        [
            "A switch-over in progress: it must have been so all the time.",
            "A regional NAT gateway has a route table of its own: left out.",
        ],
        Source = "AWS Compute Optimizer; CFM tips",
        Remedies =
        [
            new("Delete the gateway", "ec2 delete-nat-gateway --nat-gateway-id {id}", "Nothing that is routed to it now. Its address stays allocated."),
        ],
        Terraform = "aws_nat_gateway",
        Judge = gateway => gateway.State("available") & !gateway.FlagOrNot("regional") & !gateway.IsLinkedFrom(Kinds.RouteTable, "gateways"),
    };
}
