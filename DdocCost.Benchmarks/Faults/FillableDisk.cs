using System.Diagnostics;
using System.Globalization;

namespace DdocCost.Benchmarks.Faults;

/// <summary>A disk in memory that can be made full at any moment: it shrinks to what lies on it. Only root can mount one.</summary>
internal sealed class FillableDisk : IDisposable
{
    private const long Kilobytes = 512 * 1024;
    private readonly string _path;

    private FillableDisk(string path) => _path = path;

    /// <summary>Mounts one.</summary>
    /// <returns>null where this is not allowed; the folder is then of whatever disk it lies on.</returns>
    public static FillableDisk? TryMount(string path)
    {
        Directory.CreateDirectory(path);
        return Run("mount", "-t", "tmpfs", "-o", Size(Kilobytes), "tmpfs", path) ? new FillableDisk(path) : null;
    }

    /// <summary>Leaves no room at all.</summary>
    /// <returns>false where something was written at that very moment.</returns>
    public bool Fill()
    {
        var disk = new DriveInfo(_path);
        return Run("mount", "-o", $"remount,{Size((disk.TotalSize - disk.TotalFreeSpace) / 1024)}", _path);
    }

    /// <summary>Gives the room back.</summary>
    public void Empty() => Run("mount", "-o", $"remount,{Size(Kilobytes)}", _path);

    /// <summary>Takes it away, with all that lies on it.</summary>
    public void Dispose() => Run("umount", "-l", _path);

    private static string Size(long kilobytes) => string.Create(CultureInfo.InvariantCulture, $"size={Math.Max(kilobytes, 4)}k");

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
