using System.Security;
using System.Security.Cryptography;
using System.Text;
using DdocCost.Domain.Ingestion;
using DdocCost.Jobs.Aws;
using DdocCost.Jobs.Aws.Credentials;

namespace DdocCost.Jobs.Archive;

/// <summary>
/// The raw archive as a bucket of S3, MinIO or another store of that protocol. Drafts lie in a local folder until they are sent; an object
/// counts when the store has said that it has it.
/// </summary>
internal sealed class S3Archive : IRawArchive, IArchiveInventory
{
    private const int AtATime = 16;
    private const int MostDeletedAtOnce = 1000; // https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html

    private static readonly AwsOperation Put = AwsServices.S3.Operation("PutObject") with { Method = HttpMethod.Put, KeepsEvents = true, Patience = TimeSpan.FromMinutes(2) };
    private static readonly AwsOperation Get = AwsServices.S3.Operation("GetObject") with { KeepsEvents = true, Patience = TimeSpan.FromMinutes(2) };
    private static readonly AwsOperation List = AwsServices.S3.Operation("ListObjectsV2", "s3:ListBucket") with { KeepsEvents = true };
    private static readonly AwsOperation Delete = AwsServices.S3.Operation("DeleteObjects", "s3:DeleteObject") with { Method = HttpMethod.Post, KeepsEvents = true };

    private readonly AwsCaller _caller;
    private readonly AwsScope _scope;
    private readonly DraftFolder _drafts;
    private readonly string _bucket;
    private readonly string _prefix;

    /// <summary>Makes one; asks nobody anything yet.</summary>
    /// <param name="caller">What sends.</param>
    /// <param name="machine">This machine's credentials, where none are set.</param>
    /// <param name="settings">Where it lies.</param>
    /// <param name="drafts">Where objects lie until they are sent.</param>
    public S3Archive(AwsCaller caller, IAwsCredentials machine, ArchiveBucketOptions settings, DraftFolder drafts)
    {
        (_caller, _drafts, _bucket, _prefix) = (caller, drafts, settings.Bucket!, settings.Prefix);
        IAwsCredentials credentials = settings.AccessKeyId is { } id ? new FixedCredentials(new AwsKeys(id, settings.SecretKey!, SessionToken: null)) : machine;
        _scope = new AwsScope("archive", settings.Region, credentials)
        {
            Endpoint = settings.Endpoint is { Length: > 0 } endpoint
                ? new AwsEndpoint(new Uri(endpoint.TrimEnd('/') + "/"), settings.Region, IsOverridden: settings.PathStyle ?? true) : null,
        };
    }

    /// <inheritdoc/>
    public string Place => $"s3://{_bucket}/{_prefix}";

    /// <inheritdoc/>
    public ArchiveDraft Begin() => _drafts.Begin();

