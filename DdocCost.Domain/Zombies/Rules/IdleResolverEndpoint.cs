namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Route 53 Resolver endpoint without queries.</summary>
internal static class IdleResolverEndpoint
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "NET-26",
        Title = "Route 53 Resolver endpoint without queries",
        Class = ZombieClass.Idle,
        Kind = Kinds.ResolverEndpoint,
        Criterion = "It is operational, and no query went through it in the last {days} days.",
        Window = Threshold.Days(30, 7, 63),
        Metrics =
        [
            new("in", "AWS/Route53Resolver", "InboundQueryVolume", Statistic.Sum, "EndpointId={id}") { Unit = "queries", IsSparse = true },
            new("out", "AWS/Route53Resolver", "OutboundQueryVolume", Statistic.Sum, "EndpointId={id}") { Unit = "queries", IsSparse = true },
        ],
        Sureness = Sureness.High,
        IsDerived = true,
        SavingInWords = "interface hours at list price",
        Traps = ["Rules shared with other accounts count here too: the metric has all queries."],
        Source = "derived: each interface of an endpoint is billed by the hour",
        Remedies =
        [
            new("Delete the endpoint", "route53resolver delete-resolver-endpoint --resolver-endpoint-id {id}", "Resolution between this network and yours through it."),
        ],
        Terraform = "aws_route53_resolver_endpoint",
        Judge = endpoint => endpoint.State("operational") & endpoint.Nothing("in", "out"),
    };
}
