using System.Globalization;
using System.Text.RegularExpressions;

namespace DdocCost.Jobs.Polling;

/// <summary>Keys under which CloudTrail writes log files.</summary>
/// <remarks>
/// <c>[prefix/]AWSLogs/[o-…/]111122223333/CloudTrail/eu-west-1/2026/09/07/111122223333_CloudTrail_eu-west-1_20260907T0310Z_h1….json.gz</c>:
/// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-examples.html
/// Digests lie beside, under <c>CloudTrail-Digest</c>, Insight events under <c>CloudTrail-Insight</c>.
/// </remarks>
public static partial class TrailKey
{
    /// <summary>Whether a key is that of a log file.</summary>
    public static bool IsLog(string key) => Log().IsMatch(key);

    /// <summary>When a log file was delivered, from its name, UTC; null where the key is none.</summary>
    public static DateTimeOffset? StampOf(string key) =>
        Log().Match(key) is { Success: true } match
        && DateTimeOffset.TryParseExact(match.Groups["stamp"].Value, "yyyyMMdd'T'HHmm'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var stamp)
            ? stamp : null;

    /// <summary>A key that stands before every log file of a branch that was delivered at a moment or later.</summary>
    /// <param name="branch">Up to and including the region: <c>…/CloudTrail/eu-west-1/</c>.</param>
    /// <param name="at">The moment, UTC.</param>
    public static string Before(string branch, DateTimeOffset at)
    {
        var parts = branch.TrimEnd('/').Split('/');
        return string.Create(CultureInfo.InvariantCulture, $"{branch}{at.UtcDateTime:yyyy'/'MM'/'dd}/{parts[^3]}_CloudTrail_{parts[^1]}_{at.UtcDateTime:yyyyMMdd'T'HHmm}Z");
    }

    /// <summary>Whether a folder's name is an account's number.</summary>
    public static bool IsAccount(string name) => name.Length == 12 && name.All(char.IsAsciiDigit);

    /// <summary>Whether a folder's name is an organisation's id.</summary>
    public static bool IsOrganization(string name) => name.StartsWith("o-", StringComparison.Ordinal);

    [GeneratedRegex(@"/CloudTrail/[a-z0-9-]+/\d{4}/\d\d/\d\d/\d{12}_CloudTrail_[a-z0-9-]+_(?<stamp>\d{8}T\d{4}Z)_[^/]+\.json(\.gz)?\z")]
    private static partial Regex Log();
}
