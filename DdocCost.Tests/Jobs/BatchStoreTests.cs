using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Queue;
using DdocCost.Jobs.Scoring;
using DdocCost.Tests.Support;
using Npgsql;
using static DdocCost.Tests.Support.TrailRecords;

namespace DdocCost.Tests.Jobs;

/// <summary>The transaction of a batch refuses whatever somebody else has done meanwhile.</summary>
public sealed class BatchStoreTests(PostgresServer postgres) : IDisposable
{
    private const string Account = "111122223333";
    private static readonly int Lane = Lanes.Of("acme", Account);
    private readonly TempFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Stores_nothing_for_an_account_that_another_has_advanced()
    {
        await using var pipeline = new Pipeline(await postgres.NewDatabaseAsync(), _folder["archive"]);
        await pipeline.TakeAsync("acme", Delivery("a", Log(RunInstance(1))));
        await using var connection = await pipeline.Get<NpgsqlDataSource>().OpenConnectionAsync(Stop);
        var mine = await ScoreAsync(pipeline, connection);
        var others = await ScoreAsync(pipeline, connection);
        await pipeline.Get<BatchStore>().StoreAsync(connection, Lane, others, Stop);

        await Assert.ThrowsAsync<LaneLostException>(() => pipeline.Get<BatchStore>().StoreAsync(connection, Lane, mine, Stop));

        Assert.Single(await pipeline.CostEventsAsync("acme"));
        Assert.Equal(1, (await pipeline.Get<IntakeStore>().ProgressAsync("acme", Stop)).Records);
    }

    [Fact]
    public async Task Stores_nothing_when_a_message_is_gone()
    {
        await using var pipeline = new Pipeline(await postgres.NewDatabaseAsync(), _folder["archive"]);
        await pipeline.TakeAsync("acme", Delivery("a", Log(RunInstance(1))));
        await using var connection = await pipeline.Get<NpgsqlDataSource>().OpenConnectionAsync(Stop);
        var batch = await ScoreAsync(pipeline, connection);
        await LaneQueue.DeleteAsync(connection, Lane, batch.MessageIds, Stop);

        await Assert.ThrowsAsync<LaneLostException>(() => pipeline.Get<BatchStore>().StoreAsync(connection, Lane, batch, Stop));

        Assert.Empty(await pipeline.CostEventsAsync("acme"));
        Assert.Equal(1, (await pipeline.Get<IntakeStore>().ProgressAsync("acme", Stop)).Backlog);
    }

    [Fact]
    public async Task A_delivery_is_not_scored_before_the_one_that_precedes_it()
    {
        await using var pipeline = new Pipeline(await postgres.NewDatabaseAsync(), _folder["archive"]);
        await pipeline.TakeAsync("acme", Delivery("a", Log(RunInstance(1))), Delivery("b", Log(RunInstance(2))));
        await using var connection = await pipeline.Get<NpgsqlDataSource>().OpenConnectionAsync(Stop);
        var scorer = pipeline.Get<BatchScorer>();
        var messages = await LaneQueue.ReadAsync(connection, Lane, TimeSpan.FromSeconds(60), 10, Stop);
        var second = await scorer.ReadAsync(messages[1], Stop);

        await Assert.ThrowsAsync<OutOfOrderException>(() => scorer.ScoreAsync([(messages[1], second)], Accounts(pipeline), Stop));
    }

    private static async Task<ScoredBatch> ScoreAsync(Pipeline pipeline, NpgsqlConnection connection)
    {
        await LaneQueue.ResetAsync(connection, Lane, Stop);
        var scorer = pipeline.Get<BatchScorer>();
        var messages = await LaneQueue.ReadAsync(connection, Lane, TimeSpan.FromSeconds(60), 10, Stop);
        var readings = await Task.WhenAll(messages.Select(async message => (message, await scorer.ReadAsync(message, Stop))));
        return await scorer.ScoreAsync(readings, Accounts(pipeline), Stop);
    }

    private static AccountCache Accounts(Pipeline pipeline) => new(pipeline.Get<AccountLoader>(), capacity: 10);
}
