using System.IO.Compression;
using System.Text.Json;

namespace DdocCost.Tests.Demo;

/// <summary>A folder of one test's own with what a simulation wrote into it.</summary>
internal sealed class Written : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("ddoc-demo-").FullName;

    public IReadOnlyList<string> Files => [.. Directory.EnumerateFiles(Folder, "*.json.gz", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    /// <summary>All records, file by file.</summary>
    public IReadOnlyList<JsonElement> Records => [.. Files.SelectMany(Read)];

    public static IReadOnlyList<JsonElement> Read(string path)
    {
        using var gzip = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        return [.. JsonDocument.Parse(gzip).RootElement.GetProperty(nameof(Records)).EnumerateArray()];
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
