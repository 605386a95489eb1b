using System.Diagnostics;
using System.Text;

namespace DdocCost.Benchmarks.Files;

/// <summary>A file of any size that lies nowhere: written while it is read. Notes on the way how much memory lives.</summary>
internal sealed class GeneratedFile(IEnumerable<string> pieces, long lookEach) : Stream
{
    private readonly IEnumerator<string> pieces = pieces.GetEnumerator();
    private byte[] piece = [];
    private int at;

    /// <summary>Bytes read so far.</summary>
    public long Sent { get; private set; }

    /// <summary>Most bytes that lived after a collection, looked at now and then; the first look does not count.</summary>
    public long MostAlive { get; private set; }

    /// <summary>Bytes that lived at the first look.</summary>
    public long FirstAlive { get; private set; }

    /// <summary>How long the looking took, which is no part of the work.</summary>
    public TimeSpan Looking { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => Sent; set => throw new NotSupportedException(); }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (at == piece.Length)
        {
            if (!pieces.MoveNext())
                return 0;
            (piece, at) = (Encoding.UTF8.GetBytes(pieces.Current), 0);
        }

        var taken = Math.Min(buffer.Length, piece.Length - at);
        piece.AsSpan(at, taken).CopyTo(buffer);
        if (Sent / lookEach != (Sent + taken) / lookEach)
            Look();
        (at, Sent) = (at + taken, Sent + taken);
        return taken;
    }

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private void Look()
    {
        var clock = Stopwatch.StartNew();
        var alive = GC.GetTotalMemory(forceFullCollection: true);
        if (FirstAlive == 0)
            FirstAlive = alive;
        else
            MostAlive = Math.Max(MostAlive, alive);
        Looking += clock.Elapsed;
    }
}
