namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Auto Scaling group whose members are all idle.</summary>
internal static class IdleGroup
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "EC2-15",
        Title = "Auto Scaling group whose members are all idle",
        Class = ZombieClass.Idle,
        Kind = Kinds.AutoScalingGroup,
        AlsoReads = [Kinds.Instance],
        Criterion = "It keeps instances running, and on every one of the last {days} days its CPU stayed below {cpu} % at the peak and its traffic below {network} MB for each instance.",
        Window = Threshold.Days(14, 7, 63),
        Limits = [new("cpu", 5, 0.5, 40, "%"), new("network", 5, 0, 1000, "MB a day")],
        Metrics =
        [
            new("cpu", "AWS/EC2", "CPUUtilization", Statistic.Maximum, "AutoScalingGroupName={name}") { Unit = "%" },
            new("in", "AWS/EC2", "NetworkIn", Statistic.Sum, "AutoScalingGroupName={name}") { Unit = "bytes" },
            new("out", "AWS/EC2", "NetworkOut", Statistic.Sum, "AutoScalingGroupName={name}") { Unit = "bytes" },
        ],
        Sureness = Sureness.Medium,
        SavingInWords = "its instances at list price",
        Saves = group => group.SumOf(group.LinkedTo(Kinds.Instance, "instances")),
        Covers = group => group.Resource.Linked("instances"),
        Traps =
        [
            "Members come and go: the group's own metrics are read, not those of its present members.",
            "Groups of EKS, EMR, Batch and Beanstalk are left to them.",
        ],
        LeavesTo = ["eks:", "kubernetes:", "emr:", "batch:", "elasticbeanstalk:", "ecs:"],
        Source = "AWS Compute Optimizer idle criteria for Auto Scaling groups",
        Remedies =
        [
            new("Scale the group in to nothing", "autoscaling update-auto-scaling-group --auto-scaling-group-name {name} --min-size 0 --desired-capacity 0", "Its instances, with what lies on them."),
        ],
        Terraform = "aws_autoscaling_group",
        Judge = group => group.Has("instances")
            & group.Peak("cpu") < group.Limit("cpu")
            & group.Peak("in") < group.Limit("network") * 1_000_000 * group.Resource.Linked("instances").Count
            & group.Peak("out") < group.Limit("network") * 1_000_000 * group.Resource.Linked("instances").Count,
    };
}
