using System.Diagnostics;

namespace DdocCost.Benchmarks.Faults;

/// <summary>
/// A few lines of C that the dynamic linker puts before the C library of a process, and a number that they read and we write, at any time. Where there is no C compiler,
/// there is none.
/// </summary>
internal sealed class Preload
{
    private const string Head = """
        #define _GNU_SOURCE
        #include <fcntl.h>
        #include <stdlib.h>
        #include <sys/mman.h>
        #include <sys/syscall.h>
        #include <sys/time.h>
        #include <time.h>
        #include <unistd.h>

        static volatile long long *number;

        __attribute__((constructor)) static void begin(void)
        {
            const char *path = getenv("PRELOAD_NUMBER");
            int file = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
            void *page = file < 0 ? MAP_FAILED : mmap(0, sizeof *number, PROT_READ, MAP_SHARED, file, 0);
            number = page == MAP_FAILED ? 0 : page;
        }

        """;

    private readonly string _file;
    private readonly string _library;

    /// <summary>Compiles one; its number is 0.</summary>
    /// <param name="folder">For its files, which the process must be able to read.</param>
    /// <param name="name">Their name.</param>
    /// <param name="source">C after the headers: functions of the C library's names that look at <c>*number</c>, a signed number of 64 bits, where <c>number</c> is not null.</param>
    public Preload(string folder, string name, string source)
    {
        (_file, _library) = (Path.Combine(folder, name), Path.Combine(folder, $"{name}.so"));
        Put(0);
        IsThere = Compile(Head + source);
    }

    /// <summary>Whether it can be had.</summary>
    public bool IsThere { get; }

    /// <summary>What a process needs in its environment.</summary>
    public Dictionary<string, string> Environment => IsThere ? new() { ["LD_PRELOAD"] = _library, ["PRELOAD_NUMBER"] = _file } : [];

    /// <summary>Sets the number, which the process sees at once.</summary>
    public void Put(long number)
    {
        using var file = File.Open(_file, FileMode.OpenOrCreate);
        file.Write(BitConverter.GetBytes(number));
    }

    private bool Compile(string source)
    {
        try
        {
            var start = new ProcessStartInfo("cc", ["-shared", "-fPIC", "-O1", "-o", _library, "-x", "c", "-"]) { RedirectStandardInput = true, RedirectStandardError = true };
            using var compiler = Process.Start(start)!;
            compiler.StandardInput.Write(source);
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
