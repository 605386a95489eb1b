namespace DdocCost.Domain.Zombies.Rules;

/// <summary>VPC interface endpoint without traffic.</summary>
internal static class IdleEndpoint
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "NET-08",
        Title = "VPC interface endpoint without traffic",
        Class = ZombieClass.Idle,
        Kind = Kinds.Endpoint,
        Criterion = "It is an available interface endpoint, and not one byte went through it in the last {days} days.",
        Window = Threshold.Days(30, 7, 63),
        Metrics =
        [
            new("bytes", "AWS/PrivateLinkEndpoints", "BytesProcessed", Statistic.Sum, "Endpoint Type=Interface,Service Name={service},VPC Endpoint Id={id},VPC Id={vpc}") { Unit = "bytes", IsSparse = true },
        ],
        Sureness = Sureness.High,
        SavingInWords = "zone hours at list price",
        Traps =
        [
            "Gateway endpoints are free and no concern of this rule.",
            "An endpoint for emergencies (Systems Manager, for example) is quiet by design: a keep tag says so.",
            "One that another account's service manages is left out.",
        ],
        Source = "AWS Trusted Advisor c2vlfg0jp6 (30 days); CloudFix (31 days)",
        Remedies =
        [
            new("Delete the endpoint", "ec2 delete-vpc-endpoints --vpc-endpoint-ids {id}", "Private access to the service from this network."),
        ],
        Terraform = "aws_vpc_endpoint",
        Judge = endpoint => endpoint.State("available") & endpoint.Is("type", "Interface") & !endpoint.FlagOrNot("managed") & endpoint.Nothing("bytes"),
    };
}
