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

    public static TheoryData<QueueFlavour> Queues => QueueFlavours.All;

    [Theory, MemberData(nameof(Queues))]
    public async Task Each_accounts_messages_come_in_the_order_sent(QueueFlavour flavour)
    {
        await using var bench = await QueueBench.StartAsync(flavour, postgres, aws);
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

    [Theory, MemberData(nameof(Queues))]
    public async Task What_was_read_is_hidden_until_it_is_given_back_and_the_reads_are_counted(QueueFlavour flavour)
    {
        await using var bench = await QueueBench.StartAsync(flavour, postgres, aws);
        await using var connection = await bench.OpenAsync();
        await bench.SendAsync(connection, "1", 1);

        var first = Assert.Single(await bench.ReadAsync(connection));
        Assert.Empty(await bench.ReadAsync(connection));
        await bench.Queue.ResetAsync(connection, QueueBench.Lane, Stop);
        var again = Assert.Single(await bench.ReadAsync(connection));

        Assert.Equal((first.Id, 1, 2), (again.Id, first.ReadCount, again.ReadCount));
        Assert.Equal(first.SentAt, again.SentAt);
    }

    [Theory, MemberData(nameof(Queues))]
    public async Task What_another_owner_has_not_finished_comes_to_the_next_one_when_its_time_is_up(QueueFlavour flavour)
    {
        await using var bench = await QueueBench.StartAsync(flavour, postgres, aws);
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

    [Theory, MemberData(nameof(Queues))]
    public async Task A_delete_tells_that_somebody_else_has_dealt_with_a_message(QueueFlavour flavour)
    {
        await using var bench = await QueueBench.StartAsync(flavour, postgres, aws);
        await using var connection = await bench.OpenAsync();
        await bench.SendAsync(connection, "1", 1);
        var message = Assert.Single(await bench.ReadAsync(connection));

        Assert.True(await bench.FinishAsync(connection, [message]));
        Assert.False(await bench.FinishAsync(connection, [message]));
        Assert.Equal(0, await bench.Queue.DepthAsync(connection, QueueBench.Lane, Stop));
    }

    [Theory, MemberData(nameof(Queues))]
    public async Task Sending_and_deleting_happen_with_their_transaction_or_not_at_all(QueueFlavour flavour)
    {
        await using var bench = await QueueBench.StartAsync(flavour, postgres, aws);
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

    [Theory, MemberData(nameof(Queues))]
    public async Task What_is_given_up_lets_the_next_one_pass_and_never_comes_again(QueueFlavour flavour)
    {
        await using var bench = await QueueBench.StartAsync(flavour, postgres, aws);
        await using var connection = await bench.OpenAsync();
        await bench.SendAsync(connection, "1", 1, 2);
        var message = Assert.Single(await bench.ReadAsync(connection, quantity: 1));

        await bench.Queue.ArchiveAsync(connection, QueueBench.Lane, message.Id, Stop);
        await bench.Queue.CommittedAsync(QueueBench.Lane, [message.Id], Stop);
        await bench.Queue.ResetAsync(connection, QueueBench.Lane, Stop);

        Assert.Equal(1, await bench.Queue.DepthAsync(connection, QueueBench.Lane, Stop));
        Assert.Equal([2L], (await bench.DrainAsync(connection, 1)).Select(next => next.Delivery.Sequence));
    }

    [Theory, MemberData(nameof(Queues))]
    public async Task Producers_that_race_for_an_account_are_read_in_the_order_of_its_numbers(QueueFlavour flavour)
    {
        const int Producers = 4, Each = 15;
        await using var bench = await QueueBench.StartAsync(flavour, postgres, aws);
        await using var connection = await bench.OpenAsync();

        await Task.WhenAll(Enumerable.Range(0, Producers).Select(async producer =>
        {
            await using var own = await bench.OpenAsync();
            for (var i = 0; i < Each; i++)
            {
                await using var transaction = await own.BeginTransactionAsync(Stop);
                await bench.SendOnlyAsync(own, "1", await AccountLane.NextAsync(own, "t", "1", Stop));
                await Task.Delay((producer + i) % 3, Stop);
                await (i % 5 == 4 ? transaction.RollbackAsync(Stop) : transaction.CommitAsync(Stop)); // whoever fails leaves no gap
            }
        }));

        const int Sent = Producers * Each * 4 / 5;
        Assert.Equal(Enumerable.Range(1, Sent).Select(i => (long)i), (await bench.DrainAsync(connection, Sent)).Select(message => message.Delivery.Sequence));
    }

    [Theory, MemberData(nameof(Queues))]
    public async Task A_consumer_that_stalls_longer_than_messages_stay_hidden_counts_nothing_twice(QueueFlavour flavour)
    {
        var stall = new Stall();
        await using var one = await QueueBench.StartAsync(flavour, postgres, aws, new QueueBenchOptions(TimeSpan.FromSeconds(1), archive => new StallingArchive(archive, stall)));
        await using var two = one.Another();
        await one.Pipeline.TakeAsync("acme", [.. Enumerable.Range(1, 3).Select(i => Delivery($"{i}", Log(RunInstance(i))))]);
        await one.Pipeline.StartAsync();
        await stall.Begun.WaitAsync(TimeSpan.FromSeconds(30), Stop);
        await two.Pipeline.StartAsync();
        var lane = Lanes.Of("acme", "111122223333");
        if (flavour != QueueFlavour.Sqs) // there, an owner keeps hidden what it has
        {
            await one.Pipeline.ScalarAsync<long>($"update pgmq.q_{Lanes.QueueOf(lane)} set vt = clock_timestamp() returning msg_id"); // their time is up
        }

        await Task.Delay(200, Stop);
        Assert.Empty(await one.Pipeline.CostEventsAsync("acme")); // the lane is owned all the same

        // Its connection is lost while it stalls: another one takes the lane over and does the work.
        Assert.True(await one.Pipeline.ScalarAsync<bool>(
            $"select pg_terminate_backend(pid) from pg_locks join pg_database on pg_database.oid = pg_locks.database where locktype = 'advisory' and datname = current_database() and classid = {Lanes.LockOf(lane) >> 32} and objid = {lane}"));
        await one.Pipeline.DrainedAsync("acme");
        stall.End();
        await one.Pipeline.TakeAsync("acme", Delivery("4", Log(RunInstance(4))));
        await one.Pipeline.DrainedAsync("acme");

        var events = await one.Pipeline.CostEventsAsync("acme");
        Assert.Equal(Enumerable.Range(1, 4).Select(KeyOf), events.Select(e => e.Id));
        Assert.Equal(Enumerable.Range(1, 4).Select(n => n * events[0].Costed.ExposureAfterUsdPerHour), events.Select(e => e.Costed.ExposureAfterUsdPerHour));
        Assert.Equal(0, await one.Pipeline.ScalarAsync<long>("select count(*) from pipeline.dead_letters"));
    }

    [Theory, MemberData(nameof(Queues))]
    public async Task Nothing_is_lost_doubled_or_out_of_order_while_connections_are_lost(QueueFlavour flavour)
    {
        const int Rounds = 8;
        string[] accounts = [.. Enumerable.Range(0, 6).Select(i => $"{i:000000000000}")];
        await using var one = await QueueBench.StartAsync(flavour, postgres, aws, new QueueBenchOptions(TimeSpan.FromSeconds(1)));
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

    /// <summary>Holds up the first to come until it is ended.</summary>
    private sealed class Stall
    {
        private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Begun => _begun.Task;

        public Task PassAsync(CancellationToken cancellationToken) => _begun.TrySetResult() ? _ended.Task.WaitAsync(cancellationToken) : Task.CompletedTask;

        public void End() => _ended.SetResult();
    }

    private sealed class StallingArchive(IRawArchive archive, Stall stall) : IRawArchive
    {
        public ArchiveDraft Begin() => archive.Begin();

        public Task StoreAsync(IReadOnlyCollection<ArchiveObject> objects, CancellationToken cancellationToken) => archive.StoreAsync(objects, cancellationToken);

        public async Task<Stream> OpenAsync(string key, CancellationToken cancellationToken)
        {
            await stall.PassAsync(cancellationToken);
            return await archive.OpenAsync(key, cancellationToken);
        }
    }
}
