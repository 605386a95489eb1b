namespace DdocCost.Domain.Ingestion;

/// <summary>Where archive objects lie until they are stored.</summary>
public sealed class DraftFolder
{
    private readonly string _path;

    /// <summary>Opens or creates it.</summary>
    /// <param name="path">The folder.</param>
    public DraftFolder(string path)
    {
        _path = path;
        Directory.CreateDirectory(path);
    }

    /// <summary>Begins a draft under a name of its own.</summary>
    public ArchiveDraft Begin() => new(Path.Combine(_path, Guid.NewGuid().ToString("N")));

    /// <summary>Deletes drafts that a killed process left behind.</summary>
    /// <param name="before">Only those last written before this moment.</param>
    /// <returns>How many.</returns>
    public int DeleteAbandoned(DateTimeOffset before)
    {
        var abandoned = new DirectoryInfo(_path).EnumerateFiles().Where(file => file.LastWriteTimeUtc < before.UtcDateTime).ToList();
        abandoned.ForEach(file => file.Delete());
        return abandoned.Count;
    }
}
