using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Ledger;
using DdocCost.Domain.Queue;
using DdocCost.Domain.Storage;
using DdocCost.Tests.Support;
using Npgsql;
using static DdocCost.Tests.Support.TrailRecords;

namespace DdocCost.Tests.Queue;

/// <summary>What the pipeline relies on, of whichever queue lies between intake and scoring.</summary>
public sealed class EventQueueTests(PostgresServer postgres, AwsServer aws)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, InlineData(QueueKind.Postgres), InlineData(QueueKind.Sqs)]
    public async Task Each_accounts_messages_come_in_the_order_sent(QueueKind kind)
    {
        await using var bench = await QueueBench.StartAsync(kind, postgres, aws);
        await using var connection = await bench.OpenAsync();
        for (var round = 0; round < 4; round++)
        {
            foreach (var account in (string[])["1", "2", "3"])
            {
                await bench.SendOnlyAsync(connection, account, [.. Enumerable.Range(1, 7).Select(i => (round * 7L) + i)]);
            }
        }

        var read = await bench.DrainAsync(connection, 84);

        Assert.Equal(84, read.Count);
        Assert.All(read.GroupBy(message => message.Delivery.AccountId), account =>
            Assert.Equal(Enumerable.Range(1, 28).Select(i => (long)i), account.Select(message => message.Delivery.Sequence)));
    }

    [Theory, InlineData(QueueKind.Postgres), InlineData(QueueKind.Sqs)]
    public async Task What_was_read_is_hidden_until_it_is_given_back_and_the_reads_are_counted(QueueKind kind)
    {
        await using var bench = await QueueBench.StartAsync(kind, postgres, aws);
        await using var connection = await bench.OpenAsync();
        await bench.SendAsync(connection, "1", 1);

        var first = Assert.Single(await bench.ReadAsync(connection));
        Assert.Empty(await bench.ReadAsync(connection));
        await bench.Queue.ResetAsync(connection, QueueBench.Lane, Stop);
        var again = Assert.Single(await bench.ReadAsync(connection));

        Assert.Equal((first.Id, 1, 2), (again.Id, first.ReadCount, again.ReadCount));
        Assert.Equal(first.SentAt, again.SentAt);
    }

    [Theory, InlineData(QueueKind.Postgres), InlineData(QueueKind.Sqs)]
    public async Task What_another_owner_has_not_finished_comes_to_the_next_one_when_its_time_is_up(QueueKind kind)
    {
        await using var bench = await QueueBench.StartAsync(kind, postgres, aws);
        await using var connection = await bench.OpenAsync();
        await bench.SendAsync(connection, "1", 1, 2);
        await using (var killed = bench.Another())
        await using (var its = await killed.OpenAsync())
        {
            Assert.NotEmpty(await killed.ReadAsync(its, hideSeconds: 2));
        }

        var read = await bench.DrainAsync(connection, 2);

        Assert.Equal([1L, 2], read.Select(message => message.Delivery.Sequence));
    }

    [Theory, InlineData(QueueKind.Postgres), InlineData(QueueKind.Sqs)]
    public async Task A_delete_tells_that_somebody_else_has_dealt_with_a_message(QueueKind kind)
    {
        await using var bench = await QueueBench.StartAsync(kind, postgres, aws);
        await using var connection = await bench.OpenAsync();
        await bench.SendAsync(connection, "1", 1);
        var message = Assert.Single(await bench.ReadAsync(connection));

        Assert.True(await bench.FinishAsync(connection, [message]));
        Assert.False(await bench.FinishAsync(connection, [message]));
        Assert.Equal(0, await bench.Queue.DepthAsync(connection, QueueBench.Lane, Stop));
    }

    [Theory, InlineData(QueueKind.Postgres), InlineData(QueueKind.Sqs)]
    public async Task Sending_and_deleting_happen_with_their_transaction_or_not_at_all(QueueKind kind)
    {
        await using var bench = await QueueBench.StartAsync(kind, postgres, aws);
        await using var connection = await bench.OpenAsync();
        await using (await connection.BeginTransactionAsync(Stop))
        {
            await bench.SendOnlyAsync(connection, "1", 1);
        }

        await bench.ForwardAsync(connection);
        Assert.Empty(await bench.ReadAsync(connection));
        await bench.SendAsync(connection, "1", 1);
        var message = Assert.Single(await bench.ReadAsync(connection));
        await using (await connection.BeginTransactionAsync(Stop))
        {
            Assert.True(await bench.Queue.DeleteAsync(connection, QueueBench.Lane, [message.Id], Stop));
        }

        await bench.Queue.ResetAsync(connection, QueueBench.Lane, Stop);
        Assert.Equal(message.Id, Assert.Single(await bench.ReadAsync(connection)).Id);
    }

    [Theory, InlineData(QueueKind.Postgres), InlineData(QueueKind.Sqs)]
    public async Task What_is_given_up_lets_the_next_one_pass_and_never_comes_again(QueueKind kind)
    {
        await using var bench = await QueueBench.StartAsync(kind, postgres, aws);
        await using var connection = await bench.OpenAsync();
        await bench.SendAsync(connection, "1", 1, 2);
        var message = Assert.Single(await bench.ReadAsync(connection, quantity: 1));

        await bench.Queue.ArchiveAsync(connection, QueueBench.Lane, message.Id, Stop);
        await bench.Queue.CommittedAsync(QueueBench.Lane, [message.Id], Stop);
        await bench.Queue.ResetAsync(connection, QueueBench.Lane, Stop);

        Assert.Equal(1, await bench.Queue.DepthAsync(connection, QueueBench.Lane, Stop));
        Assert.Equal([2L], (await bench.DrainAsync(connection, 1)).Select(next => next.Delivery.Sequence));
    }

    [Theory, InlineData(QueueKind.Postgres), InlineData(QueueKind.Sqs)]
    public async Task Nothing_is_lost_doubled_or_out_of_order_while_connections_are_lost(QueueKind kind)
    {
        const int Rounds = 8;
        string[] accounts = [.. Enumerable.Range(0, 6).Select(i => $"{i:000000000000}")];
        await using var one = await QueueBench.StartAsync(kind, postgres, aws, TimeSpan.FromSeconds(1));
        await using var two = one.Another();
        await Task.WhenAll(one.Pipeline.StartAsync(), two.Pipeline.StartAsync());

        var sending = Task.Run(async () =>
        {
            for (var round = 0; round < Rounds; round++)
            {
                await one.Pipeline.TakeAsync("acme", [.. accounts.Index().Select(a => Delivery($"{a.Item}/{round}", Log(RunInstance(1 + (round * accounts.Length) + a.Index, a.Item))))]);
            }
        }, Stop);
        while (!sending.IsCompleted || (await one.Pipeline.Get<IntakeStore>().ProgressAsync("acme", Stop)).Backlog > 0)
        {
            // A lane's owner or the relay: each loses its lock and its transaction at once, wherever it is.
            await one.Pipeline.ScalarAsync<long>(
                """
                select count(*) from (
                    select pg_terminate_backend(pid) from pg_locks join pg_database on pg_database.oid = pg_locks.database
                    where locktype = 'advisory' and datname = current_database() order by random() limit 1) cut
                """);
            await Task.Delay(100, Stop);
        }

        await sending;
        var events = await one.Pipeline.CostEventsAsync("acme");
        Assert.Equal(Enumerable.Range(1, accounts.Length * Rounds).Select(KeyOf), events.Select(e => e.Id));
        Assert.All(events.GroupBy(e => e.AccountId), account => Assert.Equal(
            Enumerable.Range(1, Rounds).Select(n => n * events[0].Costed.ExposureAfterUsdPerHour), account.Select(e => e.Costed.ExposureAfterUsdPerHour)));
        Assert.Equal(events.Count, (await one.Pipeline.DocumentsAsync<SpendHour>("acme")).Sum(hour => hour.Events));
        Assert.Equal(0, await one.Pipeline.ScalarAsync<long>("select count(*) from pipeline.dead_letters"));
    }
}
