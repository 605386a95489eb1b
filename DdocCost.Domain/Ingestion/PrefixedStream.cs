namespace DdocCost.Domain.Ingestion;

/// <summary>
/// A stream of some bytes already read from another stream, followed by the rest of it. Seeks where the other does, from its own
/// beginning. Disposes the other only where it is told to.
/// </summary>
internal sealed class PrefixedStream(byte[] prefix, Stream rest, bool ownsRest = false) : Stream
{
    private readonly long _restStart = rest.CanSeek ? rest.Position : 0;
    private int _prefixRead;

    public override bool CanRead => true;

    public override bool CanSeek => rest.CanSeek;

    public override bool CanWrite => false;

    public override long Length => prefix.Length + rest.Length - _restStart;

    public override long Position { get => _prefixRead + rest.Position - _restStart; set => throw new NotSupportedException(); }

    public override int Read(Span<byte> buffer) => _prefixRead < prefix.Length ? ReadPrefix(buffer) : rest.Read(buffer);

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _prefixRead < prefix.Length ? ValueTask.FromResult(ReadPrefix(buffer.Span)) : rest.ReadAsync(buffer, cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Back to the beginning; nothing else is supported.</summary>
    public override long Seek(long offset, SeekOrigin origin)
    {
        if (offset != 0 || origin != SeekOrigin.Begin)
        {
            throw new NotSupportedException();
        }

        _prefixRead = 0;
        return rest.Seek(_restStart, SeekOrigin.Begin);
    }

    public override void Flush() { }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int ReadPrefix(Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, prefix.Length - _prefixRead);
        prefix.AsSpan(_prefixRead, count).CopyTo(buffer);
        _prefixRead += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (ownsRest)
        {
            rest.Dispose();
        }

        base.Dispose(disposing);
    }
}
