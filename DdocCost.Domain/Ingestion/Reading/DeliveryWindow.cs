using System.Buffers;

namespace DdocCost.Domain.Ingestion.Reading;

/// <summary>
/// A window that slides once over a delivery's uncompressed bytes. It is as small as the caches like it, and grows only while a
/// single record does not fit, up to <see cref="TrailReader.RecordLimit"/>.
/// </summary>
internal sealed class DeliveryWindow(Stream stream) : IDisposable
{
    private const int InitialSize = 128 * 1024;
    private static readonly SearchValues<byte> NotBlank = SearchValues.Create([.. AllBytes().Except(" \t\r\n,"u8.ToArray())]);

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(InitialSize);
    private int _start;
    private int _end;
    private bool _ended;

    /// <summary>Bytes read from the stream so far.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Offset in the delivery of the first unread byte.</summary>
    public long Position => BytesRead - (_end - _start);

    /// <summary>What is known of the bytes from <see cref="Position"/> on. Valid until the window moves.</summary>
    public ReadOnlyMemory<byte> Unread => new(_buffer, _start, _end - _start);

    /// <inheritdoc cref="Unread"/>
    public ReadOnlySpan<byte> UnreadSpan => _buffer.AsSpan(_start, _end - _start);

    /// <summary>Why the bytes ended before their proper end, for a person, or null.</summary>
    public string? Damage { get; private set; }

    /// <summary>Moves forward.</summary>
    public void Skip(int count) => _start += count;

    /// <summary>Moves to the next byte that is neither white space nor a comma; false at the end of the delivery.</summary>
    public bool SkipBlanks() => SkipTo(NotBlank);

    /// <summary>Moves to the next byte of a set; false, and at the end of the delivery, where there is none.</summary>
    public bool SkipTo(SearchValues<byte> bytes)
    {
        do
        {
            var found = UnreadSpan.IndexOfAny(bytes);
            if (found >= 0)
            {
                _start += found;
                return true;
            }

            _start = _end;
        }
        while (ReadMore());
        return false;
    }

    /// <summary>Makes at least so many bytes known, unless the delivery ends before.</summary>
    public bool Has(int count)
    {
        while (_end - _start < count)
        {
            if (!ReadMore())
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Makes more of the bytes after <see cref="Position"/> known.</summary>
    /// <returns>false at the end of the delivery, or where the window is as large as a record may be.</returns>
    public bool ReadMore()
    {
        if (_ended)
        {
            return false;
        }

        MakeRoom();
        var room = _buffer.Length - _end;
        if (room == 0)
        {
            return false;
        }

        var read = FillFrom(stream, _buffer.AsSpan(_end));
        _end += read;
        BytesRead += read;
        _ended = read < room;
        return read > 0;
    }

    /// <summary>Whether the delivery has no bytes beyond <see cref="Unread"/>.</summary>
    public bool AtEnd => _ended;

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    private void MakeRoom()
    {
        var unread = _end - _start;
        var target = _buffer;
        if (_start == 0 && _end == _buffer.Length && _buffer.Length < TrailReader.RecordLimit)
        {
            target = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        }

        _buffer.AsSpan(_start, unread).CopyTo(target);
        if (target != _buffer)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = target;
        }

        (_start, _end) = (0, unread);
    }

    /// <summary>Fills the room or reads to the end: a stream that gives single bytes must not make each of them a round of parsing.</summary>
    private int FillFrom(Stream source, Span<byte> room)
    {
        var total = 0;
        try
        {
            int read;
            while (total < room.Length && (read = source.Read(room[total..])) > 0)
            {
                total += read;
            }
        }
        catch (InvalidDataException)
        {
            Damage = "the gzip stream is damaged or ends early";
        }

        return total;
    }

    private static IEnumerable<byte> AllBytes() => Enumerable.Range(0, 256).Select(value => (byte)value);
}
