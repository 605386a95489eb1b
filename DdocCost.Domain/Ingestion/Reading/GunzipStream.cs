using System.IO.Compression;

namespace DdocCost.Domain.Ingestion.Reading;

/// <summary>
/// Uncompresses gzip up to the very byte where it is damaged. A failing read of <see cref="GZipStream"/> keeps to itself what it had
/// decoded before the damage, up to the size of the caller's buffer: a whole small file, where only the checksum is wrong. So
/// after a failure, and where the source can go back, everything up to here is decoded once more, and then byte by byte.
/// </summary>
/// <remarks>That a truncated file fails at all needs the switch <c>System.IO.Compression.UseStrictValidation</c> (Directory.Build.props).</remarks>
/// <param name="source">Compressed bytes.</param>
/// <param name="limit">After so many bytes it ends, as if it were cut off there.</param>
internal sealed class GunzipStream(Stream source, long limit = long.MaxValue) : Stream
{
    private GZipStream _gzip = new(source, CompressionMode.Decompress, leaveOpen: true);
    private long _given;
    private bool _byteByByte;

    /// <summary>Uncompressed bytes given so far.</summary>
    public long Given => _given;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <exception cref="InvalidDataException">The compressed bytes are damaged or end early, and all before that has been given.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (_given > limit)
        {
            return 0;
        }

        try
        {
            var read = _gzip.Read(_byteByByte && buffer.Length > 1 ? buffer[..1] : buffer);
            _given += read;
            return read;
        }
        catch (InvalidDataException) when (!_byteByByte && source.CanSeek)
        {
            _byteByByte = true;
            DecodeAgain();
            return Read(buffer);
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _gzip.Dispose();
        source.Dispose();
        base.Dispose(disposing);
    }

    private void DecodeAgain()
    {
        _gzip.Dispose();
        source.Seek(0, SeekOrigin.Begin);
        _gzip = new GZipStream(source, CompressionMode.Decompress, leaveOpen: true);
        var scratch = new byte[4096];
        for (var left = _given; left > 0;)
        {
            var read = _gzip.Read(scratch.AsSpan(0, (int)Math.Min(left, scratch.Length)));
            if (read == 0)
            {
                return;
            }

            left -= read;
        }
    }
}
