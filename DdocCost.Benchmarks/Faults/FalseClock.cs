namespace DdocCost.Benchmarks.Faults;

/// <summary>
/// A clock of one process that can be put forward and back, as a person or a time server does it: only the time of day moves, not the time by which programs wait.
/// libfaketime cannot serve, because .NET's waiting goes wrong with it unless that other time jumps as well.
/// </summary>
/// <param name="folder">For its files.</param>
internal sealed class FalseClock(string folder)
{
    private const string Source = """
        int clock_gettime(clockid_t id, struct timespec *now)
        {
            int result = syscall(SYS_clock_gettime, id, now);
            if (result == 0 && number && (id == CLOCK_REALTIME || id == CLOCK_REALTIME_COARSE)) now->tv_sec += *number;
            return result;
        }

        int gettimeofday(struct timeval *restrict now, void *restrict zone)
        {
            struct timespec exact;
            clock_gettime(CLOCK_REALTIME, &exact);
            now->tv_sec = exact.tv_sec;
            now->tv_usec = exact.tv_nsec / 1000;
            return 0;
        }

        time_t time(time_t *result)
        {
            struct timespec exact;
            clock_gettime(CLOCK_REALTIME, &exact);
            if (result) *result = exact.tv_sec;
            return exact.tv_sec;
        }
        """;

    private readonly Preload _preload = new(folder, "clock", Source);

    /// <summary>Whether it can be had.</summary>
    public bool IsThere => _preload.IsThere;

    /// <summary>What a process needs in its environment.</summary>
    public Dictionary<string, string> Environment => _preload.Environment;

    /// <summary>Puts it that far from the truth, at once.</summary>
    public void Put(TimeSpan deviation) => _preload.Put((long)deviation.TotalSeconds);
}
