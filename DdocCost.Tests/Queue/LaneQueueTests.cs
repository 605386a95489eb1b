using DdocCost.Domain.Queue;
using DdocCost.Domain.Storage;
using DdocCost.Tests.Support;
using Npgsql;

namespace DdocCost.Tests.Queue;

/// <summary>What the pipeline relies on of pgmq, whichever is installed: our subset, upstream's file, the extension.</summary>
public sealed class LaneQueueTests(PostgresServer postgres)
{
    private const int Lane = 3;
    private static readonly TimeSpan Hide = TimeSpan.FromSeconds(60);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<QueueFlavour> Flavours => QueueFlavours.InPostgres;

    [Theory, MemberData(nameof(Flavours))]
    public async Task Is_installed_as_it_says_and_left_as_it_is_when_migrated_again(QueueFlavour flavour)
    {
        var database = await postgres.NewEmptyDatabaseAsync();

        var said = (First: await QueueFlavours.MigrateAsync(database, flavour), Again: (await PostgresServer.MigrateAsync(database))["queue"]);

        await using var connection = await OpenAsync(database);
        var version = await connection.ScalarAsync<string>("select extversion from pg_extension where extname = 'pgmq'", Stop);
        TestContext.Current.TestOutputHelper!.WriteLine($"{said.First}; again: {said.Again}");
        Assert.Equal(flavour == QueueFlavour.Extension, version is not null);
        Assert.Equal(
            flavour switch
            {
                QueueFlavour.Subset => ("own subset of pgmq, 16 lanes", "own subset of pgmq, 16 lanes"),
                QueueFlavour.SqlFile => ($"pgmq from {Path.GetFileName(QueueFlavours.UpstreamSql)}, 16 lanes", "pgmq as found in schema pgmq, 16 lanes"),
                _ => ("pgmq extension, created, 16 lanes", $"pgmq extension {version}, 16 lanes"),
            },
            said);
        Assert.Equal(16, await connection.ScalarAsync<long>("select count(*) from pgmq.list_queues()", Stop));
    }

    [Theory, MemberData(nameof(Flavours))]
    public async Task Reads_in_the_order_sent_and_hides_what_was_read(QueueFlavour flavour)
    {
        await using var connection = await OpenAsync(flavour);
        await SendAsync(connection, 1, 2, 3);

        var first = await LaneQueue.ReadAsync(connection, Lane, Hide, 2, Stop);
        var second = await LaneQueue.ReadAsync(connection, Lane, Hide, 2, Stop);

        Assert.Equal([1L, 2], first.Select(message => message.Delivery.Sequence));
        Assert.Equal([3L], second.Select(message => message.Delivery.Sequence));
        Assert.Empty(await LaneQueue.ReadAsync(connection, Lane, Hide, 2, Stop));
    }

    [Theory, MemberData(nameof(Flavours))]
    public async Task Keeps_the_order_of_a_large_batch(QueueFlavour flavour)
    {
        await using var connection = await OpenAsync(flavour);
        var sequence = Enumerable.Range(1, 5000).Select(i => (long)i).ToArray();
        await SendAsync(connection, sequence);

        var read = await LaneQueue.ReadAsync(connection, Lane, Hide, 5000, Stop);

        Assert.Equal(sequence, read.Select(message => message.Delivery.Sequence));
    }

    [Theory, MemberData(nameof(Flavours))]
    public async Task A_backlog_of_100_000_is_worked_off_in_order_at_a_batchs_cost_also_under_an_old_snapshot(QueueFlavour flavour)
    {
        var database = await postgres.NewDatabaseAsync(flavour);
        await using var connection = await OpenAsync(database);
        await using var other = await OpenAsync(database);
        await using var old = await other.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, Stop);
        await other.ScalarAsync<long>("select count(*) from pipeline.accounts", Stop); // holds what vacuum may remove
        await SendAsync(connection, [.. Enumerable.Range(1, 100_000).Select(i => (long)i)]);
        await connection.ExecuteAsync("analyze pgmq.q_score_03", Stop);

        for (var batch = 0; batch < 30; batch++)
        {
            var read = await LaneQueue.ReadAsync(connection, Lane, Hide, 200, Stop);
            Assert.Equal(Enumerable.Range((batch * 200) + 1, 200).Select(i => (long)i), read.Select(message => message.Delivery.Sequence));
            Assert.Equal(200, await LaneQueue.DeleteAsync(connection, Lane, read.ConvertAll(message => message.Id), Stop));
        }

