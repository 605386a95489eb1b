namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Global Accelerator without flows.</summary>
internal static class IdleAcceleratorEndpoint
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "NET-22",
        Title = "Global Accelerator without flows",
        Class = ZombieClass.Idle,
        Kind = Kinds.Accelerator,
        Criterion = "No flow was opened through it and no byte came in during the last {days} days.",
        Window = Threshold.Days(30, 7, 63),
        Metrics =
        [
            new("flows", "AWS/GlobalAccelerator", "NewFlowCount", Statistic.Sum, "Accelerator={acceleratorId}") { Unit = "flows", IsSparse = true },
            new("bytes", "AWS/GlobalAccelerator", "ProcessedBytesIn", Statistic.Sum, "Accelerator={acceleratorId}") { Unit = "bytes", IsSparse = true },
        ],
        Sureness = Sureness.Medium,
        IsDerived = true,
        SavingInWords = "hours at list price",
        Traps =
        [
            "Its fixed addresses may be on allow lists: they do not come back.",
            "One that is disabled is billed all the same.",
        ],
        Source = "derived: an accelerator is billed by the hour, disabled or not",
        Remedies =
        [
            new("Disable the accelerator", "globalaccelerator update-accelerator --accelerator-arn {arn} --no-enabled", "Nothing but its traffic; it must be disabled before it can be deleted, and is billed until then.", IsReversible: true),
            new("Delete the accelerator", "globalaccelerator delete-accelerator --accelerator-arn {arn}", "Its two fixed addresses, for good."),
        ],
        Terraform = "aws_globalaccelerator_accelerator",
        Judge = accelerator => accelerator.State("deployed") & accelerator.Nothing("flows", "bytes"),
    };
}
