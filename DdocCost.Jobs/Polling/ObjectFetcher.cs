using System.Collections.Concurrent;
using DdocCost.Domain.Ingestion;
using DdocCost.Jobs.Aws;

namespace DdocCost.Jobs.Polling;

/// <summary>Fetches log files from a bucket, some at a time, and makes deliveries of them.</summary>
internal static class ObjectFetcher
{
    private const int AtATime = 8;

    /// <summary>Fetches.</summary>
    /// <param name="objects">What to fetch, and where from.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<Fetched> FetchAsync(IReadOnlyList<(S3Bucket Bucket, string Key)> objects, CancellationToken cancellationToken)
    {
        var bytes = new ConcurrentDictionary<string, Stream>();
        var failed = new ConcurrentDictionary<string, Exception>();
        var gone = new ConcurrentBag<string>();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(objects, parallel, async (o, token) =>
        {
            try
            {
                bytes[o.Key] = await o.Bucket.GetAsync(o.Key, token);
            }
            catch (AwsException error) when (error.Code == "NoSuchKey")
            {
                gone.Add(o.Key); // the bucket's lifecycle, or somebody, was faster
            }
            catch (AwsException error)
            {
                failed[o.Key] = error;
            }
        });
        return new Fetched(bytes, failed, gone.ToHashSet());
    }
}

/// <summary>What was fetched.</summary>
/// <param name="Bytes">Bytes by key.</param>
/// <param name="Failed">What cannot be had at present, with the reason.</param>
/// <param name="Gone">What is not there any more.</param>
internal sealed record Fetched(IReadOnlyDictionary<string, Stream> Bytes, IReadOnlyDictionary<string, Exception> Failed, IReadOnlySet<string> Gone)
    : IDisposable
{
    /// <summary>A delivery of what was fetched.</summary>
    public Delivery ToDelivery(string key, DateTimeOffset at, IReadOnlySet<string>? accounts) => new(key, at, () => Bytes[key]) { Accounts = accounts };

    public void Dispose()
    {
        foreach (var stream in Bytes.Values)
        {
            stream.Dispose();
        }
    }
}
