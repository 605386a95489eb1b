using DdocCost.Domain;
using DdocCost.Domain.Scoring;
using DdocCost.Domain.Storage;
using DdocCost.Tests.Support;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace DdocCost.Tests.Storage;

public sealed class StoreTests(PostgresServer postgres)
{
    [Fact]
    public async Task A_document_comes_back_exactly_as_it_went()
    {
        await using var services = await StoreAsync();
        var baseline = new Baseline
        {
            Id = "1/ec2:instance", AccountId = "1", ResourceType = "ec2:instance",
            MeanHourlyCost = 0.1 + 0.2, Deviation = double.Epsilon, EventCount = 7, ObservedActors = ["b", "a"],
        };

        await using var write = services.GetRequiredService<IDocumentStore>().LightweightSession("t");
        write.Store(baseline);
        await write.SaveChangesAsync(TestContext.Current.CancellationToken);
        await using var read = services.GetRequiredService<IDocumentStore>().QuerySession("t");
        var found = await read.LoadAsync<Baseline>(baseline.Id, TestContext.Current.CancellationToken);

        Assert.Equivalent(baseline, found, strict: true);
    }

    [Fact]
    public async Task A_text_with_a_nul_character_can_be_stored()
    {
        await using var services = await StoreAsync();
        await using var write = services.GetRequiredService<IDocumentStore>().LightweightSession("t");
        write.Store(new Baseline { Id = "1/x", AccountId = "1", ResourceType = "x", ObservedActors = ["a\0b"] });

        await write.SaveChangesAsync(TestContext.Current.CancellationToken);

        await using var read = services.GetRequiredService<IDocumentStore>().QuerySession("t");
        Assert.Equal(["a\uFFFDb"], (await read.LoadAsync<Baseline>("1/x", TestContext.Current.CancellationToken))!.ObservedActors);
    }

    [Fact]
    public async Task One_tenant_does_not_see_what_another_stored_under_the_same_id()
    {
        await using var services = await StoreAsync();
        await using var write = services.GetRequiredService<IDocumentStore>().LightweightSession("one");
        write.Store(new Baseline { Id = "1/x", AccountId = "1", ResourceType = "x" });
        await write.SaveChangesAsync(TestContext.Current.CancellationToken);

        await using var read = services.GetRequiredService<IDocumentStore>().QuerySession("two");

        Assert.Null(await read.LoadAsync<Baseline>("1/x", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Of_documents_that_are_written_often_PostgreSQL_keeps_few_statistics_and_none_of_their_JSON()
    {
        await using var connection = new NpgsqlConnection(await postgres.NewDatabaseAsync());
        await connection.OpenAsync(TestContext.Current.CancellationToken);

        var targets = await connection.QueryAsync(
            """
            select coalesce(x.indrelid, c.oid)::regclass::text, case when x.indexrelid is null then a.attname::text else 'an expression' end, coalesce(a.attstattarget, -1)::int
            from pg_attribute a join pg_class c on c.oid = a.attrelid left join pg_index x on x.indexrelid = c.oid
            where coalesce(x.indrelid, c.oid)::regclass::text like 'mt\_doc\_%' and c.relkind in ('r', 'i') and a.attnum > 0 and (x.indexrelid is null or x.indkey[a.attnum - 1] = 0)
            """, row => (Table: row.GetString(0), Column: row.GetString(1), Target: row.GetInt32(2)), TestContext.Current.CancellationToken);

        string[] lean = ["mt_doc_baselines", "mt_doc_cost_events_before", "mt_doc_cost_events_default", "mt_doc_ended_resources", "mt_doc_running_resources", "mt_doc_spend_hours"];
        var months = targets.Select(t => t.Table).Where(name => name.StartsWith("mt_doc_cost_events_m20", StringComparison.Ordinal)).Distinct().ToList();
        Assert.Equal(2, months.Count);
        Assert.Contains((months[0], "an expression", 20), targets);
        Assert.Empty(lean.Except(targets.Where(t => t.Target == 0).Select(t => t.Table)));
        Assert.All(targets.GroupBy(t => t.Table), table => Assert.True(
            table.All(t => t.Target == -1) || table.All(t => t.Target == (t.Column == "data" ? 0 : 20)), string.Join(' ', table)));
        Assert.Contains(("mt_doc_anomaly_cases", "data", -1), targets);
    }

    [Fact]
    public async Task Every_index_on_columns_begins_with_the_tenant()
    {
        await using var connection = new NpgsqlConnection(await postgres.NewDatabaseAsync());
        await connection.OpenAsync(TestContext.Current.CancellationToken);

        var others = await connection.QueryAsync(
            """
            select indexdef from pg_indexes where indexdef like '%USING btree%' and indexdef not like '%(tenant_id%'
                and tablename in (select table_name from information_schema.columns where table_name like 'mt_doc_%' and column_name = 'tenant_id')
            """,
            row => row.GetString(0), TestContext.Current.CancellationToken);

        Assert.Empty(others);
    }

    [Fact]
    public async Task The_seeds_fields_of_a_cost_event_are_columns()
    {
        await using var connection = new NpgsqlConnection(await postgres.NewDatabaseAsync());
        await connection.OpenAsync(TestContext.Current.CancellationToken);

        var columns = await connection.QueryAsync(
            "select column_name || ' ' || data_type from information_schema.columns where table_name = 'mt_doc_cost_events'",
            row => row.GetString(0), TestContext.Current.CancellationToken);

        Assert.Superset(
            new HashSet<string> { "id uuid", "tenant_id character varying", "account_id character varying", "data jsonb", "severity character varying", "created_at timestamp with time zone" },
            columns.ToHashSet());
    }

    private async Task<ServiceProvider> StoreAsync() =>
        new ServiceCollection().AddDomain(await postgres.NewDatabaseAsync()).BuildServiceProvider();
}
