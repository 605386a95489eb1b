using System.IO.Compression;
using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Queue;
using DdocCost.Tests.Support;
using Npgsql;
using static DdocCost.Tests.Support.TrailRecords;

namespace DdocCost.Tests.Intake;

public sealed class IntakeTests(PostgresServer postgres) : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Keeps_a_gzipped_delivery_as_it_came_and_sends_a_pointer_to_it()
    {
        await using var pipeline = await PipelineAsync();
        var content = Gzipped(Log(RunInstance(1), DescribeInstances(2)));

        var outcome = await pipeline.TakeAsync("acme", Delivery("a.json.gz", content));

        Assert.Equal((1, 2L), (outcome.Taken, outcome.Records));
        var pointer = Assert.Single(await PointersAsync(pipeline));
        Assert.Equal(("acme", "111122223333", 1L, "a.json.gz", 2L), (pointer.TenantId, pointer.AccountId, pointer.Sequence, pointer.Name, pointer.Records));
        Assert.StartsWith("acme/111122223333/2026/09/07/00/", pointer.ArchiveKey, StringComparison.Ordinal);
        Assert.Equal(content, await StoredAsync(pipeline, pointer.ArchiveKey));
    }

    [Fact]
    public async Task Gzips_a_plain_delivery_without_changing_its_content()
    {
        await using var pipeline = await PipelineAsync();
        var content = Log(RunInstance(1));

        await pipeline.TakeAsync("acme", Delivery("a.json", content));

        var pointer = Assert.Single(await PointersAsync(pipeline));
        Assert.Equal(content, Unzipped(await StoredAsync(pipeline, pointer.ArchiveKey)));
    }

    [Fact]
    public async Task Splits_a_delivery_of_several_accounts_and_keeps_the_order_in_each()
    {
        await using var pipeline = await PipelineAsync();
        var (one, other) = ("111111111111", "222222222222");

        await pipeline.TakeAsync("acme", Delivery("mixed.json", Log(RunInstance(1, one), RunInstance(2, other), RunInstance(3, one))));

        var pointers = (await PointersAsync(pipeline)).ToDictionary(pointer => pointer.AccountId);
        Assert.Equal([(2L, 1L), (1L, 1L)], new[] { one, other }.Select(account => (pointers[account].Records, pointers[account].Sequence)));
        Assert.Equal(Log(RunInstance(1, one), RunInstance(3, one)), Unzipped(await StoredAsync(pipeline, pointers[one].ArchiveKey)));
        Assert.Equal(Log(RunInstance(2, other)), Unzipped(await StoredAsync(pipeline, pointers[other].ArchiveKey)));
    }

    [Fact]
    public async Task Skips_content_it_has_whatever_its_name()
    {
        await using var pipeline = await PipelineAsync();
        var content = Log(RunInstance(1));
        await pipeline.TakeAsync("acme", Delivery("a.json", content));

        var outcome = await pipeline.TakeAsync("acme", Delivery("b.json", content), Delivery("c.json", Log(RunInstance(2))), Delivery("d.json", content));

        Assert.Equal((1, 2), (outcome.Taken, outcome.Redelivered));
        Assert.Equal([1L, 2], (await PointersAsync(pipeline)).Select(pointer => pointer.Sequence));
    }

    [Fact]
    public async Task Sets_aside_records_of_accounts_the_source_may_not_speak_for_and_takes_them_from_one_that_may()
    {
        await using var pipeline = await PipelineAsync();
        var (mine, other) = ("111111111111", "222222222222");
        var delivery = Delivery("mixed.json", Log(RunInstance(1, mine), RunInstance(2, other), RunInstance(3, mine)));

        var bound = await pipeline.TakeAsync("acme", delivery with { Accounts = new HashSet<string> { mine } });

        var pointer = Assert.Single(await PointersAsync(pipeline));
        Assert.Equal((mine, 2L), (pointer.AccountId, pointer.Records));
        Assert.Equal(Log(RunInstance(1, mine), RunInstance(3, mine)), Unzipped(await StoredAsync(pipeline, pointer.ArchiveKey)));
        var result = Assert.Single(bound.Deliveries);
        Assert.Equal((2L, 1L, false), (result.Records, result.Rejected, result.Redelivered));
        Assert.Contains(other, Assert.Single(result.Reasons), StringComparison.Ordinal);
        Assert.Equal(other, Assert.Single(await pipeline.DocumentsAsync<QuarantinedRecord>("acme")).Rejected.Excerpt.Split("iam::")[1][..12]);

        Assert.True(Assert.Single((await pipeline.TakeAsync("acme", delivery with { Accounts = new HashSet<string> { mine } })).Deliveries).Redelivered);
        Assert.Equal(1, (await pipeline.TakeAsync("acme", delivery)).Taken);
    }

    [Fact]
    public async Task Tells_how_late_records_came_and_how_each_delivery_fared()
    {
        await using var pipeline = await PipelineAsync();
        var good = Delivery("good.json", Log(RunInstance(1)));

        var outcome = await pipeline.TakeAsync("acme", good, Delivery("bad.json", "nothing"u8.ToArray()), good);

        Assert.Equal([("good.json", 1L, 0L, false), ("bad.json", 0L, 1L, false), ("good.json", 1L, 0L, true)],
            outcome.Deliveries.Select(d => (d.Name, d.Records, d.Rejected, d.Redelivered)));
        var late = DateTimeOffset.UtcNow - Start;
        Assert.InRange(outcome.Delays.Percentile(0.95)!.Value / late, 0.75, 1.25);

        await pipeline.TakeAsync("acme", Delivery("two.json", Log(RunInstance(2), RunInstance(3))));
        var tally = Assert.Single(await pipeline.Get<IntakeStore>().TalliesAsync("acme", Stop)).Value;
        Assert.Equal((3L, 3L, 1L, 3L), (tally.Deliveries, tally.Records, tally.Rejected, tally.Delays.Counts.Sum()));
    }

    [Fact]
    public async Task One_tenants_delivery_is_new_to_another()
    {
        await using var pipeline = await PipelineAsync();
        var content = Log(RunInstance(1));
        await pipeline.TakeAsync("one", Delivery("a.json", content));

        var outcome = await pipeline.TakeAsync("two", Delivery("a.json", content));

        Assert.Equal(1, outcome.Taken);
    }

    [Fact]
    public async Task Of_many_who_deliver_the_same_at_once_one_gets_in_and_the_numbers_stay_dense()
    {
        await using var pipeline = await PipelineAsync();
        var contents = Enumerable.Range(1, 20).Select(number => Log(RunInstance(number))).ToArray();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 6).Select(shift => pipeline.TakeAsync(
            "acme", [.. contents.Index().OrderBy(content => (content.Index + shift * 3) % 20).Select(content => Delivery($"{content.Index}", content.Item))])));

        Assert.Equal(20, outcomes.Sum(outcome => outcome.Taken));
        Assert.Equal(Enumerable.Range(1, 20).Select(i => (long)i), (await PointersAsync(pipeline)).Select(pointer => pointer.Sequence));
    }

    [Fact]
    public async Task Becomes_visible_in_the_order_of_the_numbers_whoever_sends()
    {
        await using var pipeline = await PipelineAsync();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(async sender =>
        {
            for (var i = 0; i < 50; i++)
            {
                await pipeline.TakeAsync("acme", Delivery($"{sender}/{i}", Log(RunInstance(1 + sender * 50 + i))));
            }
        }));

        Assert.Equal(Enumerable.Range(1, 200).Select(i => (long)i), (await PointersAsync(pipeline)).Select(pointer => pointer.Sequence));
    }

    [Fact]
    public async Task Sets_aside_what_is_no_record_once_and_takes_the_rest()
    {
        await using var pipeline = await PipelineAsync();
        var whole = Gzipped(Log([.. Enumerable.Range(1, 50).Select(number => RunInstance(number))]));
        var cut = whole[..(whole.Length * 3 / 4)];

        var first = await pipeline.TakeAsync("acme", Delivery("cut.json.gz", cut));
        await pipeline.TakeAsync("acme", Delivery("cut.json.gz", cut));

        Assert.True(first.Records > 0);
        var piece = Assert.Single(await pipeline.DocumentsAsync<QuarantinedRecord>("acme"));
        Assert.Equal(("cut.json.gz", "111122223333"), (piece.Rejected.Delivery, piece.AccountId));
        Assert.Equal(first.Records, Assert.Single(await PointersAsync(pipeline)).Records);
    }

    [Fact]
    public async Task Keeps_a_file_that_is_no_trail_for_a_person_and_sends_nothing()
    {
        await using var pipeline = await PipelineAsync();

        var outcome = await pipeline.TakeAsync("acme", Delivery("holiday.json", "not a trail"u8.ToArray()));

        Assert.Equal((1, 0L), (outcome.Taken, outcome.Records));
        Assert.NotEmpty(await pipeline.DocumentsAsync<QuarantinedRecord>("acme"));
        Assert.Empty(await PointersAsync(pipeline));
        Assert.Equal(outcome.Rejected, (await pipeline.Get<IntakeStore>().ProgressAsync("acme", Stop)).Quarantined);
    }

    [Fact]
    public async Task A_delivery_that_cannot_be_read_does_not_keep_the_others_out()
    {
        await using var pipeline = await PipelineAsync();

        var outcome = await pipeline.TakeAsync(
            "acme", new Delivery("gone.json", Start, () => throw new FileNotFoundException("it is gone")), Delivery("a.json", Log(RunInstance(1))));

        Assert.Equal(1, outcome.Taken);
        Assert.Equal([("gone.json", "it is gone")], outcome.Failed);
    }

    [Fact]
    public async Task Divides_a_delivery_too_large_for_one_transaction()
    {
        await using var pipeline = await PipelineAsync();
        var records = Enumerable.Range(1, DeliverySplitter.MostRecords + 1).Select(number => DescribeInstances(number));

        await pipeline.TakeAsync("acme", Delivery("large.json", Log([.. records])));

        Assert.Equal([(1L, (long)DeliverySplitter.MostRecords), (2L, 1L)], (await PointersAsync(pipeline)).Select(pointer => (pointer.Sequence, pointer.Records)));
    }

    [Fact]
    public async Task Nothing_a_record_says_leads_out_of_the_archive()
    {
        await using var pipeline = await PipelineAsync();

        await pipeline.TakeAsync("../../tenant", Delivery("a.json", Log(RunInstance(1, account: "../../../etc"))));

        var archive = _folder["archive"];
        var stored = Assert.Single(Directory.GetFiles(archive, "*.json.gz", SearchOption.AllDirectories));
        Assert.Matches("^x-[0-9a-f]{32}/(x-[0-9a-f]{32}|unknown|[0-9]{12})/2026/", Path.GetRelativePath(archive, stored));
        await Assert.ThrowsAsync<ArgumentException>(() => pipeline.Get<IRawArchive>().OpenAsync("../archive-of-others/a", Stop));
    }

    [Fact]
    public async Task Leaves_no_drafts_behind()
    {
        await using var pipeline = await PipelineAsync();

        await pipeline.TakeAsync("acme", Delivery("a", Log(RunInstance(1))), Delivery("b", Log(RunInstance(1))), Delivery("c", Log(RunInstance(2, "1"), RunInstance(3, "2"))));

        Assert.Empty(Directory.GetFiles(_folder["archive/.drafts"]));
    }

    private async Task<Pipeline> PipelineAsync() => new(await postgres.NewDatabaseAsync(), _folder["archive"]);

    /// <summary>All pointers in the order in which they lie in their lanes.</summary>
    private static async Task<IReadOnlyList<DeliveryPointer>> PointersAsync(Pipeline pipeline)
    {
        await using var connection = await pipeline.Get<NpgsqlDataSource>().OpenConnectionAsync(Stop);
        var pointers = new List<DeliveryPointer>();
        for (var lane = 0; lane < Lanes.Count; lane++)
        {
            pointers.AddRange((await LaneQueue.ReadAsync(connection, lane, TimeSpan.FromSeconds(60), 1000, Stop)).Select(message => message.Delivery));
        }

        return pointers;
    }

    private static async Task<byte[]> StoredAsync(Pipeline pipeline, string key)
    {
        await using var stored = await pipeline.Get<IRawArchive>().OpenAsync(key, Stop);
        using var bytes = new MemoryStream();
        await stored.CopyToAsync(bytes, Stop);
        return bytes.ToArray();
    }

    private static byte[] Unzipped(byte[] gzipped)
    {
        using var gzip = new GZipStream(new MemoryStream(gzipped), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        gzip.CopyTo(plain);
        return plain.ToArray();
    }
}
