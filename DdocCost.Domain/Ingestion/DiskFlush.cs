using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace DdocCost.Domain.Ingestion;

/// <summary>Gets files onto the disk. .NET opens no folders and cannot begin without waiting for the end, so these are the system's own calls.</summary>
internal static partial class DiskFlush
{
    // Many at a time: the file system's journal takes them together.
    private const int AtOnce = 16;

    /// <summary>Begins to write what has been put into a file and does not wait, so that <see cref="AllAsync"/> finds little left. Where the system cannot, nothing happens.</summary>
    public static void Begin(SafeFileHandle file)
    {
        const int write = 2;
        if (OperatingSystem.IsLinux())
        {
            _ = BeginRange(file, 0, 0, write);
        }
    }

    /// <summary>Waits until files' bytes, and folders' entries, are on the disk.</summary>
    /// <param name="items">What has a file or folder each.</param>
    /// <param name="path">Path of an item's.</param>
    /// <param name="then">Done with each as soon as it is there; may be null.</param>
    /// <param name="cancellationToken">Stops it between two.</param>
    /// <exception cref="IOException">One cannot be opened or flushed.</exception>
    public static async Task AllAsync<T>(IReadOnlyCollection<T> items, Func<T, string> path, Action<T>? then, CancellationToken cancellationToken)
    {
        // On threads of their own: on those of the pool, which are as many as processors, everything else of the process would wait for the disk too.
        var next = new ConcurrentQueue<T>(items);
        await Task.WhenAll(Enumerable.Range(0, Math.Min(AtOnce, items.Count)).Select(_ => Task.Factory.StartNew(FlushOn, cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

        void FlushOn()
        {
            while (next.TryDequeue(out var item))
            {
                cancellationToken.ThrowIfCancellationRequested();
                Wait(path(item));
                then?.Invoke(item);
            }
        }
    }

    private static void Wait(string path)
    {
        const int readOnly = 0;
        var descriptor = OpenPath(path, readOnly);
        if (descriptor < 0)
        {
            throw new IOException($"'{path}' cannot be opened: {Marshal.GetLastPInvokeErrorMessage()}");
        }

        try
        {
            if (FlushToDisk(descriptor) != 0)
            {
                throw new IOException($"'{path}' cannot be flushed to disk: {Marshal.GetLastPInvokeErrorMessage()}");
            }
        }
        finally
        {
            _ = ClosePath(descriptor);
        }
    }

    [LibraryImport("libc", EntryPoint = "sync_file_range")]
    private static partial int BeginRange(SafeFileHandle file, long offset, long bytes, uint flags);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenPath(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FlushToDisk(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int ClosePath(int descriptor);
}
