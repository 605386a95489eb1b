using System.Globalization;
using System.Net;
using System.Xml.Linq;
using DdocCost.Domain.Sources;

namespace DdocCost.Jobs.Aws;

/// <summary>A bucket, as far as we read it. Finds the bucket's region by itself where it was told another.</summary>
public sealed class S3Bucket(AwsClients clients, string tenantId, ConnectedAccount account, string bucket, string region)
{
    /// <summary>Objects up to this size are held in memory, larger ones in a temporary file.</summary>
    private const long LargestInMemory = 8 << 20;

    private static readonly AwsOperation List = AwsServices.S3.Operation("ListObjectsV2", "s3:ListBucket") with { BringsEvents = true };

    private static readonly AwsOperation Get =
        AwsServices.S3.Operation("GetObject", "s3:GetObject", "kms:Decrypt") with { BringsEvents = true, Patience = TimeSpan.FromMinutes(2) };

    /// <summary>How it lists.</summary>
    /// <value>Default as a trail's source does.</value>
    internal AwsOperation Listing { private get; init; } = List;

    /// <summary>How it fetches.</summary>
    /// <value>Default as a trail's source does.</value>
    internal AwsOperation Getting { private get; init; } = Get;

    private AwsClient _client = clients.For(tenantId, account, region);

    /// <summary>Its name.</summary>
    public string Name => bucket;

    /// <summary>Lists keys in their order, a thousand at most.</summary>
    /// <param name="prefix">What they begin with.</param>
    /// <param name="startAfter">Only keys behind this one; null for all.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<S3Page> ListAsync(string prefix, string? startAfter, CancellationToken cancellationToken) =>
        Page(await SendAsync(Listing, $"{ListQuery(prefix)}{(startAfter is null ? "" : "&start-after=" + Uri.EscapeDataString(startAfter))}", AwsCaller.ReadXmlAsync, cancellationToken));

    /// <summary>The names one level below a prefix, as in a folder.</summary>
    /// <param name="prefix">The folder, with a slash at its end.</param>
    /// <param name="mostPages">How many thousands are looked at: somebody else's objects may be there in millions.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<IReadOnlyList<string>> FoldersAsync(string prefix, int mostPages, CancellationToken cancellationToken)
    {
        var folders = new List<string>();
        string? token = null;
        for (var page = 0; page < mostPages; page++)
        {
            var answer = await SendAsync(
                List, $"{ListQuery(prefix)}&delimiter=%2F{(token is null ? "" : "&continuation-token=" + Uri.EscapeDataString(token))}", AwsCaller.ReadXmlAsync, cancellationToken);
            folders.AddRange(answer.Elements("CommonPrefixes").Select(folder => Decoded(answer, folder.Text("Prefix") ?? "")).Select(folder => folder[prefix.Length..].TrimEnd('/')));
            if ((token = answer.Text("NextContinuationToken")) is null)
            {
                break;
            }
        }

        return folders;
    }

    /// <summary>Fetches an object whole.</summary>
    /// <returns>Its bytes, to be disposed of.</returns>
    public Task<Stream> GetAsync(string key, CancellationToken cancellationToken) =>
        SendAsync(Getting, string.Join('/', key.Split('/').Select(Uri.EscapeDataString)), FetchAsync, cancellationToken);

    /// <summary>Fetches an object whole, with the signature in its metadata, as a trail's digest has it.</summary>
    /// <returns>Its bytes, to be disposed of, and the signature; null for none.</returns>
    public Task<(Stream Content, string? Signature)> GetSignedAsync(string key, CancellationToken cancellationToken) => SendAsync(
        Get, string.Join('/', key.Split('/').Select(Uri.EscapeDataString)),
        async (response, token) => (await FetchAsync(response, token), response.Headers.TryGetValues("x-amz-meta-signature", out var values) ? values.FirstOrDefault() : null),
        cancellationToken);

    private static string ListQuery(string prefix) => $"?list-type=2&encoding-type=url&max-keys=1000&prefix={Uri.EscapeDataString(prefix)}";

    private async Task<T> SendAsync<T>(
        AwsOperation operation, string path, Func<HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        try
        {
            return await _client.BucketAsync(operation, bucket, path, read, cancellationToken);
        }
        catch (AwsException error) when (error.BucketRegion is { } real && real != _client.Region)
        {
            _client = clients.For(tenantId, account, real);
            return await _client.BucketAsync(operation, bucket, path, read, cancellationToken);
        }
    }

    internal static async Task<Stream> FetchAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var length = response.Content.Headers.ContentLength;
        Stream copy = length <= LargestInMemory
            ? new MemoryStream((int)length)
            : new FileStream(Path.GetTempFileName(), FileMode.Create, FileAccess.ReadWrite, FileShare.None, 64 * 1024, FileOptions.DeleteOnClose);
        try
        {
            await response.Content.CopyToAsync(copy, cancellationToken);
            copy.Position = 0;
            return copy;
        }
        catch
        {
            await copy.DisposeAsync();
            throw;
        }
    }

    internal static S3Page Page(XElement answer) => new(
        [
            .. answer.Elements("Contents").Select(content => new S3Object(
                Decoded(answer, content.Text("Key") ?? ""), long.Parse(content.Text("Size") ?? "0", CultureInfo.InvariantCulture), content.Time("LastModified") ?? default)),
        ],
        IsTruncated: answer.Text("IsTruncated") == "true");

    // A key may hold what XML cannot, so we ask for an encoding; who does not know of it does not say so.
    internal static string Decoded(XElement answer, string text) => answer.Text("EncodingType") == "url" ? WebUtility.UrlDecode(text) : text;
}

/// <summary>A stretch of a bucket's keys.</summary>
/// <param name="Objects">In the order of their keys.</param>
/// <param name="IsTruncated">There are more behind them.</param>
public sealed record S3Page(IReadOnlyList<S3Object> Objects, bool IsTruncated);

/// <summary>An object of a bucket.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="ModifiedAt">When it was written, UTC.</param>
public sealed record S3Object(string Key, long Bytes, DateTimeOffset ModifiedAt);