        Assert.Equal(94_000, await LaneQueue.DepthAsync(connection, Lane, Stop));
    }

    [Theory, MemberData(nameof(Flavours))]
    public async Task A_reset_shows_hidden_messages_again_and_counts_the_reads(QueueFlavour flavour)
    {
        await using var connection = await OpenAsync(flavour);
        await SendAsync(connection, 1, 2);
        await LaneQueue.ReadAsync(connection, Lane, Hide, 1, Stop);

        await LaneQueue.ResetAsync(connection, Lane, Stop);
        var again = await LaneQueue.ReadAsync(connection, Lane, Hide, 2, Stop);

        Assert.Equal([(1L, 2), (2L, 1)], again.Select(message => (message.Delivery.Sequence, message.ReadCount)));
    }

    [Theory, MemberData(nameof(Flavours))]
    public async Task A_delete_tells_how_many_were_still_there(QueueFlavour flavour)
    {
        await using var connection = await OpenAsync(flavour);
        await SendAsync(connection, 1, 2);
        var ids = (await LaneQueue.ReadAsync(connection, Lane, Hide, 2, Stop)).ConvertAll(message => message.Id);

        Assert.Equal(1, await LaneQueue.DeleteAsync(connection, Lane, [ids[0]], Stop));
        Assert.Equal(1, await LaneQueue.DeleteAsync(connection, Lane, ids, Stop));
        Assert.Equal(0, await LaneQueue.DepthAsync(connection, Lane, Stop));
    }

    [Theory, MemberData(nameof(Flavours))]
    public async Task What_is_sent_in_a_transaction_that_fails_was_never_sent(QueueFlavour flavour)
    {
        await using var connection = await OpenAsync(flavour);
        await using (await connection.BeginTransactionAsync(Stop))
        {
            await SendAsync(connection, 1);
        }

        Assert.Equal(0, await LaneQueue.DepthAsync(connection, Lane, Stop));
    }

    [Theory, MemberData(nameof(Flavours))]
    public async Task A_lane_has_one_consumer_until_its_connection_is_gone(QueueFlavour flavour)
    {
        var database = await postgres.NewDatabaseAsync(flavour);
        await using var one = await OpenAsync(database);
        await using var other = await OpenAsync(database + ";Pooling=false");

        Assert.True(await LaneQueue.TryTakeAsync(other, Lane, Stop));
        Assert.False(await LaneQueue.TryTakeAsync(one, Lane, Stop));
        await one.ExecuteAsync("select pg_terminate_backend($1)", Stop, other.ProcessID);
        while (!await LaneQueue.TryTakeAsync(one, Lane, Stop))
        {
            Stop.ThrowIfCancellationRequested();
        }
    }

    [Theory, MemberData(nameof(Flavours))]
    public async Task A_pointer_stays_under_a_kilobyte(QueueFlavour flavour)
    {
        await using var connection = await OpenAsync(flavour);
        await using var batch = connection.CreateBatch();
        LaneQueue.Send(batch, Lane, [new DeliveryPointer(new string('t', 64), "123456789012", long.MaxValue, new string('k', 180), new string('n', 200), long.MaxValue)]);
        await batch.ExecuteNonQueryAsync(Stop);

        Assert.InRange(await connection.ScalarAsync<int>("select octet_length(message::text) + octet_length(headers::text) from pgmq.q_score_03", Stop), 1, 1024);
    }

    [Fact]
    public void Accounts_spread_over_all_lanes_and_stay_there()
    {
        var lanes = Enumerable.Range(0, 1000).Select(i => Lanes.Of("t", $"{i:000000000000}")).ToList();

        Assert.Equal(Lanes.Count, lanes.Distinct().Count());
        Assert.Equal([0, 13], new[] { "123456789012", "210987654321" }.Select(account => Lanes.Of("acme", account))); // never to change: a backlog would lose its order
    }

    [Theory, MemberData(nameof(Flavours))]
    public async Task Migrating_again_keeps_what_is_in_the_queue(QueueFlavour flavour)
    {
        var database = await postgres.NewDatabaseAsync(flavour);
        await using var connection = await OpenAsync(database);
        await SendAsync(connection, 1);

        await PostgresServer.MigrateAsync(database);

        Assert.Equal(1, await LaneQueue.DepthAsync(connection, Lane, Stop));
    }

    [Fact]
    public async Task Refuses_a_queue_schema_that_lacks_what_it_needs()
    {
        var database = await postgres.NewEmptyDatabaseAsync();
        await using var connection = await OpenAsync(database);
        await connection.ExecuteAsync("create schema pgmq", Stop);

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => PostgresServer.MigrateAsync(database));

        Assert.Contains("pgmq.read", error.Message, StringComparison.Ordinal);
    }

    private async Task<NpgsqlConnection> OpenAsync(QueueFlavour flavour) => await OpenAsync(await postgres.NewDatabaseAsync(flavour));

    private static async Task<NpgsqlConnection> OpenAsync(string database)
    {
        var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(Stop);
        return connection;
    }

    private static async Task SendAsync(NpgsqlConnection connection, params long[] sequence)
    {
        await using var batch = connection.CreateBatch();
        LaneQueue.Send(batch, Lane, [.. sequence.Select(number => new DeliveryPointer("t", "1", number, "key", "name", 1))]);
        await batch.ExecuteNonQueryAsync(Stop);
    }
}
