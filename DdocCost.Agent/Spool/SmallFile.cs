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
}
