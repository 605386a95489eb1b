using CsCheck;
using DdocCost.Agent.Spool;
using DdocCost.Protos.Agent.V1;
using DdocCost.Tests.Support;
using Google.Protobuf;

namespace DdocCost.Tests.Ingest;

/// <summary>What waits on the agent's disk, whatever happens to the disk.</summary>
public sealed class SpoolTests : IDisposable
{
    private const long Limit = 64 << 20;

    private readonly TempFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Gives_back_after_a_restart_what_was_not_acknowledged_in_order()
    {
        string id;
        using (var spool = new Spool(_folder["spool"], Limit))
        {
            id = spool.Id;
            spool.Append([Batch("a"), Batch("b")]);
            spool.Append([Batch("c")]);
            spool.Acknowledge(1);
        }

        using var again = new Spool(_folder["spool"], Limit);
        Assert.Equal((id, 1UL, 3UL), (again.Id, again.Acknowledged, again.Last));
        Assert.Equal(["b", "c"], await WaitingAsync(again));
        again.Append([Batch("d")]);
        Assert.Equal(["b", "c", "d"], await WaitingAsync(again));
    }

    [Fact]
    public async Task Never_gives_a_sequence_twice_though_all_is_acknowledged_and_deleted()
    {
        using (var spool = new Spool(_folder["spool"], Limit))
        {
            spool.Append([Batch("a", 2 << 20), Batch("b", 2 << 20)]);
            spool.Acknowledge(2);
            Assert.True(spool.Bytes < 1 << 20);
        }

        using var again = new Spool(_folder["spool"], Limit);
        again.Append([Batch("c")]);
        Assert.Equal(3UL, again.Last);
        Assert.Equal(["c"], await WaitingAsync(again));
    }

    [Fact]
    public void Spool_cut_anywhere_keeps_every_whole_batch_before_the_cut()
    {
        var whole = Written("a", "b", "c");
        for (var cut = 0; cut < whole.Bytes.Length; cut += 3)
        {
            var segment = Reopened(whole.Bytes[..cut]);
            Assert.Equal(whole.Ends.Count(end => end <= cut), segment.Frames);
            Assert.Equal((0, true), (segment.Damaged, segment.CanAppend));
        }
    }

    [Fact]
    public void Spool_garbled_anywhere_costs_only_the_batch_that_is_hit() =>
        Gen.Select(Gen.Int[0, 100_000], Gen.Byte[1, 255]).Sample((place, flip) =>
        {
            var whole = Written("a", "b", "c", "d");
            var at = place % whole.Bytes.Length;
            whole.Bytes[at] ^= flip;
            var hit = whole.Ends.TakeWhile(end => end <= at).Count();
            var segment = Reopened(whole.Bytes);
            // The last one looks like one that a crash left unfinished.
            return segment.Frames == 3 && segment.Damaged == (hit == 3 ? 0 : 1);
        }, iter: 150, threads: 1);

    [Fact]
    public async Task Full_disk_costs_nothing_that_waits_and_goes_on_when_there_is_room()
    {
        await using var disk = await SmallDisk.MountAsync(_folder["disk"], megabytes: 3);
        using var spool = new Spool(Path.Combine(disk.Path, "spool"), Limit);
        spool.Append([Batch("a", 1 << 20)]);

        Assert.ThrowsAny<IOException>(() => spool.Append([Batch("b", 1 << 20), Batch("too much", 1 << 20)]));

        Assert.Equal(1UL, spool.Last);
        Assert.Equal(["a"], await WaitingAsync(spool));
        spool.Append([Batch("b")]);
        Assert.Equal(["a", "b"], await WaitingAsync(spool));
    }

    [Fact]
    public async Task A_disk_without_a_byte_left_is_emptied_by_acknowledgements()
    {
        await using var disk = await SmallDisk.MountAsync(_folder["disk"], megabytes: 4);
        using var spool = new Spool(Path.Combine(disk.Path, "spool"), Limit);
        spool.Append([Batch("a", 3 << 20)]);
        await using (var filler = new FileStream(Path.Combine(disk.Path, "of somebody else"), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            Assert.ThrowsAny<IOException>(() => filler.Write(new byte[4 << 20]));
        }

        spool.Acknowledge(1);

        Assert.True(new DriveInfo(disk.Path).AvailableFreeSpace > 2 << 20);
        spool.Append([Batch("b", 1 << 20)]);
        using var again = new Spool(Path.Combine(disk.Path, "spool"), Limit);
        Assert.Equal((1UL, 2UL), (again.Acknowledged, again.Last));
    }

    [Fact]
    public void Says_when_it_is_full()
    {
        using var spool = new Spool(_folder["spool"], 1 << 20);
        spool.Append([Batch("a", 900_000)]);
        Assert.True(spool.HasRoomFor(100_000));
        Assert.False(spool.HasRoomFor(200_000));
    }

    private static async Task<string[]> WaitingAsync(Spool spool)
    {
        var names = new List<string>();
        for (var last = spool.Acknowledged; last < spool.Last;)
        {
            var batch = await spool.NextAsync(last, Stop);
            names.Add(batch.Name);
            last = batch.Sequence;
        }

        return [.. names];
    }

    private (byte[] Bytes, List<long> Ends) Written(params string[] names)
    {
        var path = _folder[Guid.NewGuid().ToString("N")];
        using var segment = SpoolSegment.Create(path);
        var ends = new List<long>();
        foreach (var (name, i) in names.Select((name, i) => (name, i)))
        {
            var batch = Batch(name, 40);
            batch.Sequence = (ulong)i + 1;
            segment.Append([batch]);
            ends.Add(segment.Length);
        }

        return (File.ReadAllBytes(path), ends);
    }

    private (int Frames, int Damaged, bool CanAppend) Reopened(byte[] bytes)
    {
        var path = _folder[Guid.NewGuid().ToString("N")];
        File.WriteAllBytes(path, bytes);
        using var segment = SpoolSegment.Open(path);
        return (segment.Frames.Count, segment.Damaged, segment.CanAppend);
    }

    private static Batch Batch(string name, int size = 10) => new()
    {
        Name = name, ReadUnixMilliseconds = 1_788_000_000_000, Content = ByteString.CopyFrom(Enumerable.Range(0, size).Select(i => (byte)(i * 7)).ToArray()),
    };
}
