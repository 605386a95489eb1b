using System.Buffers.Binary;
using System.IO.Hashing;
using DdocCost.Protos.Agent.V1;
using Google.Protobuf;

namespace DdocCost.Agent.Spool;

/// <summary>Where a batch lies in a segment.</summary>
/// <param name="Sequence">Its sequence.</param>
/// <param name="Offset">Where its body begins.</param>
/// <param name="Length">Of its body.</param>
/// <param name="ReadAt">When it was read, milliseconds since 1970.</param>
internal readonly record struct Frame(ulong Sequence, long Offset, int Length, long ReadAt);

/// <summary>
/// A file of batches, one behind the other. A frame is a mark, the length of its body, the body's CRC-32, and the body, which is the batch
/// as it goes over the wire. Where a frame is damaged, the next mark with a body that fits its checksum is looked for.
/// </summary>
internal sealed class SpoolSegment : IDisposable
{
    /// <summary>Not worth deleting while it is the only one.</summary>
    public const int SmallBytes = 1 << 20;

    /// <summary>Largest body; whoever reads a larger length reads damage.</summary>
    public const int LargestBody = 24 << 20;

    private const int HeadBytes = 12;
    private static ReadOnlySpan<byte> Mark => "dSp1"u8;

    private readonly FileStream _file;
    private readonly List<Frame> _frames = [];

    private SpoolSegment(FileStream file) => _file = file;

    /// <summary>Its batches.</summary>
    public IReadOnlyList<Frame> Frames => _frames;

    /// <summary>Bytes that count.</summary>
    public long Length { get; private set; }

    /// <summary>The last sequence in it; 0 for none.</summary>
    public ulong Last => _frames.Count == 0 ? 0 : _frames[^1].Sequence;

    /// <summary>Places where something could not be read.</summary>
    public int Damaged { get; private set; }

    /// <summary>Whether more may be added: not behind damage.</summary>
    public bool CanAppend { get; private set; } = true;

    /// <summary>Begins an empty one.</summary>
    public static SpoolSegment Create(string path)
    {
        var segment = new SpoolSegment(OpenFile(path, FileMode.Create));
        Folder.Flush(Path.GetDirectoryName(path)!);
        return segment;
    }

    /// <summary>Opens one and cuts off what a crash left unfinished.</summary>
    public static SpoolSegment Open(string path)
    {
        var segment = new SpoolSegment(OpenFile(path, FileMode.Open));
        segment.Scan();
        return segment;
    }

    /// <summary>Adds batches and waits for the disk.</summary>
    /// <exception cref="IOException">Disk full or failing; the segment is as before.</exception>
    public void Append(IReadOnlyList<Batch> batches)
    {
        var frames = new List<Frame>(batches.Count);
        try
        {
            var at = Length;
            _file.Position = at;
            foreach (var batch in batches)
            {
                var body = batch.ToByteArray();
                _file.Write([.. HeadOf(body), .. body]);
                frames.Add(new Frame(batch.Sequence, at + HeadBytes, body.Length, batch.ReadUnixMilliseconds));
                at += HeadBytes + body.Length;
            }

            _file.Flush(flushToDisk: true);
            Length = at;
            _frames.AddRange(frames);
        }
        catch (IOException)
        {
            CutTo(Length);
            throw;
        }
    }

    /// <summary>The first batch behind a sequence; null where it cannot be read any more.</summary>
    public Batch? ReadFirst(ulong after)
    {
        // Sequences rise, so the place can be found by halving.
        var (low, high) = (0, _frames.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _frames[middle].Sequence > after ? (low, middle) : (middle + 1, high);
        }

        if (low == _frames.Count)
        {
            return null;
        }

        var body = new byte[_frames[low].Length];
        RandomAccess.Read(_file.SafeFileHandle, body, _frames[low].Offset);
        return Batch.Parser.ParseFrom(body);
    }

    /// <summary>Deletes the file.</summary>
    public void Delete()
    {
        _file.Dispose();
        File.Delete(_file.Name);
    }

    public void Dispose() => _file.Dispose();

    private static FileStream OpenFile(string path, FileMode mode) => new(path, new FileStreamOptions
    {
        Mode = mode,
        Access = FileAccess.ReadWrite,
        BufferSize = 0, // what could not be written must not come later
        UnixCreateMode = mode == FileMode.Create ? UnixFileMode.UserRead | UnixFileMode.UserWrite : null,
    });

    private static byte[] HeadOf(ReadOnlySpan<byte> body)
    {
        var head = new byte[HeadBytes];
        Mark.CopyTo(head);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(4), body.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(8), Crc32.HashToUInt32(body));
        return head;
    }

    private void Scan()
    {
        var bytes = new byte[_file.Length];
        _file.ReadExactly(bytes);
        var at = 0;
        while (at < bytes.Length)
        {
            if (TryFrame(bytes, at, out var frame))
            {
                _frames.Add(frame);
                at = (int)(frame.Offset + frame.Length);
                Length = at;
                continue;
            }

            var next = NextFrame(bytes, at + 1);
            if (next < 0)
            {
                CutTo(Length); // the end, unfinished
                return;
            }

            (Damaged, CanAppend, at) = (Damaged + 1, false, next);
        }
    }

    private static int NextFrame(byte[] bytes, int from)
    {
        for (var found = bytes.AsSpan(from).IndexOf(Mark); found >= 0; found = bytes.AsSpan(from).IndexOf(Mark))
        {
            from += found;
            if (TryFrame(bytes, from, out _))
            {
                return from;
            }

            from++;
        }

        return -1;
    }

    private static bool TryFrame(byte[] bytes, int at, out Frame frame)
    {
        frame = default;
        var rest = bytes.AsSpan(at);
        if (rest.Length < HeadBytes || !rest.StartsWith(Mark))
        {
            return false;
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(rest[4..]);
        if (length is <= 0 or > LargestBody || rest.Length - HeadBytes < length
            || Crc32.HashToUInt32(rest.Slice(HeadBytes, length)) != BinaryPrimitives.ReadUInt32LittleEndian(rest[8..]))
        {
            return false;
        }

        var batch = Batch.Parser.ParseFrom(rest.Slice(HeadBytes, length));
        frame = new Frame(batch.Sequence, at + HeadBytes, length, batch.ReadUnixMilliseconds);
        return true;
    }

    private void CutTo(long length)
    {
        _file.SetLength(length);
        _file.Position = length;
    }
}
