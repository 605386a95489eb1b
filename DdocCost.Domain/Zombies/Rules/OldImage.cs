namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Old AMI.</summary>
internal static class OldImage
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "AMI-02",
        Title = "Old AMI",
        Class = ZombieClass.Stale,
        Kind = Kinds.Image,
        AlsoReads = [Kinds.Snapshot, Kinds.Instance],
        Criterion = "It is older than {days} days and no instance runs from it.",
        Window = Threshold.Days(365, 90, 400),
        Sureness = Sureness.Low,
        SavingInWords = "its snapshots at full size, as the most it can be",
        Saves = image => image.SumOf(image.LinkedTo(Kinds.Snapshot, "snapshots")).AtMost("blocks shared with other snapshots stay"),
        Covers = image => image.Resource.Linked("snapshots"),
        Traps =
        [
            "Age alone says little: sureness is low, and what runs from it keeps it.",
            "Launched within the window: left out.",
        ],
        LeavesTo = ["backup:"],
        Source = "CleanCloud (180 days)",
        Remedies =
        [
            new("Disable the image", "ec2 disable-image --image-id {id}", "Nothing; it cannot be launched until it is enabled again.", IsReversible: true),
            new("Deregister the image", "ec2 deregister-image --image-id {id}", "The image; its snapshots stay until they are deleted."),
        ],
        Terraform = "aws_ami",
        Judge = image => image.State("available") & image.IsOld & !image.FlagOrNot("public") & !image.FlagOrNot("managed")
            & !image.IsLinkedFrom(Kinds.Instance, "images")
            & (image.Resource.Time("lastLaunched") is null | image.NotWithinWindow("lastLaunched")),
    };
}
