using DdocCost.Domain.Scoring;
using DdocCost.Domain.Storage;
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
        await CostEventRows.AddAsync(connection, "acme", Events(2_000), Cancel);

        Assert.Equal(0, await RowsReadAsync(connection, "acme"));
    }

    [Fact]
    public async Task Reads_no_rows_of_a_tenant_that_the_statistics_do_not_know_yet()
    {
        await using var connection = await ConnectAsync();
        await CostEventRows.AddAsync(connection, "acme", Events(2_000), Cancel);
        await connection.ExecuteAsync("analyze", Cancel);
        await CostEventRows.AddAsync(connection, "new", Events(2_000), Cancel);

        Assert.Equal(0, await RowsReadAsync(connection, "new"));
    }

    /// <summary>How many rows are read to find out that none of a thousand keys is stored.</summary>
    private static async Task<long> RowsReadAsync(NpgsqlConnection connection, string tenantId)
    {
        await using var transaction = await connection.BeginTransactionAsync(Cancel);
        Assert.Empty(await CostEventRows.StoredAsync(connection, tenantId, [.. Enumerable.Range(0, 1_000).Select(_ => Guid.NewGuid())], Cancel));
        return await connection.ScalarAsync<long>(
            "select sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::bigint from pg_stat_xact_user_tables where relname like 'mt_doc_cost_events%'", Cancel);
    }

    private static IEnumerable<CostEvent> Events(int count) => Enumerable.Range(0, count).Select(_ => Event(daysAgo: 0));

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
