namespace DdocCost.Benchmarks.Faults;

/// <summary>A disk of one process that can be made slow: it is written to as ever, but each flush takes longer.</summary>
/// <param name="folder">For its files.</param>
internal sealed class SlowDisk(string folder)
{
    private const string Source = """
        static void wait_for_disk(void)
        {
            if (number && *number > 0) usleep(*number * 1000);
        }

        int fsync(int file)
        {
            wait_for_disk();
            return syscall(SYS_fsync, file);
        }

        int fdatasync(int file)
        {
            wait_for_disk();
            return syscall(SYS_fdatasync, file);
        }
        """;

    private readonly Preload _preload = new(folder, "disk", Source);

    /// <summary>Whether it can be had.</summary>
    public bool IsThere => _preload.IsThere;

    /// <summary>What a process needs in its environment.</summary>
    public Dictionary<string, string> Environment => _preload.Environment;

    /// <summary>Makes each flush last so much longer, from the next on.</summary>
    public void Delay(TimeSpan flush) => _preload.Put((long)flush.TotalMilliseconds);
}
