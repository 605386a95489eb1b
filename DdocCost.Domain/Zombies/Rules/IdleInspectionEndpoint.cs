namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Gateway Load Balancer endpoint without traffic.</summary>
internal static class IdleInspectionEndpoint
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "NET-09",
        Title = "Gateway Load Balancer endpoint without traffic",
        Class = ZombieClass.Idle,
        Kind = Kinds.Endpoint,
        Criterion = "It is an available Gateway Load Balancer endpoint, and not one byte went through it in the last {days} days.",
        Window = Threshold.Days(30, 7, 63),
        Metrics =
        [
            new("bytes", "AWS/PrivateLinkEndpoints", "BytesProcessed", Statistic.Sum, "Endpoint Type=GatewayLoadBalancer,Service Name={service},VPC Endpoint Id={id},VPC Id={vpc}") { Unit = "bytes", IsSparse = true },
        ],
        Sureness = Sureness.High,
        SavingInWords = "zone hours at list price",
        Traps = ["One for each zone is a design for failure: a quiet one may be the spare. A keep tag says so."],
        Source = "AWS Trusted Advisor c2vlfg0k35 (30 days); CloudFix (31 days)",
        Remedies =
        [
            new("Delete the endpoint", "ec2 delete-vpc-endpoints --vpc-endpoint-ids {id}", "Inspection of the traffic that is routed to it: take it out of the route tables first."),
        ],
        Terraform = "aws_vpc_endpoint",
        Judge = endpoint => endpoint.State("available") & endpoint.Is("type", "GatewayLoadBalancer") & !endpoint.FlagOrNot("managed") & endpoint.Nothing("bytes"),
    };
}
