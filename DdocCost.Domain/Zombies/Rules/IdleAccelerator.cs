namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Idle GPU or accelerator instance.</summary>
internal static class IdleAccelerator
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "EC2-04",
        Title = "Idle GPU or accelerator instance",
        Class = ZombieClass.Idle,
        Kind = Kinds.Instance,
        Criterion = "It has an accelerator and runs, and on every one of the last {days} days its peak CPU stayed below {cpu} % and its network traffic below {network} MB.",
        Window = Threshold.Days(7, 3, 63),
        Limits = [new("cpu", 5, 0.5, 40, "%"), new("network", 5, 0, 1000, "MB a day")],
        Metrics =
        [
            new("cpu", "AWS/EC2", "CPUUtilization", Statistic.Maximum, "InstanceId={id}") { Unit = "%" },
            new("in", "AWS/EC2", "NetworkIn", Statistic.Sum, "InstanceId={id}") { Unit = "bytes" },
            new("out", "AWS/EC2", "NetworkOut", Statistic.Sum, "InstanceId={id}") { Unit = "bytes" },
        ],
        Sureness = Sureness.Medium,
        SavingInWords = "instance hours at list price: the largest single tickets",
        Traps =
        [
            "A GPU that works keeps a CPU busy and talks; GPU metrics themselves need an agent, so CPU and network decide.",
            "Members of Auto Scaling groups, EKS, EMR, Batch and ECS are left to their owner.",
        ],
        LeavesTo = Owners.OfMachines,
        Source = "AWS Compute Optimizer idle criteria for G and P types, without the agent's metrics",
        Remedies =
        [
            new("Stop the instance", "ec2 stop-instances --instance-ids {id}", "What is in memory and on instance store disks; scarce types may not be there to start again.", IsReversible: true),
            new("Terminate the instance", "ec2 terminate-instances --instance-ids {id}", "The instance and every volume that is set to be deleted with it, for good."),
        ],
        Terraform = "aws_instance",
        Judge = instance => instance.State("running")
            & (instance.Prices.TypeOf(instance.Resource.Size ?? "")?.Gpus > 0)
            & instance.Peak("cpu") < instance.Limit("cpu")
            & instance.Peak("in") < instance.Limit("network") * 1_000_000
            & instance.Peak("out") < instance.Limit("network") * 1_000_000,
    };
}