    /// <inheritdoc/>
    public Task StoreAsync(IReadOnlyCollection<ArchiveObject> objects, CancellationToken cancellationToken)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken };
        return Parallel.ForEachAsync(objects, parallel, async (o, token) =>
        {
            var bytes = await File.ReadAllBytesAsync(o.Draft.Path, token);
            await SendAsync(AwsRequest.Rest(Put, PathOf(o.Key), bytes, "application/gzip"), Nothing, token);
        });
    }

    /// <inheritdoc/>
    public async Task<Stream> OpenAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            return await SendAsync(AwsRequest.Rest(Get, PathOf(key), body: null, ""), S3Bucket.FetchAsync, cancellationToken);
        }
        catch (ArchiveUnavailableException error) when (error.InnerException is AwsException { Code: "NoSuchKey" or "NotFound" })
        {
            throw new FileNotFoundException($"The archive has no object {key}.", key, error);
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> FoldersAsync(string prefix, CancellationToken cancellationToken)
    {
        var folders = new List<string>();
        for (var query = $"{ListQuery(prefix)}&delimiter=%2F"; ;)
        {
            var page = await SendAsync(AwsRequest.Rest(List, query, body: null, ""), AwsCaller.ReadXmlAsync, cancellationToken);
            folders.AddRange(page.Elements("CommonPrefixes").Select(folder => S3Bucket.Decoded(page, folder.Text("Prefix") ?? "")[(_prefix.Length + prefix.Length)..].TrimEnd('/')));
            if (page.Text("NextContinuationToken") is not { } token)
            {
                return folders;
            }

            query = $"{ListQuery(prefix)}&delimiter=%2F&continuation-token={Uri.EscapeDataString(token)}";
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ArchivedObject>> ListAsync(string prefix, string? startAfter, CancellationToken cancellationToken)
    {
        var query = startAfter is null ? ListQuery(prefix) : $"{ListQuery(prefix)}&start-after={Uri.EscapeDataString(_prefix + startAfter)}";
        var page = S3Bucket.Page(await SendAsync(AwsRequest.Rest(List, query, body: null, ""), AwsCaller.ReadXmlAsync, cancellationToken));
        return [.. page.Objects.Select(o => new ArchivedObject(o.Key[_prefix.Length..], o.Bytes, o.ModifiedAt))];
    }

    /// <inheritdoc/>
    public async Task DeleteAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken)
    {
        foreach (var some in keys.Chunk(MostDeletedAtOnce))
        {
            var body = Encoding.UTF8.GetBytes(
                $"<Delete xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Quiet>true</Quiet>{string.Concat(some.Select(key => $"<Object><Key>{SecurityElement.Escape(_prefix + key)}</Key></Object>"))}</Delete>");
            var answer = await SendAsync(
                AwsRequest.Rest(Delete, "?delete=", body, "application/xml") with { Headers = [new("Content-MD5", Convert.ToBase64String(Md5Of(body)))] },
                AwsCaller.ReadXmlAsync, cancellationToken);
            if (answer.Descendants("Error").FirstOrDefault() is { } error)
            {
                throw new ArchiveUnavailableException($"{Place} does not delete {error.Text("Key")}: {error.Text("Code")}: {error.Text("Message")}");
            }
        }
    }

    /// <inheritdoc/>
    public int DeleteAbandonedDrafts(DateTimeOffset before) => _drafts.DeleteAbandoned(before);

    /// <inheritdoc/>
    public async Task<long?> RoomAsync(CancellationToken cancellationToken)
    {
        await SendAsync(AwsRequest.Rest(List, "?list-type=2&max-keys=1", body: null, ""), AwsCaller.ReadXmlAsync, cancellationToken);
        return null;
    }

    /// <summary>S3 asks for this digest of a list to delete; it protects nothing.</summary>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5351:Do Not Use Broken Cryptographic Algorithms", Justification = "The protocol's.")]
    private static byte[] Md5Of(byte[] body) => MD5.HashData(body);

    private static Task<bool> Nothing(HttpResponseMessage response, CancellationToken cancellationToken) => Task.FromResult(true);

    private string ListQuery(string prefix) => $"?list-type=2&encoding-type=url&max-keys=1000&prefix={Uri.EscapeDataString(_prefix + prefix)}";

    private string PathOf(string key) => key.Split('/').Any(part => part is "" or "." or "..")
        ? throw new ArgumentException($"'{key}' is not a key of the archive.", nameof(key))
        : string.Join('/', (_prefix + key).Split('/').Select(Uri.EscapeDataString));

    private async Task<T> SendAsync<T>(AwsRequest request, Func<HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        try
        {
            return await _caller.SendAsync(request with { Bucket = _bucket }, _scope, read, cancellationToken);
        }
        catch (AwsException error)
        {
            var why = error.Code == AwsException.Unreachable ? error.Reason : $"{error.Code}: {error.Reason}";
            throw new ArchiveUnavailableException($"The raw archive {Place} does not take or give: {why}", error);
        }
        catch (NoCredentialsException error)
        {
            throw new ArchiveUnavailableException($"The raw archive {Place} cannot be asked: {error.Message}", error);
        }
    }
}
