using System.Diagnostics;
using System.Text;

namespace DdocCost.Tests.Prices;

/// <summary>
/// An offer file of any size that lies nowhere: after the wanted products come as many others as it takes, each with a SKU of its own, as in
/// AWS's own files. Notes on the way how much memory lives.
/// </summary>
internal sealed class Repeated : Stream
{
    private readonly byte[] head, tail;
    private readonly long wanted;
    private byte[] piece;
    private int at, number;
    private long sent;
    private bool isLast;

    public Repeated(IReadOnlyList<OfferFile.Product> products, int megabytes)
    {
        var file = Encoding.UTF8.GetString(OfferFile.Bytes("AmazonElastiCache", "eu-central-1", products));
        var split = file.IndexOf("\n  },\n  \"terms\"", StringComparison.Ordinal);
        (head, tail) = (Encoding.UTF8.GetBytes(file[..split]), Encoding.UTF8.GetBytes(file[split..]));
        (wanted, piece) = (megabytes * 1_000_000L, head);
    }

    public Stopwatch Watch { get; } = Stopwatch.StartNew();

    /// <summary>Bytes that live after a collection, at the start and after each 10 MB.</summary>
    public List<long> Heap { get; } = [];

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (sent / 10_000_000 >= Heap.Count)
            Heap.Add(GC.GetTotalMemory(forceFullCollection: true));
        if (at == piece.Length && !Next())
            return 0;
        var taken = Math.Min(buffer.Length, piece.Length - at);
        piece.AsSpan(at, taken).CopyTo(buffer);
        (at, sent) = (at + taken, sent + taken);
        return taken;
    }

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private bool Next()
    {
        if (isLast)
            return false;
        isLast = sent > wanted;
        piece = isLast ? tail : Others();
        at = 0;
        return true;
    }

    private byte[] Others()
    {
        var text = new StringBuilder();
        for (var i = 0; i < 200; i++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $$"""
                ,
                "OTHER{{number:D10}}" : { "sku" : "OTHER{{number++:D10}}", "productFamily" : "Compute Instance", "attributes" : { "servicecode" : "AmazonEC2", "location" : "EU (Frankfurt)",
                  "instanceType" : "r5b.24xlarge", "vcpu" : "96", "physicalProcessor" : "Intel Xeon Platinum 8259", "clockSpeed" : "3.1 GHz", "memory" : "768 GiB", "storage" : "EBS only",
                  "tenancy" : "Host", "operatingSystem" : "Windows", "licenseModel" : "Bring your own license", "usagetype" : "EUC1-Reservation:r5b.24xlarge", "operation" : "RunInstances:0102",
                  "capacitystatus" : "AllocatedCapacityReservation", "preInstalledSw" : "SQL Ent", "processorFeatures" : "Intel AVX; Intel AVX2; Intel AVX512; Intel Turbo", "regionCode" : "eu-central-1" } }
                """);
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
