namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Container image that nobody pulls.</summary>
internal static class UnpulledImage
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "ECR-02",
        Title = "Container image that nobody pulls",
        Class = ZombieClass.Stale,
        Kind = Kinds.ContainerImage,
        AlsoReads = [Kinds.EcsService, Kinds.Function],
        Criterion = "It was pushed, and last pulled if ever, at least {days} days ago, and it is not the newest of its repository.",
        Window = Threshold.Days(90, 14, 400),
        Sureness = Sureness.Low,
        SavingInWords = "its size at list price, as the most it can be",
        Saves = image => image.Storage("ecr", "storage", "bytes").AtMost("layers are shared between images"),
        Traps =
        [
            "Nodes keep what they pulled: an image in use by a running service or function is left out.",
            "The newest image of a repository is left out.",
            "The time of a pull is told by the day.",
        ],
        Source = "turbot Thrifty; AWS Service Screener (90 days)",
        Remedies =
        [
            new("Delete the image", "ecr batch-delete-image --repository-name {repository} --image-ids imageDigest={digest}", "The image: what still refers to it cannot start again."),
        ],
        Terraform = "aws_ecr_lifecycle_policy",
        Judge = image => image.IsOld & (image.Resource.Time("lastPulled") is null | image.NotWithinWindow("lastPulled")) & !image.FlagOrNot("newest")
            & !image.Any(Kinds.EcsService, service => image.Resource.Linked("names").Intersect(service.Linked("images")).Any())
            & !image.Any(Kinds.Function, function => image.Resource.Linked("names").Intersect(function.Linked("images")).Any()),
    };
}
