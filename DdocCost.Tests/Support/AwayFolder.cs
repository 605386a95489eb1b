namespace DdocCost.Tests.Support;

/// <summary>A folder that is away, as a disk that is not mounted, until it is disposed of.</summary>
public sealed class AwayFolder : IDisposable
{
    private readonly string _path;

    public AwayFolder(string path)
    {
        _path = path;
        Directory.CreateDirectory(path);
        Directory.Move(path, path + ".away");
        File.WriteAllText(path, "not mounted"); // so that nobody makes it anew
    }

    public void Dispose()
    {
        File.Delete(_path);
        Directory.Move(_path + ".away", _path);
    }
}
