using System.IO.Compression;
using System.Security.Cryptography;
using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Sources;
using DdocCost.Domain.Storage;
using DdocCost.Jobs.Aws;
using DdocCost.Jobs.Aws.Credentials;
using Marten;
using Npgsql;

namespace DdocCost.Jobs.Archive;

/// <summary>
/// Daily, where a trail writes digests: follows their chain over the last two days, checks each one's signature with CloudTrail's public key, and
/// compares the log files in our archive with what the digests say was delivered.
/// </summary>
public sealed class DigestCheckJob(
    AwsClients clients, IRawArchive archive, NpgsqlDataSource database, IDocumentStore store, TimeProvider clock, ILogger<DigestCheckJob> log)
{
    private const int MostFolderPages = 20;
    private static readonly TimeSpan Back = TimeSpan.FromDays(2);

    /// <summary>Digests of the last hours tell of files that may be on their way to us still.</summary>
    private static readonly TimeSpan OnTheWay = TimeSpan.FromHours(3);

    private static readonly AwsOperation ListPublicKeys = AwsServices.CloudTrail.Operation("ListPublicKeys") with { Paging = AwsPaging.NextToken };

    /// <summary>Runs over all tenants.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var tenants = await connection.QueryAsync("select distinct tenant_id from mt_doc_connected_accounts", row => row.GetString(0), cancellationToken);
        foreach (var tenant in tenants)
        {
            await using var session = store.QuerySession(tenant);
            foreach (var account in await session.Query<ConnectedAccount>().ToListAsync(cancellationToken))
            {
                foreach (var source in account.Sources.OfType<TrailSource.TrailBucket>().Where(source => !source.IsPaused))
                {
                    await CheckAsync(tenant, account, source, cancellationToken);
                }
            }
        }
    }

    /// <summary>Follows the digests of a trail's bucket and keeps what was found, by account.</summary>
    public async Task CheckAsync(string tenantId, ConnectedAccount account, TrailSource.TrailBucket source, CancellationToken cancellationToken)
    {
        var bucket = new S3Bucket(clients, tenantId, account, source.Bucket, source.Region);
        try
        {
            foreach (var (member, folder) in await FoldersAsync(bucket, account, source, cancellationToken))
            {
                if (await FollowAsync(tenantId, account, bucket, folder, cancellationToken) is { Digests: > 0 } found)
                {
                    await KeepAsync(tenantId, member, found, cancellationToken);
                }
            }
        }
        catch (Exception error) when (error is AwsException or NoCredentialsException)
        {
            ArchiveLog.DigestsNotRead(log, account.AccountId, MissingPermission.Describe(error));
        }
    }

    private static async Task<List<(string Account, string Folder)>> FoldersAsync(
        S3Bucket bucket, ConnectedAccount account, TrailSource.TrailBucket source, CancellationToken cancellationToken)
    {
        var root = source.Prefix.Length == 0 ? "AWSLogs/" : source.Prefix + "/AWSLogs/";
        if (account.OrganizationId is { } organization)
        {
            var members = await bucket.FoldersAsync($"{root}{organization}/", MostFolderPages, cancellationToken);
            return [.. members.Select(member => (member, $"{root}{organization}/{member}/CloudTrail-Digest/"))];
        }

        return [(account.AccountId, $"{root}{account.AccountId}/CloudTrail-Digest/")];
    }

    private async Task<Findings> FollowAsync(string tenantId, ConnectedAccount account, S3Bucket bucket, string folder, CancellationToken cancellationToken)
    {
        var found = new Findings();
        foreach (var region in await bucket.FoldersAsync(folder, mostPages: 1, cancellationToken))
        {
            var now = clock.GetUtcNow();
            var keys = await KeysAsync(clients.For(tenantId, account, region), now, cancellationToken);
            var from = FormattableString.Invariant($"{folder}{region}/{(now - Back).UtcDateTime:yyyy'/'MM'/'dd}/");
            var known = new Dictionary<string, TrailDigest>();
            foreach (var o in (await bucket.ListAsync($"{folder}{region}/", from, cancellationToken)).Objects)
            {
                if (await DigestAsync(bucket, o.Key, keys, found, cancellationToken) is { } digest)
                {
                    // The oldest one's predecessor lies before what was listed.
                    found.Note(known.Count == 0 ? null : digest.BrokenChain(known.GetValueOrDefault(digest.PreviousKey ?? "")));
                    known[o.Key] = digest;
                    await CompareAsync(tenantId, digest, isLate: o.ModifiedAt < now - OnTheWay && o.ModifiedAt > account.ConnectedAt, found, cancellationToken);
                }
            }
        }

        return found;
    }

    private static async Task<Dictionary<string, byte[]>> KeysAsync(AwsClient client, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var keys = new Dictionary<string, byte[]>();
        var input = new Dictionary<string, object> { ["StartTime"] = (now - Back).ToUnixTimeSeconds(), ["EndTime"] = now.ToUnixTimeSeconds() };
        await foreach (var page in client.JsonPagesAsync(ListPublicKeys, input, cancellationToken))
        {
            foreach (var key in page.Items("PublicKeyList"))
            {
                keys[key.Text("Fingerprint") ?? ""] = Convert.FromBase64String(key.Text("Value") ?? "");
            }
        }

        return keys;
    }

    private static async Task<TrailDigest?> DigestAsync(
        S3Bucket bucket, string key, Dictionary<string, byte[]> keys, Findings found, CancellationToken cancellationToken)
    {
        var (stored, signature) = await bucket.GetSignedAsync(key, cancellationToken);
        await using var _ = stored;
        if (TrailDigest.Read(await PlainAsync(stored, cancellationToken)) is not { } digest)
        {
            found.Note($"{key} is no digest file");
            return null;
        }

        found.Digests++;
        found.Note(digest.Problem(bucket.Name, key, signature, keys.GetValueOrDefault(digest.KeyFingerprint)));
        return digest;
    }

    private async Task CompareAsync(string tenantId, TrailDigest digest, bool isLate, Findings found, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var taken = await connection.QueryAsync(
            "select name, archive_keys from pipeline.deliveries where tenant_id = $1 and name = any ($2) and taken_at >= $3",
            row => (Name: row.GetString(0), Keys: row.GetFieldValue<string[]>(1)), cancellationToken,
            tenantId, digest.LogFiles.Select(file => file.Key).ToArray(), clock.GetUtcNow() - Back - Back);
        var keysOf = taken.GroupBy(one => one.Name).ToDictionary(group => group.Key, group => group.First().Keys);
        foreach (var (key, hash) in digest.LogFiles)
        {
            if (!keysOf.TryGetValue(key, out var own))
            {
                found.Note(isLate ? $"{key} is in a digest and never came to us" : null);
            }
            else if (own.Length == 1) // what was split by account is not what was delivered, byte for byte
            {
                found.LogFiles++;
                found.Note(await HashAsync(own[0], cancellationToken) is { } ours && string.Equals(ours, hash, StringComparison.OrdinalIgnoreCase) ? null : $"{key} is not what CloudTrail delivered");
            }
        }
    }

    /// <summary>Hash of an object's content; null where there is no such object, or it cannot be read.</summary>
    private async Task<string?> HashAsync(string archiveKey, CancellationToken cancellationToken)
    {
        try
        {
            await using var stored = await archive.OpenAsync(archiveKey, cancellationToken);
            await using var plain = new GZipStream(stored, CompressionMode.Decompress);
            return Convert.ToHexStringLower(await SHA256.HashDataAsync(plain, cancellationToken));
        }
        catch (Exception error) when (error is InvalidDataException or FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static async Task<byte[]> PlainAsync(Stream stored, CancellationToken cancellationToken)
    {
        var bytes = new MemoryStream();
        await stored.CopyToAsync(bytes, cancellationToken);
        if (bytes.ToArray() is not [0x1f, 0x8b, ..])
        {
            return bytes.ToArray();
        }

        bytes.Position = 0;
        var plain = new MemoryStream();
        try
        {
            await using var gzip = new GZipStream(bytes, CompressionMode.Decompress);
            await gzip.CopyToAsync(plain, cancellationToken);
        }
        catch (InvalidDataException)
        {
            return []; // and so no digest
        }

        return plain.ToArray();
    }

    private async Task KeepAsync(string tenantId, string account, Findings found, CancellationToken cancellationToken)
    {
        await using var session = store.LightweightSession(tenantId);
        var before = await session.LoadAsync<ArchiveHealth>(account, cancellationToken) ?? new ArchiveHealth { Id = account };
        session.Store(before with
        {
            DigestsAt = clock.GetUtcNow(), Digests = found.Digests, LogFiles = found.LogFiles,
            DigestProblems = [.. found.Problems.Take(ArchiveHealth.MostNamed)],
        });
        await session.SaveChangesAsync(cancellationToken);
        foreach (var problem in found.Problems)
        {
            ArchiveLog.DigestProblem(log, account, problem);
        }
    }

    private sealed class Findings
    {
        public int Digests { get; set; }

        public int LogFiles { get; set; }

        public List<string> Problems { get; } = [];

        public void Note(string? problem)
        {
            if (problem is not null)
            {
                Problems.Add(problem);
            }
        }
    }
}
