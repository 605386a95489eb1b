using System.Globalization;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text.Json;

namespace DdocCost.Jobs.Demo.Trail;

/// <summary>Writes records as CloudTrail delivers them to a bucket: a gzipped <c>{"Records":[…]}</c> for each account and region.</summary>
/// <remarks>Key layout: AWS CloudTrail user guide, "CloudTrail log file examples", log file name format.</remarks>
public static class LogFile
{
    /// <summary>Ending of a file that is still being written; readers of the folder leave it alone.</summary>
    public const string UnfinishedEnding = ".partial";

    /// <summary>Writes records of one delivery, a file for each account and region among them.</summary>
    /// <param name="folder">What stands for the bucket.</param>
    /// <param name="deliveredAt">Stamp of the files, UTC.</param>
    /// <param name="records">In order of time.</param>
    /// <returns>The paths written, in order of account and region.</returns>
    public static IReadOnlyList<string> Write(string folder, DateTimeOffset deliveredAt, IReadOnlyCollection<TrailRecord> records) =>
        [.. records.GroupBy(r => (r.AccountId, r.Region)).OrderBy(g => g.Key).Select(g => WriteOne(folder, g.Key.AccountId, g.Key.Region, deliveredAt, [.. g]))];

    /// <summary>The content of a log file, uncompressed.</summary>
    public static byte[] Json(IEnumerable<TrailRecord> records) => JsonSerializer.SerializeToUtf8Bytes(new { Records = records }, TrailRecord.Json);

    private static string WriteOne(string folder, string account, string region, DateTimeOffset deliveredAt, IReadOnlyList<TrailRecord> records)
    {
        var json = Json(records);
        var path = Path.Combine(folder, Key(account, region, deliveredAt, XxHash3.HashToUInt64(json)));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);

        // Whoever watches the folder must never meet half a file: a rename within one folder is atomic.
        var unfinished = path + UnfinishedEnding;
        using (var gzip = new GZipStream(File.Create(unfinished), CompressionLevel.Fastest))
        {
            gzip.Write(json);
        }

        File.Move(unfinished, path, overwrite: true);
        return path;
    }

    private static string Key(string account, string region, DateTimeOffset at, ulong content) => string.Create(
        CultureInfo.InvariantCulture,
        $"AWSLogs/{account}/CloudTrail/{region}/{at:yyyy'/'MM'/'dd}/{account}_CloudTrail_{region}_{at:yyyyMMdd'T'HHmm'Z'}_{content:x16}.json.gz");
}
