using System.Diagnostics;

namespace DdocCost.Benchmarks.Faults;

/// <summary>
/// A clock of one process that can be put forward and back, as a person or a time server does it: only the time of day moves, not the time by which programs wait.
/// A few lines of C that the dynamic linker puts before the C library; libfaketime cannot serve, because .NET's waiting goes wrong with it unless that other
/// time jumps as well. Where there is no C compiler, no clock is put wrong.
/// </summary>
internal sealed class FalseClock
{
    private const string Source = """
        #define _GNU_SOURCE
        #include <fcntl.h>
        #include <stdlib.h>
        #include <sys/mman.h>
        #include <sys/syscall.h>
        #include <sys/time.h>
        #include <time.h>
        #include <unistd.h>

        static volatile long long *deviation;

        __attribute__((constructor)) static void begin(void)
        {
            const char *path = getenv("FALSE_CLOCK");
            int file = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
            void *page = file < 0 ? MAP_FAILED : mmap(0, sizeof *deviation, PROT_READ, MAP_SHARED, file, 0);
            deviation = page == MAP_FAILED ? 0 : page;
        }

        int clock_gettime(clockid_t id, struct timespec *now)
        {
            int result = syscall(SYS_clock_gettime, id, now);
            if (result == 0 && deviation && (id == CLOCK_REALTIME || id == CLOCK_REALTIME_COARSE)) now->tv_sec += *deviation;
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

    private readonly string _file;
    private readonly string _library;

    /// <summary>Makes one that is right.</summary>
    /// <param name="folder">For its files.</param>
    public FalseClock(string folder)
    {
        (_file, _library) = (Path.Combine(folder, "clock"), Path.Combine(folder, "clock.so"));
        Put(TimeSpan.Zero);
        IsThere = Compile();
    }

    /// <summary>Whether it can be had.</summary>
    public bool IsThere { get; }

    /// <summary>What a process needs in its environment.</summary>
    public Dictionary<string, string> Environment => IsThere ? new() { ["LD_PRELOAD"] = _library, ["FALSE_CLOCK"] = _file } : [];

    /// <summary>Puts it that far from the truth, at once.</summary>
    public void Put(TimeSpan deviation)
    {
        using var file = File.Open(_file, FileMode.OpenOrCreate);
        file.Write(BitConverter.GetBytes((long)deviation.TotalSeconds));
    }

    private bool Compile()
    {
        try
        {
            var start = new ProcessStartInfo("cc", ["-shared", "-fPIC", "-O1", "-o", _library, "-x", "c", "-"]) { RedirectStandardInput = true, RedirectStandardError = true };
            using var compiler = Process.Start(start)!;
            compiler.StandardInput.Write(Source);
            compiler.StandardInput.Close();
            compiler.StandardError.ReadToEnd();
            compiler.WaitForExit();
            return compiler.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false; // no compiler
        }
    }
}
