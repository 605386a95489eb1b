namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Fargate service that does nothing.</summary>
internal static class IdleFargateService
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "ECS-01",
        Title = "Fargate service that does nothing",
        Class = ZombieClass.Idle,
        Kind = Kinds.EcsService,
        Criterion = "It runs tasks on Fargate, and on every one of the last {days} days its CPU stayed below {cpu} % at the peak.",
        Window = Threshold.Days(14, 7, 63),
        Limits = [new("cpu", 1, 0.1, 20, "%")],
        Metrics =
        [
            new("cpu", "AWS/ECS", "CPUUtilization", Statistic.Maximum, "ClusterName={cluster},ServiceName={service}") { Unit = "%" },
        ],
        Sureness = Sureness.Medium,
        SavingInWords = "tasks at list price",
        Traps =
        [
            "Memory is never near nothing, whatever Compute Optimizer asks: CPU decides, and sureness is medium.",
            "Workers that wait for a queue sleep between bursts: the daily maximum is looked at.",
        ],
        Source = "AWS Compute Optimizer (14 days), without its condition on memory",
        Remedies =
        [
            new("Scale the service to nothing", "ecs update-service --cluster {cluster} --service {service} --desired-count 0", "Its tasks; the service stays.", IsReversible: true),
            new("Delete the service", "ecs delete-service --cluster {cluster} --service {service} --force", "The service and its tasks."),
        ],
        Terraform = "aws_ecs_service",
        Judge = service => service.State("active") & service.FlagOrNot("fargate") & service.Number("desired") > 0 & service.Peak("cpu") < service.Limit("cpu"),
    };
}
