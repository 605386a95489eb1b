using System.Text;
using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Storage;
using DdocCost.Jobs.Archive;
using DdocCost.Jobs.Aws;
using DdocCost.Tests.Aws;
using DdocCost.Tests.Support;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using static DdocCost.Tests.Support.TrailRecords;

namespace DdocCost.Tests.Archive;

public sealed class ArchiveTests(PostgresServer postgres, AwsServer aws) : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string> Places => ["folder", "bucket"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Keeps_lists_opens_and_deletes_the_same_in_a_folder_and_in_a_bucket(string place)
    {
        await using var services = await ServicesAsync(place);
        var (archive, inventory) = (services.GetRequiredService<IRawArchive>(), services.GetRequiredService<IArchiveInventory>());
        var keys = new[] { "acme/111122223333/2026/09/07/03/b.json.gz", "acme/111122223333/2026/09/07/10/a.json.gz", "acme/444455556666/2026/09/06/23/c.json.gz", "acme/x-1/2026/01/01/00/d.json.gz" };

        await StoreAsync(archive, keys);
        await StoreAsync(archive, keys[..1]); // once more does no harm

        Assert.Equal(["acme"], await inventory.FoldersAsync("", Stop));
        Assert.Equal(["111122223333", "444455556666", "x-1"], await inventory.FoldersAsync("acme/", Stop));
        Assert.Equal(keys[..2], (await inventory.ListAsync("acme/111122223333/", null, Stop)).Select(o => o.Key));
        Assert.Equal(keys[1..2], (await inventory.ListAsync("acme/111122223333/", keys[0], Stop)).Select(o => o.Key));
        Assert.Equal(keys[1..2], (await inventory.ListAsync("acme/111122223333/", "acme/111122223333/2026/09/07/04/", Stop)).Select(o => o.Key));
        Assert.Equal(keys[..2], await KeysAsync(inventory.ObjectsAsync("acme", "111122223333", new(2026, 9, 7, 3, 30, 0, TimeSpan.Zero), new(2026, 9, 7, 11, 0, 0, TimeSpan.Zero), Stop)));
        Assert.Equal(keys[..1], await KeysAsync(inventory.ObjectsAsync("acme", "111122223333", DateTimeOffset.MinValue, new(2026, 9, 7, 10, 0, 0, TimeSpan.Zero), Stop)));
        using (var reader = new StreamReader(await archive.OpenAsync(keys[2], Stop)))
        {
            Assert.Equal(keys[2], await reader.ReadToEndAsync(Stop));
        }

        await inventory.DeleteAsync(keys[..3], Stop);
        await inventory.DeleteAsync(keys[..1], Stop);

        Assert.Equal(keys[3..], await KeysAsync(inventory.ObjectsAsync("acme", null, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, Stop)));
        await Assert.ThrowsAnyAsync<IOException>(() => archive.OpenAsync(keys[0], Stop));
        await Assert.ThrowsAsync<ArgumentException>(() => archive.OpenAsync("../others/a", Stop));
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task A_delivery_is_scored_from_wherever_it_is_archived(string place)
    {
        await using var pipeline = await PipelineAsync(place);
        await pipeline.TakeAsync("acme", Delivery("a", Log(RunInstance(1))));

        await pipeline.StartAsync();
        await pipeline.DrainedAsync("acme");

        Assert.Equal([KeyOf(1)], (await pipeline.CostEventsAsync("acme")).Select(e => e.Id));
        Assert.Equal(0, await pipeline.ScalarAsync<long>("select count(*) from pipeline.dead_letters"));
    }

    [Fact]
    public async Task While_its_bucket_is_away_nothing_is_taken_and_afterwards_nothing_is_missing()
    {
        await using var server = await AwsStandIn.StartAsync();
        var isAway = true;
        server.Otherwise = call => isAway ? new StandInAnswer(503, "<Error><Code>ServiceUnavailable</Code><Message>not today</Message></Error>", "text/xml")
            : call.Method == "PUT" ? StandInAnswer.Xml("") : null;
        await using var pipeline = new Pipeline(await postgres.NewDatabaseAsync(), _folder["archive"], services => Bucket(services, server.Url, "AKIASTANDIN000000001", "stand-in-secret", "raw"));
        var delivery = Delivery("a", Log(RunInstance(1)));

        var refused = await Assert.ThrowsAsync<ArchiveUnavailableException>(() => pipeline.TakeAsync("acme", delivery));

        Assert.Contains("s3://raw/ does not take or give: ServiceUnavailable", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, await pipeline.ScalarAsync<long>("select count(*) from pipeline.deliveries"));
        Assert.Empty(Directory.GetFiles(_folder["archive/.drafts"]));

        isAway = false;
        Assert.Equal(1, (await pipeline.TakeAsync("acme", delivery)).Taken);
        Assert.Equal("PUT", server.Calls[^1].Method);
    }

    [Fact]
    public async Task A_full_disk_fails_the_delivery_and_takes_it_once_there_is_room()
    {
        var disk = new FullDisk(new FolderArchive(_folder["archive"]));
        await using var pipeline = new Pipeline(await postgres.NewDatabaseAsync(), _folder["archive"], services => services.AddSingleton<IRawArchive>(disk));
        var delivery = Delivery("a", Log(RunInstance(1)));

        var failed = await pipeline.TakeAsync("acme", delivery);

        Assert.Equal((0, "No space left on device"), (failed.Taken, Assert.Single(failed.Failed).Reason));
        Assert.Equal(0, await pipeline.ScalarAsync<long>("select count(*) from pipeline.deliveries"));
        disk.IsFull = false;
        Assert.Equal(1, (await pipeline.TakeAsync("acme", delivery)).Taken);
    }

    [Fact]
    public async Task A_disk_that_fills_up_in_the_middle_of_a_delivery_keeps_nothing_of_it_and_no_other_out()
    {
        await using var disk = await SmallDisk.MountAsync(_folder["disk"], megabytes: 1);
        await using var pipeline = new Pipeline(await postgres.NewDatabaseAsync(), Path.Combine(disk.Path, "archive"));
        var large = Delivery("large", Log(RunInstance(1), RunInstance(2).Replace("aws-cli", RandomText(3_000_000), StringComparison.Ordinal)));

        var outcome = await pipeline.TakeAsync("acme", large, Delivery("small", Log(RunInstance(3))));

        Assert.Equal(("large", 1), (Assert.Single(outcome.Failed).Name, outcome.Taken));
        Assert.Contains("No space left on device", outcome.Failed[0].Reason, StringComparison.Ordinal);
        Assert.Equal(0, await pipeline.ScalarAsync<long>("select count(*) from pipeline.deliveries where records > 1"));
        Assert.Empty(Directory.GetFiles(Path.Combine(disk.Path, "archive", ".drafts")));

        await disk.ResizeAsync(megabytes: 16);
        var again = await pipeline.TakeAsync("acme", large);
        Assert.Equal((1, 2), (again.Taken, again.Records));
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Deletes_days_that_are_old_enough_says_which_and_keeps_every_younger_one(string place)
    {
        await using var pipeline = await PipelineAsync(place);
        var now = DateTimeOffset.UtcNow;
        await pipeline.TakeAsync("acme", At("old", now.AddDays(-40), 1), At("older", now.AddDays(-41), 2), At("young", now.AddDays(2), 3));
        await pipeline.StartAsync();
        await pipeline.DrainedAsync("acme");
        var inventory = pipeline.Get<IArchiveInventory>();

        Assert.Empty(await Retention(pipeline, now.AddDays(1), keepDays: 30).RunAsync(Stop)); // by their hours two are old enough, but all came only now
        Assert.Empty(await Retention(pipeline, now.AddYears(50), keepDays: null).RunAsync(Stop));
        var deleted = await Retention(pipeline, now.AddDays(31), keepDays: 30).RunAsync(Stop);

        Assert.Equal([DateOnly.FromDateTime(now.UtcDateTime.AddDays(-41)), DateOnly.FromDateTime(now.UtcDateTime.AddDays(-40))], deleted.Select(day => day.Day));
        Assert.All(deleted, day => Assert.Equal(("111122223333", 1), (day.AccountId, day.Objects)));
        Assert.True(ArchiveKey.HourOf(Assert.Single(await KeysAsync(inventory.ObjectsAsync("acme", null, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, Stop)))) > now);
        Assert.Equal(deleted.Reverse(), Assert.Single(await pipeline.DocumentsAsync<ArchiveRetention>("acme")).Deleted);
    }

    /// <summary>Text that no compression makes small.</summary>
    private static string RandomText(int bytes)
    {
        var noise = new byte[bytes * 3 / 4];
        new Random(1).NextBytes(noise);
        return Convert.ToBase64String(noise);
    }

    private static RetentionJob Retention(Pipeline pipeline, DateTimeOffset now, int? keepDays) => new(
        pipeline.Get<IArchiveInventory>(), pipeline.Get<NpgsqlDataSource>(), pipeline.Get<IDocumentStore>(), Options.Create(new ArchiveOptions { KeepDays = keepDays }),
        new FakeTimeProvider(now), NullLogger<RetentionJob>.Instance);

    private static Delivery At(string name, DateTimeOffset at, int number) => new(name, at, () => new MemoryStream(Log(RunInstance(number))));

    private static async Task<IReadOnlyList<string>> KeysAsync(IAsyncEnumerable<ArchivedObject> objects) => await objects.Select(o => o.Key).ToListAsync(Stop);

    private static async Task StoreAsync(IRawArchive archive, string[] keys)
    {
        var drafts = keys.Select(key =>
        {
            var draft = archive.Begin();
            draft.Write(Encoding.UTF8.GetBytes(key));
            draft.Finish();
            return new ArchiveObject(key, draft);
        }).ToList();
        await archive.StoreAsync(drafts, Stop);
        drafts.ForEach(o => o.Draft.Dispose());
    }

    private static void Bucket(IServiceCollection services, string endpoint, string keyId, string secret, string bucket) => services
        .AddSingleton<ISecretBox, PlainBox>().AddAws()
        .Configure<AwsOptions>(aws => (aws.FirstPause, aws.Attempts) = (TimeSpan.FromMilliseconds(1), 2))
        .Configure<ArchiveOptions>(archive => archive.S3 = new ArchiveBucketOptions
        {
            Bucket = bucket, Region = "eu-west-1", Endpoint = endpoint, AccessKeyId = keyId, SecretKey = secret,
        });

    private async Task<Pipeline> PipelineAsync(string place)
    {
        var bucket = place == "bucket" ? (await aws.UrlAsync(), await aws.NewBucketAsync()) : default;
        return new Pipeline(await postgres.NewDatabaseAsync(), _folder["archive"], services =>
        {
            Pipeline.WithoutHandOver(services); // what is kept is what is read
            if (place == "bucket")
            {
                Bucket(services, bucket.Item1, "any", "any", bucket.Item2);
            }
        });
    }

    private async Task<ServiceProvider> ServicesAsync(string place)
    {
        var services = new ServiceCollection().AddSingleton<Microsoft.Extensions.Configuration.IConfiguration>(new Microsoft.Extensions.Configuration.ConfigurationManager())
            .AddLogging().AddRawArchive().Configure<ArchiveOptions>(archive => archive.Folder = _folder["archive"]);
        if (place == "bucket")
        {
            Bucket(services, await aws.UrlAsync(), "any", "any", await aws.NewBucketAsync());
        }

        return services.BuildServiceProvider();
    }

    private sealed class FullDisk(IRawArchive archive) : IRawArchive
    {
        public bool IsFull { get; set; } = true;

        public ArchiveDraft Begin() => IsFull ? throw new IOException("No space left on device") : archive.Begin();

        public Task StoreAsync(IReadOnlyCollection<ArchiveObject> objects, CancellationToken cancellationToken) => archive.StoreAsync(objects, cancellationToken);

        public Task<Stream> OpenAsync(string key, CancellationToken cancellationToken) => archive.OpenAsync(key, cancellationToken);
    }
}
