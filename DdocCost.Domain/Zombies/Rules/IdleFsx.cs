namespace DdocCost.Domain.Zombies.Rules;

/// <summary>FSx file system without reads and writes.</summary>
internal static class IdleFsx
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "FSX-01",
        Title = "FSx file system without reads and writes",
        Class = ZombieClass.Idle,
        Kind = Kinds.FsxFileSystem,
        Criterion = "It is available, and in the last {days} days nothing was read or written.",
        Window = Threshold.Days(30, 7, 63),
        Metrics =
        [
            new("reads", "AWS/FSx", "DataReadOperations", Statistic.Sum, "FileSystemId={id}") { Unit = "operations", IsSparse = true },
            new("writes", "AWS/FSx", "DataWriteOperations", Statistic.Sum, "FileSystemId={id}") { Unit = "operations", IsSparse = true },
        ],
        Sureness = Sureness.High,
        SavingInWords = "storage and throughput at list price",
        Traps =
        [
            "The copy of another file system is written by its source: it is not quiet then.",
            "Virus scanners read names, not data: operations on metadata do not count.",
        ],
        Source = "Flexera (30 days)",
        Remedies =
        [
            Remedy.Keep("Keep a backup", "fsx create-backup --file-system-id {id}"),
            new("Delete the file system", "fsx delete-file-system --file-system-id {id}", "All that is in it; the backup stays."),
        ],
        Terraform = "aws_fsx_windows_file_system",
        Judge = system => system.State("available") & system.Nothing("reads", "writes"),
    };
}
