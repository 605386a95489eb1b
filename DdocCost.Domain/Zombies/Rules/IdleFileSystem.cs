namespace DdocCost.Domain.Zombies.Rules;

/// <summary>EFS file system that nobody mounts.</summary>
internal static class IdleFileSystem
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "EFS-01",
        Title = "EFS file system that nobody mounts",
        Class = ZombieClass.Idle,
        Kind = Kinds.FileSystem,
        Criterion = "It is available, and in the last {days} days no client was connected and no byte was read or written.",
        Window = Threshold.Days(30, 7, 63),
        Metrics =
        [
            new("clients", "AWS/EFS", "ClientConnections", Statistic.Sum, "FileSystemId={id}") { Unit = "connections", IsSparse = true },
            new("bytes", "AWS/EFS", "TotalIOBytes", Statistic.Sum, "FileSystemId={id}") { Unit = "bytes", IsSparse = true },
        ],
        Sureness = Sureness.High,
        IsDerived = true,
        SavingInWords = "what is stored, by class, and provisioned throughput",
        Saves = system => system.Storage("efs", "storage standard", "standardBytes") + system.Storage("efs", "storage infrequent-access", "infrequentBytes") + system.Storage("efs", "storage archive", "archiveBytes") + system.ListPrice(),
        Traps =
        [
            "The home of a SageMaker domain is mounted only while somebody works: look before deleting.",
            "Backups of it stay.",
        ],
        Source = "derived: storage is billed whether it is mounted or not",
        Remedies =
        [
            new("Look at what still holds a mount target", "efs describe-mount-targets --file-system-id {id}", "Nothing.", IsReversible: true),
            new("Delete the file system", "efs delete-file-system --file-system-id {id}", "All that is in it, for good: back it up first."),
        ],
        Terraform = "aws_efs_file_system",
        Judge = system => system.State("available") & system.Nothing("clients", "bytes"),
    };
}
