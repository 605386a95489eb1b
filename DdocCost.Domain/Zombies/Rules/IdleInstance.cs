namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Idle EC2 instance.</summary>
internal static class IdleInstance
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "EC2-01",
        Title = "Idle EC2 instance",
        Class = ZombieClass.Idle,
        Kind = Kinds.Instance,
        Criterion = "It runs, and on every one of the last {days} days its peak CPU stayed below {cpu} % and its network traffic below {network} MB.",
        Window = Threshold.Days(14, 7, 63),
        Limits = [new("cpu", 5, 0.5, 40, "%"), new("network", 5, 0, 1000, "MB a day")],
        Metrics =
        [
            new("cpu", "AWS/EC2", "CPUUtilization", Statistic.Maximum, "InstanceId={id}") { Unit = "%" },
            new("in", "AWS/EC2", "NetworkIn", Statistic.Sum, "InstanceId={id}") { Unit = "bytes" },
            new("out", "AWS/EC2", "NetworkOut", Statistic.Sum, "InstanceId={id}") { Unit = "bytes" },
        ],
        Sureness = Sureness.Medium,
        SavingInWords = "instance hours at list price; its volumes stay and are not counted",
        Traps =
        [
            "Bursts: the daily maximum is looked at, never the mean.",
            "Members of Auto Scaling groups, EKS, EMR, Batch and ECS are left to their owner.",
            "A day without values is a gap, not a quiet day: 90 % of the days must have values.",
        ],
        LeavesTo = Owners.OfMachines,
        Source = "AWS Compute Optimizer idle criteria (14 days, 5 %, 5 MB a day)",
        Remedies =
        [
            new("Stop the instance", "ec2 stop-instances --instance-ids {id}", "What is in memory and on instance store disks; its volumes stay and go on to be billed.", IsReversible: true),
            new("Terminate the instance", "ec2 terminate-instances --instance-ids {id}", "The instance and every volume that is set to be deleted with it, for good."),
        ],
        Terraform = "aws_instance",
        Judge = instance => instance.State("running")
            & instance.Peak("cpu") < instance.Limit("cpu")
            & instance.Peak("in") < instance.Limit("network") * 1_000_000
            & instance.Peak("out") < instance.Limit("network") * 1_000_000,
    };
}
