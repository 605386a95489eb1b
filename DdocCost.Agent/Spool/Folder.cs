using System.Runtime.InteropServices;

namespace DdocCost.Agent.Spool;

/// <summary>Flushes a folder's entries to the disk, so that new and renamed files survive a power cut. .NET opens no folders.</summary>
internal static partial class Folder
{
    /// <summary>Waits until they are on the disk.</summary>
    public static void Flush(string path)
    {
        var descriptor = Open(path, 0);
        if (descriptor < 0)
        {
            throw new IOException($"'{path}' cannot be opened: {Marshal.GetLastPInvokeErrorMessage()}");
        }

        _ = Sync(descriptor);
        _ = Close(descriptor);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
