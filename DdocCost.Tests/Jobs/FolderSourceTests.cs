using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Sources;
using DdocCost.Tests.Support;
using static DdocCost.Tests.Support.TrailRecords;

namespace DdocCost.Tests.Jobs;

public sealed class FolderSourceTests(PostgresServer postgres) : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Trail => _folder["trail"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Takes_each_file_once()
    {
        await using var pipeline = await PipelineAsync();
        Write("a.json", 1);
        Assert.Equal(1, (await LookAsync(pipeline))!.Taken.Taken);
        Write("b.json", 2);

        var outcome = await LookAsync(pipeline);

        Assert.Equal((2, 1, 0), (outcome!.FilesSeen, outcome.Taken.Taken, outcome.Taken.Redelivered));
    }

    [Fact]
    public async Task Leaves_a_file_alone_while_somebody_may_be_writing()
    {
        await using var pipeline = await PipelineAsync();
        Write("a.json", 1);

        var early = await LookAsync(pipeline, TimeSpan.FromMinutes(5));
        File.SetLastWriteTimeUtc(Path.Combine(Trail, "a.json"), DateTime.UtcNow.AddMinutes(-6));
        var late = await LookAsync(pipeline, TimeSpan.FromMinutes(5));

        Assert.Equal((1, 0), (early!.FilesWaiting, early.Taken.Taken));
        Assert.Equal((0, 1), (late!.FilesWaiting, late.Taken.Taken));
    }

    [Fact]
    public async Task A_file_that_grew_is_taken_again_and_no_record_counts_twice()
    {
        await using var pipeline = await PipelineAsync();
        await pipeline.StartAsync();
        Write("a.json", 1);
        await LookAsync(pipeline);
        Write("a.json", 1, 2);

        await LookAsync(pipeline);
        await pipeline.DrainedAsync("acme");

        Assert.Equal([KeyOf(1), KeyOf(2)], (await pipeline.CostEventsAsync("acme")).Select(e => e.Id));
    }

    [Fact]
    public async Task Takes_files_in_the_order_of_the_stamps_in_their_names()
    {
        await using var pipeline = await PipelineAsync();
        Write("z/1_CloudTrail_eu-west-1_20260907T0310Z_x.json", 1);
        Write("a/1_CloudTrail_eu-west-1_20260907T0315Z_x.json", 2);
        Write("m/1_CloudTrail_eu-west-1_20260906T2355Z_x.json", 3);
        await pipeline.StartAsync();

        await LookAsync(pipeline);
        await pipeline.DrainedAsync("acme");

        var order = (await pipeline.CostEventsAsync("acme")).OrderBy(e => e.Costed.ExposureAfterUsdPerHour).Select(e => e.Id);
        Assert.Equal([KeyOf(3), KeyOf(1), KeyOf(2)], order);
    }

    [Fact]
    public async Task What_is_no_trail_is_set_aside_or_told_of_and_holds_up_nothing()
    {
        await using var pipeline = await PipelineAsync();
        File.WriteAllText(Path.Combine(Trail, "a.json"), "no trail");
        File.WriteAllBytes(Path.Combine(Trail, "b.json.gz"), Gzipped(Log(RunInstance(1), RunInstance(3)))[..^12]);
        File.WriteAllBytes(Path.Combine(Trail, "c.json"), []);
        File.CreateSymbolicLink(Path.Combine(Trail, "d.json"), "/nowhere/at-all");
        Write("e.json", 2);
        await pipeline.StartAsync();

        var first = await LookAsync(pipeline);
        var second = await LookAsync(pipeline);
        await pipeline.DrainedAsync("acme");

        Assert.Equal([KeyOf(1), KeyOf(2)], (await pipeline.CostEventsAsync("acme")).Select(e => e.Id));
        Assert.NotEmpty(await pipeline.DocumentsAsync<QuarantinedRecord>("acme"));
        Assert.InRange(first!.Taken.Failed.Count, 0, 1); // the link
        Assert.Equal(0, second!.Taken.Taken);
    }

    private async Task<Pipeline> PipelineAsync()
    {
        Directory.CreateDirectory(Trail);
        return new(await postgres.NewDatabaseAsync(), _folder["archive"]);
    }

    private Task<FolderOutcome?> LookAsync(Pipeline pipeline, TimeSpan settle = default) =>
        pipeline.Get<FolderSource>().TakeNewAsync("acme", Trail, settle, progress: null, Stop);

    private void Write(string name, params int[] records)
    {
        var path = Path.Combine(Trail, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, Log([.. records.Select(number => RunInstance(number))]));
    }
}
