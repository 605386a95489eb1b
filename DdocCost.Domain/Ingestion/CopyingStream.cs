using System.Security.Cryptography;

namespace DdocCost.Domain.Ingestion;

/// <summary>Reads a delivery and copies what is read into an archive draft: as it is where it is gzipped, else gzipped on the way.</summary>
internal sealed class CopyingStream : Stream
{
    private readonly Stream source;
    private readonly ArchiveDraft draft;
    private readonly Stream? compressing;
    private readonly IncrementalHash? plainHash;
    private readonly byte[] head = new byte[2];
    private readonly int headLength;
    private int headRead;

    /// <summary>Begins; reads the first two bytes to see what it is.</summary>
    public CopyingStream(Stream source, ArchiveDraft draft)
    {
        (this.source, this.draft) = (source, draft);
        headLength = source.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        if (head is not [0x1f, 0x8b])
        {
            compressing = draft.Compressing();
            plainHash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
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

        compressing?.Dispose();
        Digest = plainHash?.GetHashAndReset();
    }

    public override int Read(Span<byte> buffer)
    {
        var read = 0;
        if (headRead < headLength && buffer.Length > 0)
        {
            read = Math.Min(buffer.Length, headLength - headRead);
            head.AsSpan(headRead, read).CopyTo(buffer);
            headRead += read;
        }
        else
        {
            read = source.Read(buffer);
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
        compressing?.Dispose();
        plainHash?.Dispose();
        base.Dispose(disposing);
    }

    private void Copy(ReadOnlySpan<byte> bytes)
    {
        Bytes += bytes.Length;
        if (compressing is null)
        {
            draft.Write(bytes);
        }
        else
        {
            plainHash!.AppendData(bytes);
            compressing.Write(bytes);
        }
    }
}
