using DdocCost.Agent.Aws;

namespace DdocCost.Agent.Readers;

/// <summary>The kinds of sources there are.</summary>
internal static class SourceReaders
{
    /// <summary>The reader of a source.</summary>
    /// <exception cref="FormatException">It is of no known kind, or not of its kind's form.</exception>
    public static ISourceReader Create(string source, string positions, TimeSpan poll, AwsCaller aws) => source[..Math.Max(0, source.IndexOf(':', StringComparison.Ordinal))] switch
    {
        "folder" => new FolderReader(source, positions, poll),
        "s3" => new S3Reader(source, positions, aws),
        "sqs" => new SqsReader(source, aws),
        "lookup" => new LookupReader(source, positions, aws),
        _ => throw new FormatException($"source '{source}' is of no known kind: folder:, s3:, sqs:, lookup:"),
    };
}
