using System.Diagnostics;

namespace DdocCost.Tests.Support;

/// <summary>A disk of a few megabytes, in memory, that can really be full.</summary>
public sealed class SmallDisk : IAsyncDisposable
{
    private SmallDisk(string path) => Path = path;

    /// <summary>Where it is mounted.</summary>
    public string Path { get; }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Mounts one; skips the test where this is not allowed.</summary>
    public static async Task<SmallDisk> MountAsync(string path, int megabytes)
    {
        Directory.CreateDirectory(path);
        Assert.SkipUnless(await RunAsync("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", path) == 0, "a small disk can only be mounted by root");
        return new SmallDisk(path);
    }

    /// <summary>Makes it another size.</summary>
    public async Task ResizeAsync(int megabytes) => Assert.Equal(0, await RunAsync("mount", "-o", $"remount,size={megabytes}m", Path));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await RunAsync("umount", "-l", Path);

    private static async Task<int> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        await process.WaitForExitAsync(Stop.IsCancellationRequested ? CancellationToken.None : Stop);
        return process.ExitCode;
    }
}
