using DdocCost.Domain.Notify;
using DdocCost.Domain.Storage;
using DdocCost.Jobs.Notify;
using DdocCost.Tests.Support;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace DdocCost.Tests.Notify;

/// <summary>A message that is in one process's hands, and another process whose clock is wrong.</summary>
public sealed class LeaseTests(PostgresServer postgres)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_clock_that_is_an_hour_ahead_takes_nothing_out_of_anothers_hands()
    {
        await using var database = NpgsqlDataSource.Create(await postgres.NewDatabaseAsync());
        await QueueAsync(database, Deliveries.Opened("c1"));
        var (ahead, right) = (Store(database, TimeSpan.FromHours(1)), Store(database, TimeSpan.Zero));

        var taken = await right.ClaimAsync([], most: 10, mostEach: 10, Stop);

        Assert.Single(taken);
        Assert.Empty(await ahead.ClaimAsync([], most: 10, mostEach: 10, Stop));
        Assert.InRange((await ahead.NextDueAsync(Stop))!.Value - DateTimeOffset.UtcNow, TimeSpan.FromMinutes(60), TimeSpan.FromMinutes(62)); // its own hour, and the lease
        await using var connection = await database.OpenConnectionAsync(Stop);
        await connection.ExecuteAsync("update notify.messages set lease_until = now()", Stop);
        Assert.Single(await ahead.ClaimAsync([], most: 10, mostEach: 10, Stop));
    }

    private static MessageStore Store(NpgsqlDataSource database, TimeSpan deviation) =>
        new(database, Options.Create(new NotifyOptions()), new FakeTimeProvider(DateTimeOffset.UtcNow + deviation));

    private static async Task QueueAsync(NpgsqlDataSource database, OutboxFact fact)
    {
        await using var connection = await database.OpenConnectionAsync(Stop);
        await Outbox.WriteAsync(connection, fact, Stop);
        await connection.ExecuteAsync(
            """
            insert into notify.messages (tenant_id, id, fact_seq, channel_id, kind, state, due_at, queued_at)
            select tenant_id, fact_id, seq, 'mail', kind, 'queued', written_at - interval '1 minute', written_at from notify.facts
            """,
            Stop);
    }
}
