using System.IO.Compression;
using System.Security.Cryptography;

namespace DdocCost.Domain.Ingestion;

/// <summary>An archive object on its way: bytes go to a temporary file and are hashed as they go. Disposing deletes the file unless it was stored.</summary>
public sealed class ArchiveDraft : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly FileStream _file;
    private byte[]? _digest;

    /// <summary>Begins with an empty file.</summary>
    /// <param name="path">Path of a file that does not exist, on the file system where the object will lie.</param>
    public ArchiveDraft(string path) => _file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, 64 * 1024);

    /// <summary>The temporary file.</summary>
    public string Path => _file.Name;

    /// <summary>SHA-256 of the bytes written.</summary>
    public ReadOnlySpan<byte> Digest => _digest ?? throw new InvalidOperationException("The draft is not finished.");

    /// <summary>Adds bytes of the object.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        _hash.AppendData(bytes);
        _file.Write(bytes);
    }

    /// <summary>A stream that adds what is written to it, gzipped. Disposing it ends the gzip member, not the draft.</summary>
    public Stream Compressing() => new GZipStream(new Writer(this), CompressionLevel.Fastest);

    /// <summary>No more bytes.</summary>
    public void Finish()
    {
        _digest = _hash.GetHashAndReset();
        _file.Flush();
        DiskFlush.Begin(_file.SafeFileHandle);
        _file.Dispose();
    }

    /// <summary>Deletes what was not stored.</summary>
    public void Dispose()
    {
        try
        {
            _file.Dispose(); // writes what it still holds
        }
        catch (IOException)
        {
            // The disk is full, so all the more it must give back what it has of this.
        }

        _hash.Dispose();
        File.Delete(Path);
    }

    private sealed class Writer(ArchiveDraft draft) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Write(byte[] buffer, int offset, int count) => draft.Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer) => draft.Write(buffer);

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
