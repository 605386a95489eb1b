using System.Globalization;
using System.Text.RegularExpressions;
using DdocCost.Domain.Audit;
using DdocCost.Domain.Reconcile;
using DdocCost.Domain.Sources;
using DdocCost.Jobs.Aws;
using DdocCost.Jobs.Aws.Credentials;

namespace DdocCost.Jobs.Reconcile;

/// <summary>
/// Takes a bill out of the bucket into which AWS exports it, with the credentials of a connected account. Of each month the newest edition counts: an
/// export either writes over its files or begins another folder.
/// </summary>
public sealed partial class BillBucket(AwsClients clients, BillImport import)
{
    /// <summary>A prefix with more objects than this is none of an export.</summary>
    private const int MostPages = 50;

    private static readonly AwsOperation List = AwsServices.S3.Operation("ListObjectsV2", "s3:ListBucket");

    private static readonly AwsOperation Get = AwsServices.S3.Operation("GetObject", "s3:GetObject", "kms:Decrypt") with { Patience = TimeSpan.FromMinutes(30) };

    /// <summary>Imports a month.</summary>
    /// <param name="tenantId">Whose.</param>
    /// <param name="account">Whose credentials.</param>
    /// <param name="address"><c>s3://bucket/prefix</c>.</param>
    /// <param name="month">Its first day; null for the newest there is.</param>
    /// <param name="by">Who asks for it.</param>
    /// <param name="progress">Told now and then.</param>
    /// <param name="cancellationToken">Stops it; nothing is kept then.</param>
    /// <exception cref="BillUnreadableException">There is no such bill, AWS does not give it, or it cannot be read.</exception>
    public async Task<BillOutcome> ImportAsync(
        string tenantId, ConnectedAccount account, string address, DateOnly? month, Speaker by, IProgress<BillTally>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(account);
        var (name, prefix) = Parse(address) ?? throw new BillUnreadableException("Write where the export lies as s3://bucket/prefix.");
        var bucket = new S3Bucket(clients, tenantId, account, name, account.Regions[0]) { Listing = List, Getting = Get };
        try
        {
            var files = Edition(await ObjectsAsync(bucket, prefix, cancellationToken), month);
            if (files.Count == 0)
                throw new BillUnreadableException(string.Create(CultureInfo.InvariantCulture, $"s3://{name}/{prefix} has no CSV or Parquet file{(month is { } wanted ? $" of {wanted:yyyy-MM}" : "")}."));
            return await import.RunAsync(tenantId, [.. files.Select(file => new BillPart($"s3://{name}/{file.Key}", stop => bucket.GetAsync(file.Key, stop)))], by, progress, cancellationToken);
        }
        catch (Exception error) when (error is AwsException or NoCredentialsException)
        {
            throw new BillUnreadableException($"s3://{name}/{prefix} cannot be read: {error.Message}");
        }
    }

    /// <summary>Bucket and prefix of an address; null where it is none.</summary>
    public static (string Bucket, string Prefix)? Parse(string address) =>
        Address().Match(address ?? "") is { Success: true } match ? (match.Groups["bucket"].Value, match.Groups["prefix"].Value) : null;

    /// <summary>The files of a month's newest edition, in the order of their names. Pure.</summary>
    internal static IReadOnlyList<S3Object> Edition(IEnumerable<S3Object> objects, DateOnly? month)
    {
        var months = objects.Where(file => Data().IsMatch(file.Key)).GroupBy(file => MonthOf(file.Key)).ToList();
        var chosen = month is null ? months.MaxBy(one => (one.Key, one.Max(file => file.ModifiedAt))) : months.Find(one => one.Key == month);
        var edition = chosen?.GroupBy(file => file.Key[..(file.Key.LastIndexOf('/') + 1)]).MaxBy(folder => folder.Max(file => file.ModifiedAt));
        return [.. edition?.OrderBy(file => file.Key, StringComparer.Ordinal) ?? Enumerable.Empty<S3Object>()];
    }

    private static async Task<IReadOnlyList<S3Object>> ObjectsAsync(S3Bucket bucket, string prefix, CancellationToken cancellationToken)
    {
        var objects = new List<S3Object>();
        for (var page = 0; page < MostPages; page++)
        {
            var some = await bucket.ListAsync(prefix, objects.LastOrDefault()?.Key, cancellationToken);
            objects.AddRange(some.Objects);
            if (!some.IsTruncated || some.Objects.Count == 0)
                return objects;
        }

        throw new BillUnreadableException($"More than {MostPages} thousand objects lie under this prefix; name the export's own.");
    }

    // …/data/BILLING_PERIOD=2026-10/…, …/20261001-20261101/…, …/year=2026/month=10/…; the first day of all months where a path tells none.
    private static DateOnly MonthOf(string key) =>
        Month().Match(key) is { Success: true } match && int.Parse(match.Groups["month"].Value, CultureInfo.InvariantCulture) is >= 1 and <= 12 and var number
            ? new DateOnly(int.Parse(match.Groups["year"].Value, CultureInfo.InvariantCulture), number, 1) : DateOnly.MinValue;

    [GeneratedRegex("^s3://(?<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])/?(?<prefix>.{0,1000})$")]
    private static partial Regex Address();

    [GeneratedRegex("""(BILLING_PERIOD=(?<year>20\d\d)-(?<month>\d\d)|/(?<year>20\d\d)(?<month>\d\d)01-20\d{6}/|year=(?<year>20\d\d)/month=(?<month>\d{1,2}))""")]
    private static partial Regex Month();

    [GeneratedRegex("""\.(csv|csv\.gz|parquet)$""", RegexOptions.IgnoreCase)]
    private static partial Regex Data();
}
