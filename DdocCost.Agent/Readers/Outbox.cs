using System.Globalization;
using System.IO.Compression;
using DdocCost.Protos.Agent.V1;
using Google.Protobuf;

namespace DdocCost.Agent.Readers;

/// <summary>Something that was read.</summary>
/// <param name="Name">Path or key.</param>
/// <param name="Content">As it was read, gzipped or not.</param>
internal sealed record ReadItem(string Name, byte[] Content);

/// <summary>Where readers put what they read: filtered, and on the disk before the call returns, however long that takes.</summary>
internal sealed class Outbox(Spool.Spool spool, EdgeFilter filter)
{
    /// <summary>Largest content that the application takes in one batch.</summary>
    public const int LargestContent = 12 << 20;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan DiskPause = TimeSpan.FromSeconds(1);
    private long _dropped;

    /// <summary>Records left out by the filter.</summary>
    public ulong Dropped => (ulong)Interlocked.Read(ref _dropped);

    /// <summary>Why nothing can be put on the disk; null where all is well.</summary>
    public string? Error { get; private set; }

    /// <summary>Puts things on the disk, in order.</summary>
    public async Task AddAsync(SourceState source, IReadOnlyList<ReadItem> items, CancellationToken cancellationToken)
    {
        var batches = new List<Batch>(items.Count);
        foreach (var item in items)
        {
            Add(batches, source, item, dividing: false);
        }

        // Groups that share a wait for the disk, and of which several have room.
        var group = new List<Batch>();
        long size = 0;
        foreach (var batch in batches)
        {
            var own = SizeOf(batch);
            if (group.Count > 0 && size + own > spool.Limit / 4)
            {
                await StoreAsync(group, cancellationToken);
                (group, size) = ([], 0);
            }

            group.Add(batch);
            size += own;
        }

        if (group.Count > 0)
        {
            await StoreAsync(group, cancellationToken);
        }
    }

    private void Add(List<Batch> batches, SourceState source, ReadItem item, bool dividing)
    {
        var (content, dropped) = filter.Apply(item.Content);
        if (content is not null)
        {
            content = Gzipped(content);
            if (content.Length > LargestContent)
            {
                Divide(batches, source, item with { Content = content }, dividing);
                return;
            }

            batches.Add(new Batch
            {
                Source = source.Source, Name = item.Name, ReadUnixMilliseconds = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(),
                Content = UnsafeByteOperations.UnsafeWrap(content), Dropped = (ulong)dropped,
            });
        }

        Interlocked.Add(ref _dropped, dropped);
    }

    /// <summary>Adds something too large for one batch in pieces, all of them or, where it is damaged, none.</summary>
    private void Divide(List<Batch> batches, SourceState source, ReadItem item, bool dividing)
    {
        var own = new List<Batch>();
        try
        {
            if (dividing)
            {
                throw new InvalidDataException($"a record compresses to {item.Content.Length:N0} bytes");
            }

            foreach (var (i, piece) in LargeFile.Pieces(item.Content).Index())
            {
                Add(own, source, new ReadItem(string.Create(CultureInfo.InvariantCulture, $"{item.Name}#{i + 1}"), piece), dividing: true);
            }

            batches.AddRange(own);
        }
        catch (InvalidDataException damage)
        {
            Log.Error($"{item.Name} is larger than the application takes at a time and cannot be divided: {damage.Message}; left out");
            source.Error = $"{item.Name} is too large to be sent, and cannot be divided: {damage.Message}";
        }
    }

    private static long SizeOf(Batch batch) => batch.CalculateSize() + 16;

    private async Task StoreAsync(List<Batch> batches, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (!spool.HasRoomFor(batches.Sum(SizeOf)))
            {
                Error = "the spool is full: sources wait until the application takes what is there";
                await Task.Delay(Pause, cancellationToken);
                continue;
            }

            try
            {
                spool.Append(batches);
                Error = null;
                return;
            }
            catch (IOException) when (batches.Count > 1)
            {
                // The disk may be smaller than the limit: half of them may have room, and the rest when those are gone.
                var half = batches.Count / 2;
                await StoreAsync(batches[..half], cancellationToken);
                await StoreAsync(batches[half..], cancellationToken);
                return;
            }
            catch (IOException disk)
            {
                Error = $"the spool cannot be written: {disk.Message}";
                Log.Error(Error);
                await Task.Delay(DiskPause, cancellationToken);
            }
        }
    }

    private static byte[] Gzipped(byte[] content)
    {
        if (content is [0x1f, 0x8b, ..])
        {
            return content;
        }

        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return compressed.ToArray();
    }
}
