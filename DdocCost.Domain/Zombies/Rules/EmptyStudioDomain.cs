namespace DdocCost.Domain.Zombies.Rules;

/// <summary>SageMaker domain without apps.</summary>
internal static class EmptyStudioDomain
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "SM-04",
        Title = "SageMaker domain without apps",
        Class = ZombieClass.Orphan,
        Kind = Kinds.StudioDomain,
        AlsoReads = [Kinds.StudioApp, Kinds.FileSystem],
        Criterion = "It is in service and no app has run in it for at least {days} days, while its home folders are stored.",
        Window = Threshold.Days(30, 7, 365),
        Sureness = Sureness.Low,
        ConfirmsAfterWindow = true,
        SavingInWords = "its file system at list price",
        Saves = domain => domain.LinkedTo(Kinds.FileSystem, "fileSystems").Select(home => domain.Price("efs", "storage standard", (home.Number("bytes") ?? double.NaN) / 1_073_741_824)).Aggregate(Saving.None, (sum, part) => sum + part),
        Covers = domain => domain.Resource.Linked("fileSystems"),
        Traps =
        [
            "People come back to their home folders: sureness is low.",
            "The file system is counted here and not again.",
        ],
        Source = "CleanCloud (30 days)",
        Remedies =
        [
            new("Delete the domain, keeping the files", "sagemaker delete-domain --domain-id {id} --retention-policy HomeEfsFileSystem=Retain", "The domain with its profiles; the file system stays."),
        ],
        Terraform = "aws_sagemaker_domain",
        Judge = domain => domain.State("InService") & domain.Has("fileSystems") & !domain.IsLinkedFrom(Kinds.StudioApp, "domains"),
    };
}
