namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Route 53 health check that nothing refers to.</summary>
internal static class UnreferencedHealthCheck
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "NET-24",
        Title = "Route 53 health check that nothing refers to",
        Class = ZombieClass.Orphan,
        Kind = Kinds.HealthCheck,
        AlsoReads = [Kinds.RecordSet],
        Criterion = "No record set and no other health check has referred to it for at least {days} days.",
        Window = Threshold.Days(7, 1, 90),
        Sureness = Sureness.Medium,
        JudgesYoung = true,
        ConfirmsAfterWindow = true,
        SavingInWords = "price of a check of an endpoint outside of AWS, as the most it can be",
        Traps =
        [
            "Used by a calculated check: left out.",
            "Alarms and other accounts may use it unseen: sureness is medium.",
            "One that a service made (Cloud Map, routing controls) is left to it.",
        ],
        Source = "turbot Thrifty",
        Remedies =
        [
            new("Delete the health check", "route53 delete-health-check --health-check-id {id}", "The check and its history."),
        ],
        Terraform = "aws_route53_health_check",
        Judge = check => !check.FlagOrNot("managed") & !check.IsLinkedFrom(Kinds.RecordSet, "checks") & !check.IsLinkedFrom(Kinds.HealthCheck, "checks"),
    };
}
