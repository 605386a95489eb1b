using System.Security.Cryptography;

namespace DdocCost.Domain.Ingestion;

/// <summary>Reads a delivery and copies what is read into an archive draft: as it is where it is gzipped, else gzipped on the way.</summary>
internal sealed class CopyingStream : Stream
{
    private readonly Stream _source;
    private readonly ArchiveDraft _draft;
    private readonly Stream? _compressing;
    private readonly IncrementalHash? _plainHash;
    private readonly byte[] _head = new byte[2];
    private readonly int _headLength;
    private int _headRead;

    /// <summary>Begins; reads the first two bytes to see what it is.</summary>
    public CopyingStream(Stream source, ArchiveDraft draft)
    {
        (_source, _draft) = (source, draft);
        _headLength = source.ReadAtLeast(_head, _head.Length, throwOnEndOfStream: false);
        if (_head is not [0x1f, 0x8b])
        {
            _compressing = draft.Compressing();
            _plainHash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        }
    }

    /// <summary>Bytes read so far.</summary>
    public long Bytes { get; private set; }

    /// <summary>SHA-256 of what came, after <see cref="Finish"/>; null where it is the draft's own.</summary>
    public byte[]? Digest { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Copies what the reader left unread, and ends the copy.</summary>
    public void Finish()
    {
        Span<byte> rest = stackalloc byte[16 * 1024];
        while (Read(rest) > 0)
        {
        }

        _compressing?.Dispose();
        Digest = _plainHash?.GetHashAndReset();
    }

    public override int Read(Span<byte> buffer)
    {
        var read = 0;
        if (_headRead < _headLength && buffer.Length > 0)
        {
            read = Math.Min(buffer.Length, _headLength - _headRead);
            _head.AsSpan(_headRead, read).CopyTo(buffer);
            _headRead += read;
        }
        else
        {
            read = _source.Read(buffer);
        }

        Copy(buffer[..read]);
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _compressing?.Dispose();
        _plainHash?.Dispose();
        base.Dispose(disposing);
    }

    private void Copy(ReadOnlySpan<byte> bytes)
    {
        Bytes += bytes.Length;
        if (_compressing is null)
        {
            _draft.Write(bytes);
        }
        else
        {
            _plainHash!.AppendData(bytes);
            _compressing.Write(bytes);
        }
    }
}
