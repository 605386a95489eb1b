using System.Globalization;
using DdocCost.Protos.Agent.V1;

namespace DdocCost.Agent.Spool;

/// <summary>
/// Batches that wait on disk, in segments of some megabytes. A batch counts once its frame is flushed to the disk; what a crash cuts off
/// behind that is dropped at the next start and read again from its source. Full means full: nothing that waits is dropped for what comes.
/// </summary>
internal sealed class Spool : IDisposable
{
    private const int LargestSegment = 16 << 20;

    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _news = new(0, 1);
    private readonly List<SpoolSegment> _segments = [];
    private readonly string _folder;
    private readonly long _limit;
    private readonly long _segmentBytes;

    /// <summary>Opens a spool or begins one.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="limit">Most bytes on disk.</param>
    /// <exception cref="IOException">The folder cannot be used.</exception>
    public Spool(string folder, long limit)
    {
        (_folder, _limit, _segmentBytes) = (folder, limit, Math.Clamp(limit / 8, SpoolSegment.SmallBytes, LargestSegment));
        Directory.CreateDirectory(folder);
        Id = SmallFile.Read(Path.Combine(folder, "id")) ?? NewId();
        Acknowledged = ulong.Parse(SmallFile.Read(AcknowledgedFile) ?? "0", CultureInfo.InvariantCulture);
        foreach (var path in Directory.EnumerateFiles(folder, "*.spool").Order(StringComparer.Ordinal))
        {
            _segments.Add(SpoolSegment.Open(path));
        }

        if (!File.Exists(AcknowledgedFile) && _segments.Count == 0)
        {
            SmallFile.Write(AcknowledgedFile, "0", flush: true); // while there is room
        }

        Damaged = (ulong)_segments.Sum(segment => segment.Damaged);
        Last = Math.Max(Acknowledged, _segments.Count == 0 ? 0 : _segments.Max(segment => segment.Last));
        DropAcknowledged();
    }

    /// <summary>Tells this spool's sequences from those of another.</summary>
    public string Id { get; }

    /// <summary>Everything up to this sequence is safe in the application.</summary>
    public ulong Acknowledged { get; private set; }

    /// <summary>The last sequence given out.</summary>
    public ulong Last { get; private set; }

    /// <summary>Pieces that could not be read.</summary>
    public ulong Damaged { get; }

    /// <summary>Bytes on disk.</summary>
    public long Bytes
    {
        get
        {
            lock (_lock)
            {
                return _segments.Sum(segment => segment.Length);
            }
        }
    }

    /// <summary>When the oldest waiting batch was read; null for nothing waiting.</summary>
    public DateTimeOffset? Oldest
    {
        get
        {
            lock (_lock)
            {
                return Last == Acknowledged ? null : _segments.SelectMany(segment => segment.Frames).Where(frame => frame.Sequence > Acknowledged)
                    .Select(frame => (DateTimeOffset?)DateTimeOffset.FromUnixTimeMilliseconds(frame.ReadAt)).FirstOrDefault();
            }
        }
    }

    private string AcknowledgedFile => Path.Combine(_folder, "acknowledged");

    /// <summary>Most bytes on disk.</summary>
    public long Limit => _limit;

    /// <summary>Whether so much more has room; anything has where nothing waits.</summary>
    public bool HasRoomFor(long bytes) => Bytes + bytes <= _limit || Last == Acknowledged;

    /// <summary>Adds batches, gives them their sequences, and waits until they are on the disk.</summary>
    /// <exception cref="IOException">The disk is full or failing; none of them counts.</exception>
    public void Append(IReadOnlyList<Batch> batches)
    {
        if (batches.Count == 0)
        {
            return;
        }

        lock (_lock)
        {
            if (_segments.Count == 0 || _segments[^1].Length >= _segmentBytes || !_segments[^1].CanAppend)
            {
                _segments.Add(SpoolSegment.Create(Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"{Last + 1:D20}.spool"))));
            }

            var next = Last;
            foreach (var batch in batches)
            {
                batch.Sequence = ++next;
            }

            _segments[^1].Append(batches);
            Last = next;
        }

        Wake();
    }

    /// <summary>The first batch behind a sequence, waiting for one.</summary>
    public async Task<Batch> NextAsync(ulong after, CancellationToken cancellationToken)
    {
        while (true)
        {
            lock (_lock)
            {
                foreach (var segment in _segments.Where(segment => segment.Last > after))
                {
                    if (segment.ReadFirst(after) is { } batch)
                    {
                        return batch;
                    }
                }
            }

            await _news.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Drops what is safe in the application.</summary>
    public void Acknowledge(ulong sequence)
    {
        lock (_lock)
        {
            if (sequence <= Acknowledged || sequence > Last)
            {
                return;
            }

            // On the disk before segments go: a sequence must never be given out twice.
            KeepAcknowledged(sequence.ToString(CultureInfo.InvariantCulture));
            Acknowledged = sequence;
            DropAcknowledged();
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _segments.ForEach(segment => segment.Dispose());
            _news.Dispose();
        }
    }

    /// <summary>A full disk has no room for a new file, not even for the one by which it would become empty: then the old one is written over.</summary>
    private void KeepAcknowledged(string sequence)
    {
        try
        {
            SmallFile.Write(AcknowledgedFile, sequence, flush: true);
        }
        catch (IOException)
        {
            SmallFile.WriteOver(AcknowledgedFile, sequence);
        }
    }

    private void DropAcknowledged()
    {
        foreach (var done in _segments.Where(segment => segment.Last <= Acknowledged && (segment != _segments[^1] || segment.Length >= _segmentBytes)).ToList())
        {
            done.Delete();
            _segments.Remove(done);
        }

        if (_segments is [{ Length: > SpoolSegment.SmallBytes } only] && only.Last <= Acknowledged)
        {
            only.Delete();
            _segments.Clear();
        }
    }

    private string NewId()
    {
        var id = Guid.NewGuid().ToString("N");
        SmallFile.Write(Path.Combine(_folder, "id"), id, flush: true);
        return id;
    }

    private void Wake()
    {
        if (_news.CurrentCount == 0)
        {
            _news.Release();
        }
    }
}
