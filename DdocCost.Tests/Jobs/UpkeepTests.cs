using DdocCost.Domain.Ingestion;
using DdocCost.Jobs.Archive;
using DdocCost.Jobs.Upkeep;
using DdocCost.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using static DdocCost.Tests.Support.TrailRecords;

namespace DdocCost.Tests.Jobs;

public sealed class UpkeepTests(PostgresServer postgres) : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Finds_archive_objects_that_are_damaged_or_gone()
    {
        await using var pipeline = await PipelineAsync();
        await pipeline.TakeAsync("acme", Delivery("sound", Log(RunInstance(1))), Delivery("damaged", Log(RunInstance(2))), Delivery("gone", Log(RunInstance(3))));
        var (damaged, gone) = (await KeyOfAsync(pipeline, "damaged"), await KeyOfAsync(pipeline, "gone"));
        await File.WriteAllBytesAsync(_folder[$"archive/{damaged}"], Gzipped(Log(RunInstance(4))), Stop);
        File.Delete(_folder[$"archive/{gone}"]);

        var found = await pipeline.Get<ArchiveCheckJob>().RunAsync(Stop);

        Assert.Equal(new[] { damaged, gone }.Order(), found.Order());
    }

    [Fact]
    public async Task What_a_tenant_asks_for_checks_its_own_objects_only()
    {
        await using var pipeline = await PipelineAsync();
        await pipeline.TakeAsync("acme", Delivery("ours", Log(RunInstance(1))));
        await pipeline.TakeAsync("another", Delivery("theirs", Log(RunInstance(2))));
        var (ours, theirs) = (await KeyOfAsync(pipeline, "ours"), await KeyOfAsync(pipeline, "theirs"));
        File.Delete(_folder[$"archive/{ours}"]);
        File.Delete(_folder[$"archive/{theirs}"]);

        Assert.Equal([ours], await pipeline.Get<ArchiveCheckJob>().RunForAsync("acme", Stop));
        Assert.Equal([theirs], await pipeline.Get<ArchiveCheckJob>().RunForAsync("another", Stop));
        Assert.Empty(await pipeline.Get<ArchiveCheckJob>().RunForAsync("a stranger", Stop));
    }

    [Fact]
    public async Task Deletes_drafts_that_dead_processes_left_and_no_others()
    {
        await using var pipeline = await PipelineAsync();
        var archive = pipeline.Get<IRawArchive>();
        using var abandoned = archive.Begin();
        using var recent = archive.Begin();
        File.SetLastWriteTimeUtc(abandoned.Path, DateTime.UtcNow.AddDays(-2));

        await pipeline.Get<UpkeepJob>().RunAsync(Stop);

        Assert.Equal([recent.Path], Directory.GetFiles(_folder["archive/.drafts"]));
    }

    private async Task<Pipeline> PipelineAsync() => new(
        await postgres.NewDatabaseAsync(), _folder["archive"], services => services.AddSingleton<ArchiveCheckJob>().AddSingleton<UpkeepJob>());

    private static async Task<string> KeyOfAsync(Pipeline pipeline, string name) =>
        (await pipeline.ScalarAsync<string>($"select archive_keys[1] from pipeline.deliveries where name = '{name}'"))!;
}
