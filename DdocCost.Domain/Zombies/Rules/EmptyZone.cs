namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Route 53 hosted zone without records of its own.</summary>
internal static class EmptyZone
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "NET-25",
        Title = "Route 53 hosted zone without records of its own",
        Class = ZombieClass.Orphan,
        Kind = Kinds.HostedZone,
        Criterion = "It has held nothing but its NS and SOA records for at least {days} days.",
        Window = Threshold.Days(30, 1, 365),
        Sureness = Sureness.Medium,
        JudgesYoung = true,
        ConfirmsAfterWindow = true,
        SavingInWords = "zone months at list price",
        Traps =
        [
            "A parked domain needs its zone to stay delegated: sureness is medium, look before deleting.",
            "A zone that a service made is left to it.",
        ],
        Source = "AWS Service Screener",
        Remedies =
        [
            new("Delete the zone", "route53 delete-hosted-zone --id {id}", "The zone and its name servers: the domain must be delegated anew."),
        ],
        Terraform = "aws_route53_zone",
        Judge = zone => zone.Number("records") <= 2 & !zone.FlagOrNot("managed"),
    };
}
