using System.Globalization;
using System.Xml;

namespace DdocCost.Agent.Aws;

/// <summary>An object in a bucket.</summary>
/// <param name="Key">Its key.</param>
/// <param name="ModifiedAt">When it was written, UTC.</param>
/// <param name="Bytes">Its size.</param>
internal sealed record S3Object(string Key, DateTimeOffset ModifiedAt, long Bytes);

/// <summary>Lists and gets objects. Needs <c>s3:ListBucket</c>, <c>s3:GetObject</c>, and <c>kms:Decrypt</c> where the trail is encrypted.</summary>
internal sealed class S3Client(AwsCaller aws, string region)
{
    /// <summary>A page of a bucket's objects and folders.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="prefix">What keys begin with.</param>
    /// <param name="startAfter">Only keys behind this one; empty for all.</param>
    /// <param name="folders">Stops at slashes and lists the folders there.</param>
    /// <param name="continuation">Where the last page ended; null for the first.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<(List<S3Object> Objects, List<string> Folders, string? Continuation)> ListAsync(
        string bucket, string prefix, string startAfter, bool folders, string? continuation, CancellationToken cancellationToken)
    {
        var query = $"?list-type=2&max-keys=1000&prefix={SigV4.Encode(prefix)}" + (folders ? "&delimiter=%2F" : "")
            + (startAfter.Length > 0 ? $"&start-after={SigV4.Encode(startAfter)}" : "") + (continuation is null ? "" : $"&continuation-token={SigV4.Encode(continuation)}");
        return Read(await aws.GetAsync(Address(bucket, "") + query, region, cancellationToken));
    }

    /// <summary>An object's bytes.</summary>
    public Task<byte[]> GetAsync(string bucket, string key, CancellationToken cancellationToken) => aws.GetAsync(Address(bucket, key), region, cancellationToken);

    private string Address(string bucket, string key)
    {
        var path = SigV4.Encode(key, keepSlashes: true);
        // A bucket with dots has no certificate of its own.
        return aws.EndpointOverride("s3") is { } endpoint ? $"{endpoint}/{bucket}/{path}"
            : bucket.Contains('.', StringComparison.Ordinal) ? $"https://s3.{region}.{AwsCaller.Suffix(region)}/{bucket}/{path}"
            : $"https://{bucket}.s3.{region}.{AwsCaller.Suffix(region)}/{path}";
    }

    private static (List<S3Object>, List<string>, string?) Read(byte[] body)
    {
        var (objects, folders, continuation) = (new List<S3Object>(), new List<string>(), (string?)null);
        var (key, at, bytes) = ("", default(DateTimeOffset), 0L);
        using var xml = XmlReader.Create(new MemoryStream(body), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        var inFolders = false;
        for (var more = xml.Read(); more;)
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "Key" or "LastModified" or "Size" or "Prefix" or "NextContinuationToken" })
            {
                var name = xml.LocalName;
                var text = xml.ReadElementContentAsString(); // moves on by itself
                switch (name)
                {
                    case "Key": key = text; break;
                    case "LastModified": at = DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal); break;
                    case "Size": bytes = long.Parse(text, CultureInfo.InvariantCulture); break;
                    case "Prefix" when inFolders: folders.Add(text); break;
                    case "NextContinuationToken": continuation = text; break;
                }

                continue;
            }

            inFolders = xml.LocalName == "CommonPrefixes" ? xml.NodeType == XmlNodeType.Element : inFolders;
            if (xml is { NodeType: XmlNodeType.EndElement, LocalName: "Contents" })
            {
                objects.Add(new S3Object(key, at, bytes));
            }

            more = xml.Read();
        }

        return (objects, folders, continuation);
    }
}
