namespace DdocCost.Domain.Zombies.Rules;

/// <summary>AMI that nothing uses.</summary>
internal static class UnusedImage
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "AMI-01",
        Title = "AMI that nothing uses",
        Class = ZombieClass.Orphan,
        Kind = Kinds.Image,
        AlsoReads = [Kinds.Snapshot, Kinds.Instance, Kinds.AutoScalingGroup, Kinds.LaunchConfiguration, Kinds.LaunchTemplate, Kinds.SpotFleet],
        Criterion = "No instance, group, launch configuration, template or spot fleet uses it, it is not shared, and it was last launched more than {days} days ago or never.",
        Window = Threshold.Days(90, 30, 400),
        Sureness = Sureness.Medium,
        SavingInWords = "its snapshots at full size, as the most it can be",
        Saves = image => image.SumOf(image.LinkedTo(Kinds.Snapshot, "snapshots")).AtMost("blocks shared with other snapshots stay"),
        Covers = image => image.Resource.Linked("snapshots"),
        Traps =
        [
            "A public image is somebody else's too: left out. An image shared with accounts shows its use there only in the time of its last launch.",
            "The time of the last launch lags a day: the window is longer.",
            "Made by Image Builder or AWS Backup: left to them.",
        ],
        LeavesTo = ["backup:"],
        Source = "CloudFix (31 days), aws-doctor (90 days), Cloud Custodian's unused filter",
        Remedies =
        [
            new("Deregister the image", "ec2 deregister-image --image-id {id}", "The image; its snapshots stay until they are deleted."),
            new("Delete its snapshots", "ec2 delete-snapshot --snapshot-id {snapshots*}", "What the image was made of, for good."),
        ],
        Terraform = "aws_ami",
        Judge = image => image.State("available") & !image.FlagOrNot("public") & !image.FlagOrNot("managed") & image.Has("snapshots")
            & (image.Resource.Time("lastLaunched") is null | image.NotWithinWindow("lastLaunched"))
            & !image.IsLinkedFrom(Kinds.Instance, "images") & !image.IsLinkedFrom(Kinds.LaunchTemplate, "images")
            & !image.IsLinkedFrom(Kinds.LaunchConfiguration, "images") & !image.IsLinkedFrom(Kinds.SpotFleet, "images") & !image.IsLinkedFrom(Kinds.AutoScalingGroup, "images"),
    };
}
