using DdocCost.Domain.Scoring;
using DdocCost.Tests.App;
using DdocCost.Tests.Support;
using Npgsql;

namespace DdocCost.Tests.Scoring;

/// <summary>Which events of a batch are stored already is asked for each batch, so it may cost no more with a full table than with an empty one.</summary>
public sealed class CostEventRowsTests(PostgresServer postgres)
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tells_which_keys_are_stored_in_whatever_month()
    {
        await using var connection = await ConnectAsync();
        CostEvent[] events = [Event(daysAgo: 0), Event(daysAgo: 40), Event(daysAgo: 4000)];
        await CostEventRows.AddAsync(connection, "acme", events, Cancel);

        Assert.Equal(events.Select(e => e.Id).Order(), (await CostEventRows.StoredAsync(connection, "acme", [.. events.Select(e => e.Id), Guid.NewGuid()], Cancel)).Order());
        Assert.Empty(await CostEventRows.StoredAsync(connection, "other", [.. events.Select(e => e.Id)], Cancel));
        Assert.Empty(await CostEventRows.StoredAsync(connection, "acme", [], Cancel));
    }

    [Fact]
    public async Task Reads_no_rows_of_others_though_reading_the_table_would_seem_cheaper_than_a_thousand_looks_into_its_index()
    {
        await using var connection = await ConnectAsync();
        Guid[] asked = [.. Enumerable.Range(0, 1_000).Select(_ => Guid.NewGuid())];
        await CostEventRows.AddAsync(connection, "acme", Enumerable.Range(0, 2_000).Select(_ => Event(daysAgo: 0)), Cancel);
        await using var transaction = await connection.BeginTransactionAsync(Cancel);

        Assert.Empty(await CostEventRows.StoredAsync(connection, "acme", asked, Cancel));

        await using var read = new NpgsqlCommand(
            "select sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::bigint from pg_stat_xact_user_tables where relname like 'mt_doc_cost_events%'", connection);
        Assert.Equal(0L, await read.ExecuteScalarAsync(Cancel));
    }

    private static CostEvent Event(int daysAgo)
    {
        var e = Some.Event();
        return e with { Id = Guid.NewGuid(), Time = e.Time.AddDays(-daysAgo) };
    }

    private async Task<NpgsqlConnection> ConnectAsync()
    {
        var connection = new NpgsqlConnection(await postgres.NewDatabaseAsync());
        await connection.OpenAsync(Cancel);
        return connection;
    }
}
