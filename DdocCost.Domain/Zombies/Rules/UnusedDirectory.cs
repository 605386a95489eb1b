namespace DdocCost.Domain.Zombies.Rules;

/// <summary>Directory that nothing here has joined.</summary>
internal static class UnusedDirectory
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "DIR-01",
        Title = "Directory that nothing here has joined",
        Class = ZombieClass.Idle,
        Kind = Kinds.Directory,
        AlsoReads = [Kinds.WorkSpaceDirectory, Kinds.WorkSpace, Kinds.Database, Kinds.FsxFileSystem],
        Criterion = "It is active, and no WorkSpace, database or file system of this account has used it for at least {days} days.",
        Window = Threshold.Days(30, 7, 180),
        Sureness = Sureness.Low,
        IsDerived = true,
        ConfirmsAfterWindow = true,
        SavingInWords = "directory hours at list price",
        Traps =
        [
            "Trusts and machines on your own premises cannot be seen: sureness is low.",
            "A directory that another account shares is theirs: left out. So is one shared with others.",
        ],
        Source = "derived: a directory is billed by the hour",
        Remedies =
        [
            Remedy.Keep("Keep a snapshot", "ds create-snapshot --directory-id {id}"),
            new("Delete the directory", "ds delete-directory --directory-id {id}", "The directory with all users and groups, for good."),
        ],
        Terraform = "aws_directory_service_directory",
        Judge = directory => directory.State("active") & !directory.FlagOrNot("shared")
            & !directory.IsLinkedFrom(Kinds.WorkSpaceDirectory, "directories") & !directory.IsLinkedFrom(Kinds.WorkSpace, "directories")
            & !directory.IsLinkedFrom(Kinds.Database, "directories") & !directory.IsLinkedFrom(Kinds.FsxFileSystem, "directories"),
    };
}
