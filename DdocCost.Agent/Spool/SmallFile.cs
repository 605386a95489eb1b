namespace DdocCost.Agent.Spool;

/// <summary>A small file that is there whole or not at all, readable by its owner only.</summary>
internal static class SmallFile
{
    /// <summary>Its text; null where it is not there or empty.</summary>
    public static string? Read(string path) => File.Exists(path) && File.ReadAllText(path) is { Length: > 0 } text ? text : null;

    /// <summary>Writes beside and renames.</summary>
    public static void Write(string path, string text, bool flush)
    {
        var draft = path + ".new";
        using (var file = new FileStream(draft, new FileStreamOptions
        {
            Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        }))
        {
            file.Write(System.Text.Encoding.UTF8.GetBytes(text));
            file.Flush(flush);
        }

        File.Move(draft, path, overwrite: true);
        if (flush)
        {
            Folder.Flush(Path.GetDirectoryName(path)!);
        }
    }

    /// <summary>
    /// Writes over what is there, for a disk that is full: takes no room, but is not whole or nothing where the power fails meanwhile. The new
    /// text must be as long as the old or longer, and both shorter than a sector.
    /// </summary>
    public static void WriteOver(string path, string text)
    {
        using var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Write, BufferSize = 0 });
        file.Write(System.Text.Encoding.UTF8.GetBytes(text));
        file.Flush(flushToDisk: true);
    }

    /// <summary>Makes sure of room for a file of some hundred bytes.</summary>
    /// <exception cref="IOException">There is none.</exception>
    public static void EnsureRoomFor(string path)
    {
        Write(path + ".room", new string(' ', 512), flush: false);
        File.Delete(path + ".room");
    }
}
