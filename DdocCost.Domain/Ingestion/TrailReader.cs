using DdocCost.Domain.Ingestion.Reading;

namespace DdocCost.Domain.Ingestion;

/// <summary>Finds the CloudTrail records in a delivery, whatever envelope they come in, streaming once and without building a tree.</summary>
/// <remarks>
/// Understands, by content and not by name, gzipped (several members, and gzip in gzip as Firehose makes it) or plain:
/// log files (<c>{"Records":[…]}</c>), EventBridge envelopes, bare records, JSON lines, concatenated objects and arrays of these,
/// LookupEvents output (<c>{"Events":[{"CloudTrailEvent":"…"}]}</c>), CloudWatch Logs subscription payloads
/// (<c>{"logEvents":[{"message":"…"}]}</c>), SNS notifications (<c>{"Type":"Notification","Message":"…"}</c>) and SQS messages
/// (<c>{"Messages":[{"Body":"…"}]}</c>) with any of these inside, as a queue, a topic or a function gets them, and records wrapped in a
/// JSON string. Digest files and look-alikes are left alone
/// with a note; Insight events are handed over with an empty source and name, so that they count and can never cost.
/// No bytes make it throw: what cannot be read is rejected, and reading goes on at the next thing that can.
/// </remarks>
public static class TrailReader
{
    /// <summary>
    /// The largest single record that is read, in bytes; a larger one is rejected without being held in memory. AWS's own limit for
    /// an event is 256 KB (1 MB enriched), so this is generous.
    /// </summary>
    public const int RecordLimit = 16 * 1024 * 1024;

    /// <summary>CloudWatch Logs gzips what it gives to Firehose, and Firehose gzips its file again.</summary>
    private const int MostLayers = 2;

    /// <summary>Reads one delivery to its end and hands what it finds to the receiver.</summary>
    /// <param name="delivery">The bytes as they came, gzipped or not. Read forward only, not disposed.</param>
    /// <param name="name">File path or object key, for remarks; also used to learn the account from an <c>AWSLogs/</c> layout.</param>
    /// <param name="receiver">Takes records, rejects and remarks.</param>
    /// <returns>How many uncompressed bytes were read.</returns>
    /// <exception cref="IOException">The stream itself failed; nothing is wrong with the bytes.</exception>
    public static long Read(Stream delivery, string name, ITrailReceiver receiver)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(receiver);

        using var plain = Uncompressed(delivery);
        using var window = new DeliveryWindow(plain);
        var report = new DeliveryReport(name, receiver);
        new DeliveryWalk(window, new RecordTaker(name, report), report, new DamageBudget()).Run();
        return window.BytesRead;
    }

    /// <summary>How large a delivery is uncompressed; a few bytes of gzip can hold gigabytes.</summary>
    /// <param name="delivery">The bytes as they came.</param>
    /// <param name="limit">Where to stop counting.</param>
    /// <returns>Its size, or something larger than the limit; of gzip in gzip, the larger of both. Of a damaged delivery, the size of what can be read.</returns>
    public static long PlainBytes(Stream delivery, long limit)
    {
        var layers = new List<GunzipStream>();
        using var plain = Uncompressed(delivery, layers, limit);
        Span<byte> chunk = stackalloc byte[16 * 1024];
        long total = 0;
        try
        {
            int read;
            while (total <= limit && (read = plain.Read(chunk)) > 0)
            {
                total += read;
            }
        }
        catch (InvalidDataException)
        {
            // The reader will tell what is wrong with it.
        }

        // Gzip may hold gigabytes of empty gzip.
        return layers.Aggregate(total, (most, layer) => Math.Max(most, layer.Given));
    }

    private static Stream Uncompressed(Stream delivery, List<GunzipStream>? layers = null, long limit = long.MaxValue)
    {
        Span<byte> magic = stackalloc byte[2];
        for (var layer = 0; ; layer++)
        {
            int read;
            try
            {
                read = delivery.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
            }
            catch (InvalidDataException)
            {
                return delivery; // damaged from its first byte on; the window meets the same and tells
            }

            var whole = new PrefixedStream(magic[..read].ToArray(), delivery, ownsRest: layer > 0);
            if (layer == MostLayers || read < 2 || magic[0] != 0x1f || magic[1] != 0x8b)
            {
                return whole;
            }

            var gunzip = new GunzipStream(whole, limit);
            layers?.Add(gunzip);
            delivery = gunzip;
        }
    }
}
