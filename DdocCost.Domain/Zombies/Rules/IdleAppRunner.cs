namespace DdocCost.Domain.Zombies.Rules;

/// <summary>App Runner service without requests.</summary>
internal static class IdleAppRunner
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "RUN-01",
        Title = "App Runner service without requests",
        Class = ZombieClass.Idle,
        Kind = Kinds.AppRunner,
        Criterion = "It runs, and no request reached it in the last {days} days.",
        Window = Threshold.Days(14, 7, 63),
        Metrics =
        [
            new("requests", "AWS/AppRunner", "Requests", Statistic.Sum, "ServiceName={name},ServiceID={serviceId}") { Unit = "requests", IsSparse = true },
        ],
        Sureness = Sureness.High,
        IsDerived = true,
        SavingInWords = "the memory of one waiting instance at list price",
        Traps = ["Health checks are no requests."],
        Source = "derived: provisioned memory is billed while the service runs",
        Remedies =
        [
            new("Pause the service", "apprunner pause-service --service-arn {arn}", "Its answers, until it is resumed.", IsReversible: true),
            new("Delete the service", "apprunner delete-service --service-arn {arn}", "The service and its address."),
        ],
        Terraform = "aws_apprunner_service",
        Judge = service => service.State("running") & service.Nothing("requests"),
    };
}
