using DdocCost.Domain.Queue;
using DdocCost.Domain.Storage;
using DdocCost.Jobs.Aws;
using DdocCost.Jobs.Queue;
using DdocCost.Tests.Support;
using Microsoft.Extensions.Options;
using Npgsql;

namespace DdocCost.Tests.Queue;

/// <summary>How what SQS does not promise is made good.</summary>
public sealed class SqsEventQueueTests(PostgresServer postgres, AwsServer aws)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_relay_sent_that_was_killed_before_it_could_mark_it_counts_once()
    {
        await using var bench = await QueueBench.StartAsync(QueueFlavour.Sqs, postgres, aws);
        await using var connection = await bench.OpenAsync();
        await bench.SendAsync(connection, "1", 1, 2, 3);
        await connection.ExecuteAsync("update pipeline.sqs_messages set sent_as = null where id > 1", Stop);
        await bench.ForwardAsync(connection);

        var read = await bench.DrainAsync(connection, 3);
        await bench.SendAsync(connection, "1", 4);
        read.AddRange(await bench.DrainAsync(connection, 1));

        Assert.Equal([1L, 2, 3, 4], read.Select(message => message.Delivery.Sequence));
        await EmptyAsync(bench, connection);
    }

    [Fact]
    public async Task What_SQS_has_lost_is_sent_again_before_what_follows_it()
    {
        await using var bench = await QueueBench.StartAsync(QueueFlavour.Sqs, postgres, aws);
        await using var connection = await bench.OpenAsync();
        await bench.SendAsync(connection, "1", 1, 2, 3, 4);
        await bench.DrainAsync(connection, 1);
        var lost = Assert.Single(await bench.Pipeline.Get<SqsLanes>().Of(QueueBench.Lane).ReceiveAsync(TimeSpan.Zero, TimeSpan.FromSeconds(30), Stop));
        await bench.Pipeline.Get<SqsLanes>().Of(QueueBench.Lane).DeleteAsync([lost], Stop);

        var read = await bench.DrainAsync(connection, 3);

        Assert.Equal([2L, 3, 4], read.Select(message => message.Delivery.Sequence));
        await EmptyAsync(bench, connection);
    }

    [Fact]
    public async Task A_message_stays_hidden_while_its_lane_is_owned_and_comes_soon_when_it_is_not()
    {
        await using var bench = await QueueBench.StartAsync(QueueFlavour.Sqs, postgres, aws);
        await using var other = bench.Another();
        await using var waiting = await other.OpenAsync();
        await using (var owner = await bench.OpenAsync())
        {
            await bench.SendAsync(owner, "1", 1);
            Assert.Single(await bench.ReadAsync(owner, hideSeconds: 2));

            // Longer than it would stay hidden by itself.
            await Task.Delay(TimeSpan.FromSeconds(3.5), Stop);
            Assert.Empty(await other.ReadAsync(waiting, hideSeconds: 2));
        }

        Assert.Single(await other.DrainAsync(waiting, 1));
    }

    [Fact]
    public async Task Whoever_writes_to_the_queue_cannot_make_anything_be_scored()
    {
        await using var bench = await QueueBench.StartAsync(QueueFlavour.Sqs, postgres, aws);
        await using var connection = await bench.OpenAsync();
        var queue = bench.Pipeline.Get<SqsLanes>().Of(QueueBench.Lane);
        await queue.SendAsync([new("{}", "a", "1"), new("4711-1", "b", "2"), new("""{"tenantId":"t"}""", "c", "3")], Stop);

        Assert.Empty(await bench.ReadAsync(connection));
        await EmptyAsync(bench, connection);
    }

    [Fact]
    public async Task While_SQS_is_away_what_was_taken_in_waits_in_the_database()
    {
        await using var bench = await QueueBench.StartAsync(QueueFlavour.Sqs, postgres, aws);
        await using var connection = await bench.OpenAsync();
        await bench.SendOnlyAsync(connection, "1", 1, 2);
        await using (var away = bench.Another("http://127.0.0.1:9/"))
        {
            await Assert.ThrowsAsync<AwsException>(() => away.ForwardAsync(connection));
        }

        Assert.Equal(2, await bench.Queue.DepthAsync(connection, QueueBench.Lane, Stop));
        Assert.Equal([1L, 2], (await bench.DrainAsync(connection, 2)).Select(message => message.Delivery.Sequence));
    }

    [Fact]
    public async Task Does_not_start_with_one_queue_while_deliveries_wait_in_the_other()
    {
        await using var bench = await QueueBench.StartAsync(QueueFlavour.Sqs, postgres, aws);
        await using var connection = await bench.OpenAsync();
        await bench.SendOnlyAsync(connection, "1", 1);
        var check = new KindCheck(bench.Pipeline.Get<NpgsqlDataSource>(), Options.Create(new QueueOptions()));

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => check.StartAsync(Stop));

        Assert.Contains("1 deliveries still wait with Queue:Kind=Sqs", error.Message, StringComparison.Ordinal);
    }

    private async Task EmptyAsync(QueueBench bench, NpgsqlConnection connection)
    {
        var url = $"{bench.Url}-{QueueBench.Lane:00}.fifo";
        await Eventually.TrueAsync(async () =>
        {
            await bench.FinishAsync(connection, await bench.ReadAsync(connection));
            return await aws.CountAsync(url) == 0;
        }, "an empty queue");
    }
}
