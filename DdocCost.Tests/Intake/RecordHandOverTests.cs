using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Scoring;
using DdocCost.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using static DdocCost.Tests.Support.TrailRecords;

namespace DdocCost.Tests.Intake;

/// <summary>What the intake has read goes to the scorer of the same process without being read again, and nothing depends on it.</summary>
public sealed class RecordHandOverTests(PostgresServer postgres) : IDisposable
{
    private static readonly Delivery[] Deliveries =
    [
        Delivery("a.json.gz", Gzipped(Log(RunInstance(1), DescribeInstances(2), RunInstance(3)))),
        Delivery("b.json", Log(DescribeInstances(4), RunInstance(5))),
        Delivery("mixed.json", Log(RunInstance(6), RunInstance(7, "222222222222"))),
    ];

    private readonly TempFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Scores_a_delivery_without_reading_it_again()
    {
        await using var pipeline = await PipelineAsync(RecordHandOver.DefaultCapacity);
        await pipeline.TakeAsync("acme", Deliveries[0]);
        Directory.Delete(Path.Combine(_folder["archive"], "acme"), recursive: true);

        await pipeline.StartAsync();
        await pipeline.DrainedAsync("acme");

        Assert.Equal([KeyOf(1), KeyOf(3)], (await pipeline.CostEventsAsync("acme")).Select(e => e.Id));
        Assert.Equal(1, (await pipeline.Get<IntakeStore>().ProgressAsync("acme", Stop)).Free);
    }

    [Fact]
    public async Task Comes_to_the_same_as_reading_the_archive()
    {
        var handed = await ScoredAsync(RecordHandOver.DefaultCapacity);
        var read = await ScoredAsync(capacity: 0);

        Assert.Equal(5, handed.Count);
        Assert.Equal(read, handed);
    }

    [Fact]
    public async Task Holds_nothing_once_all_is_scored()
    {
        await using var pipeline = await PipelineAsync(RecordHandOver.DefaultCapacity);
        await pipeline.TakeAsync("acme", Deliveries);
        var held = pipeline.Get<RecordHandOver>().Bytes;

        await pipeline.StartAsync();
        await pipeline.DrainedAsync("acme");

        Assert.True(held > 0);
        Assert.Equal(0, pipeline.Get<RecordHandOver>().Bytes);
    }

    [Fact]
    public async Task Lays_nothing_out_of_a_delivery_that_is_known_already()
    {
        await using var pipeline = await PipelineAsync(RecordHandOver.DefaultCapacity);
        await pipeline.TakeAsync("acme", Deliveries[0]);
        var once = pipeline.Get<RecordHandOver>().Bytes;

        await pipeline.TakeAsync("acme", Deliveries[0]);

        Assert.Equal(once, pipeline.Get<RecordHandOver>().Bytes);
    }

    private async Task<List<(Guid, string, RecordPlace, decimal?)>> ScoredAsync(long capacity)
    {
        await using var pipeline = await PipelineAsync(capacity);
        await pipeline.TakeAsync("acme", Deliveries);
        await pipeline.StartAsync();
        await pipeline.DrainedAsync("acme");
        return (await pipeline.CostEventsAsync("acme")).Select(Told).ToList();
    }

    private static (Guid, string, RecordPlace, decimal?) Told(CostEvent e) =>
        (e.Id, e.AccountId, new(e.Costed.Event.Location!.Source, e.Costed.Event.Location.Position), e.Costed.UsdPerHour);

    private async Task<Pipeline> PipelineAsync(long capacity) => new(await postgres.NewDatabaseAsync(), _folder["archive"], services =>
        services.AddSingleton(provider => new RecordHandOver(Domain.Normalise.EventCatalogue.Default.MayCost, TimeProvider.System, capacity)));

    private sealed record RecordPlace(string Source, long Position);
}
