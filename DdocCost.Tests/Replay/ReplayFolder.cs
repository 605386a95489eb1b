using System.Text.Json.Nodes;
using DdocCost.Tests.Ingestion.Reader;

namespace DdocCost.Tests.Replay;

/// <summary>A folder of CloudTrail files of our own that is gone after the test.</summary>
internal sealed class ReplayFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ddoc-replay-");

    public string Path => _folder.FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public ReplayFolder With(string name, string content) => With(name, Trail.Utf8(content));

    public ReplayFolder With(string name, byte[] content)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(File(name))!);
        System.IO.File.WriteAllBytes(File(name), content);
        return this;
    }

    public JsonNode[] Lines(string name) => [.. System.IO.File.ReadLines(File(name)).Select(line => JsonNode.Parse(line)!)];

    public void Dispose() => _folder.Delete(recursive: true);
}
