namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Untagged container image.</summary>
internal static class UntaggedImage
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "ECR-03",
        Title = "Untagged container image",
        Class = ZombieClass.Stale,
        Kind = Kinds.ContainerImage,
        Criterion = "It has no tag, belongs to no image index, was pushed at least {days} days ago and not pulled since.",
        Window = Threshold.Days(14, 1, 365),
        Sureness = Sureness.Medium,
        SavingInWords = "its size at list price, as the most it can be",
        Saves = image => image.Storage("ecr", "storage", "bytes").AtMost("layers are shared between images"),
        Traps =
        [
            "The parts of images for several platforms have no tag: where a repository has an index, its untagged images are left out.",
            "Referred to by digest and pulled: left out.",
        ],
        Source = "AWS Service Screener",
        Remedies =
        [
            new("Delete the image", "ecr batch-delete-image --repository-name {repository} --image-ids imageDigest={digest}", "The image."),
        ],
        Terraform = "aws_ecr_lifecycle_policy",
        Judge = image => !image.Has("tags") & image.IsOld & !image.FlagOrNot("index") & !image.FlagOrNot("besideIndex")
            & (image.Resource.Time("lastPulled") is null | image.NotWithinWindow("lastPulled")),
    };
}
