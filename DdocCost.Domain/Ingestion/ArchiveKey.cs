using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace DdocCost.Domain.Ingestion;

/// <summary>Keys of the raw archive: <c>tenant/account/2026/09/07/03/content.json.gz</c>, so that a day or an account can be found by hand.</summary>
public static class ArchiveKey
{
    /// <summary>The key of an object.</summary>
    /// <param name="tenantId">Tenant.</param>
    /// <param name="accountId">Account its records belong to.</param>
    /// <param name="at">When it was delivered; the hour is part of the key.</param>
    /// <param name="digest">SHA-256 of the object's bytes.</param>
    public static string Of(string tenantId, string accountId, DateTimeOffset at, ReadOnlySpan<byte> digest) =>
        string.Create(CultureInfo.InvariantCulture,
            $"{Segment(tenantId)}/{Segment(accountId)}/{at.UtcDateTime:yyyy'/'MM'/'dd'/'HH}/{Name(digest)}");

    /// <summary>The folder of a tenant, with a slash at its end.</summary>
    public static string FolderOf(string tenantId) => Segment(tenantId) + "/";

    /// <summary>The folder of an account, with a slash at its end.</summary>
    public static string FolderOf(string tenantId, string accountId) => $"{Segment(tenantId)}/{Segment(accountId)}/";

    /// <summary>What stands before all keys of an account's hour and of later ones.</summary>
    public static string Before(string accountFolder, DateTimeOffset hour) =>
        string.Create(CultureInfo.InvariantCulture, $"{accountFolder}{hour.UtcDateTime:yyyy'/'MM'/'dd'/'HH}/");

    /// <summary>The hour in a key, UTC; null where it has none.</summary>
    public static DateTimeOffset? HourOf(string key) =>
        key.Split('/') is [_, _, var year, var month, var day, var hour, _]
        && DateTimeOffset.TryParseExact($"{year}-{month}-{day}T{hour}", "yyyy-MM-dd'T'HH", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;

    /// <summary>Whether these bytes are what the key was given for.</summary>
    public static bool Fits(string key, Stream stored) => key.EndsWith('/' + Name(SHA256.HashData(stored)), StringComparison.Ordinal);

    private static string Name(ReadOnlySpan<byte> digest) => Convert.ToHexStringLower(digest[..16]) + ".json.gz";

    /// <summary>A name as a path segment: as it is where that is plain, else a hash. Account ids come from records and may say anything.</summary>
    private static string Segment(string name) =>
        name.Length is > 0 and <= 64 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
            ? name
            : "x-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16));
}
