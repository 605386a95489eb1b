using DdocCost.App.Health;
using DdocCost.App.Shell;
using DdocCost.Domain.Access;
using DdocCost.Domain.Storage;
using DdocCost.Tests.Support;
using Npgsql;

namespace DdocCost.Tests.Observability;

public sealed class AlertDelayTests(PostgresServer postgres)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void Delays_fall_into_classes_and_give_a_median()
    {
        var delay = AlertDelay.Of("111122223333", [.. new[] { 1, 5, 14, 61, 250, 5000 }.Select(s => (TimeSpan.FromSeconds(s), (TimeSpan?)null))]);

        Assert.Equal([1, 2, 0, 1, 1, 0, 0, 1], delay.Known);
        Assert.Equal(TimeSpan.FromSeconds(14), delay.MedianKnown);
        Assert.Equal(TimeSpan.FromSeconds(5000), delay.SlowKnown);
        Assert.Null(delay.MedianTold);
    }

    [Fact]
    public async Task Only_live_cases_of_accounts_that_one_sees_are_counted()
    {
        await using var source = NpgsqlDataSource.Create(await postgres.NewDatabaseAsync());
        await using var connection = await source.OpenConnectionAsync(Stop);
        var now = DateTimeOffset.UtcNow;
        await FactAsync(connection, 1, "111122223333", now, known: 240, told: 250);
        await FactAsync(connection, 2, "111122223333", now, known: 300, told: null);
        await FactAsync(connection, 3, "444455556666", now, known: 2, told: 3);
        await FactAsync(connection, 4, "111122223333", now, known: 40 * 86400, told: null); // imported history
        await FactAsync(connection, 5, "111122223333", now, known: 9, told: 9, tenant: "other");
        var reader = new AlertDelayReader(new TenantSql(source), TimeProvider.System);

        var all = await reader.ReadAsync(Sight.OfAll("acme"), Stop);
        var some = await reader.ReadAsync(new Sight("acme", ["444455556666"]), Stop);

        Assert.Equal(["111122223333", "444455556666"], all.Select(account => account.AccountId));
        Assert.Equal((2, 240d, 250d), (all[0].Count, all[0].MedianKnown.TotalSeconds, all[0].MedianTold!.Value.TotalSeconds), EqualWithin.AMoment);
        Assert.Equal(["444455556666"], some.Select(account => account.AccountId));
    }

    private static async Task FactAsync(NpgsqlConnection connection, int number, string account, DateTimeOffset now, double known, double? told, string tenant = "acme")
    {
        var at = now.AddSeconds(-known);
        await connection.ExecuteAsync(
            """
            with fact as (
                insert into notify.facts (tenant_id, fact_id, account_id, kind, severity, headline, notice, self_test, seen_at, scored_at, written_at, route_at)
                values ($1, gen_random_uuid(), $2, 'case-opened', 'High', 'h', jsonb_build_object('known', jsonb_build_object('eventAt', $3::timestamptz)), false, $4, $4, $4, $4) returning seq)
            insert into notify.messages (tenant_id, id, fact_seq, channel_id, kind, state, due_at, queued_at, accepted_at)
            select $1, gen_random_uuid(), seq, 'c' || $5, 'case-opened', 'accepted', $4, $4, $3 + $6 * interval '1 second' from fact where $6 >= 0
            """,
            Stop, tenant, account, at, now, number, told ?? -1d);
    }

    private static class EqualWithin
    {
        public static readonly IEqualityComparer<(int, double, double)> AMoment = EqualityComparer<(int, double, double)>.Create(
            (a, b) => a.Item1 == b.Item1 && Math.Abs(a.Item2 - b.Item2) < 0.01 && Math.Abs(a.Item3 - b.Item3) < 0.01, _ => 0);
    }
}
