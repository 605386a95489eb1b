using DdocCost.Domain;
using DdocCost.Domain.Scoring;
using DdocCost.Domain.Storage;
using DdocCost.Jobs.Upkeep;
using DdocCost.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using static DdocCost.Tests.Support.TrailRecords;

namespace DdocCost.Tests.Jobs;

/// <summary>Records begin on 7 September 2026, and the database was made on that day.</summary>
public sealed class CostEventRetentionTests(PostgresServer postgres)
{
    private const int Day = 86_400;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Months_go_when_their_last_day_is_old_enough_and_nothing_goes_without_a_number_of_days()
    {
        using var folder = new TempFolder();
        await using var pipeline = await FilledAsync(folder.Path, RunInstance(-10 * Day), RunInstance(-9 * Day), RunInstance(1), RunInstance(28 * Day));

        var none = await JobAsync(pipeline, null, Start.AddDays(80));
        var inSeptember = await JobAsync(pipeline, 30, Start.AddDays(43)); // 20 October: a part of September is old enough, August is as a whole
        var again = await JobAsync(pipeline, 30, Start.AddDays(43));
        var inNovember = await JobAsync(pipeline, 30, Start.AddDays(59));

        Assert.Equal((0L, 2L, 0L, 1L), (none, inSeptember, again, inNovember));
        Assert.Equal("default 0, m202610 1, m202611 0, m202612 0", await RowsAsync(pipeline));
    }

    [Fact]
    public async Task Events_of_open_cases_stay_and_the_rest_of_their_month_goes()
    {
        using var folder = new TempFolder();
        await using var pipeline = await FilledAsync(folder.Path, RunInstance(1), RunInstance(2), RunInstance(3));
        await pipeline.ScalarAsync<object>("update mt_doc_cost_events set case_id = 'open' where time = (select min(time) from mt_doc_cost_events) returning null");
        await pipeline.ScalarAsync<object>("insert into mt_doc_anomaly_cases (tenant_id, id, data, account_id) select 'acme', 'open', '{}', '111122223333' returning null");

        Assert.Equal(2, await JobAsync(pipeline, 30, Start.AddDays(70)));

        Assert.Equal(1, await pipeline.ScalarAsync<long>("select count(*) from mt_doc_cost_events_m202609"));
    }

    [Fact]
    public async Task A_time_without_a_month_is_kept_apart_until_its_month_comes_and_deleted_in_the_end()
    {
        using var folder = new TempFolder();
        await using var pipeline = await FilledAsync(folder.Path, RunInstance(1), RunInstance(70 * Day), RunInstance(1000 * Day));
        Assert.Equal("before 0, default 2, m202609 1, m202610 0", await RowsAsync(pipeline));

        await JobAsync(pipeline, null, Start.AddDays(70));
        var moved = await RowsAsync(pipeline);
        await JobAsync(pipeline, 30, Start.AddDays(2000));

        Assert.Equal("before 0, default 1, m202609 1, m202610 0, m202611 1, m202612 0", moved);
        Assert.Equal(0, await pipeline.ScalarAsync<long>("select count(*) from mt_doc_cost_events"));
    }

    [Fact]
    public async Task A_record_counts_once_even_where_a_damaged_copy_names_another_month()
    {
        using var folder = new TempFolder();
        var record = RunInstance(1);
        await using var pipeline = await FilledAsync(folder.Path, record);

        await pipeline.TakeAsync("acme", Delivery("damaged", Log(record.Replace("2026-09", "2026-10", StringComparison.Ordinal), RunInstance(5))));
        await pipeline.DrainedAsync("acme");

        Assert.Equal(2, await pipeline.ScalarAsync<long>("select count(*) from mt_doc_cost_events"));
    }

    [Fact]
    public async Task A_table_of_before_becomes_the_first_month_and_nothing_of_it_is_lost_or_counted_again()
    {
        using var folder = new TempFolder();
        string[] records = [RunInstance(-40 * Day), RunInstance(1), RunInstance(100 * Day)];
        await using var pipeline = await FilledAsync(folder.Path, records);
        // As the versions before made it: one table, and its key without the time.
        await pipeline.ScalarAsync<object>(
            """
            create table plain (like mt_doc_cost_events including defaults);
            insert into plain select * from mt_doc_cost_events;
            drop table mt_doc_cost_events;
            alter table plain rename to mt_doc_cost_events;
            alter table mt_doc_cost_events alter column time drop not null;
            alter table mt_doc_cost_events add constraint pkey_mt_doc_cost_events_tenant_id_id primary key (tenant_id, id);
            create index mt_doc_cost_events_idx_account_id on mt_doc_cost_events using btree (tenant_id, account_id, time);
            create index mt_doc_cost_events_idx_created_at on mt_doc_cost_events using brin (created_at);
            """);

        await MigrateAsync(pipeline.Get<NpgsqlDataSource>().ConnectionString, Start);
        await MigrateAsync(pipeline.Get<NpgsqlDataSource>().ConnectionString, Start.AddDays(1));
        await pipeline.TakeAsync("acme", Delivery("again", Log([.. records, RunInstance(7)])));
        await pipeline.DrainedAsync("acme");

        Assert.Equal("before 3, default 1, m202610 0", await RowsAsync(pipeline));
        await pipeline.Get<Marten.IDocumentStore>().Storage.Database.AssertDatabaseMatchesConfigurationAsync(Stop);
    }

    private async Task<Pipeline> FilledAsync(string folder, params string[] records)
    {
        var database = await postgres.NewEmptyDatabaseAsync();
        await MigrateAsync(database, Start);
        var pipeline = new Pipeline(database, folder);
        await pipeline.TakeAsync("acme", Delivery("a", Log(records)));
        await pipeline.StartAsync();
        await pipeline.DrainedAsync("acme");
        return pipeline;
    }

    private static async Task MigrateAsync(string database, DateTimeOffset now)
    {
        await using var services = new ServiceCollection().AddSingleton<TimeProvider>(new FakeTimeProvider(now)).AddDomain(database).BuildServiceProvider();
        await services.GetRequiredService<Migrations>().ApplyAsync((_, _) => { }, Stop);
    }

    private static Task<long> JobAsync(Pipeline pipeline, int? days, DateTimeOffset now) => new CostEventRetentionJob(
        pipeline.Get<NpgsqlDataSource>(), Options.Create(new RetentionOptions { CostEventDays = days }), new FakeTimeProvider(now),
        NullLogger<CostEventRetentionJob>.Instance).RunAsync(Stop);

    private static Task<string> RowsAsync(Pipeline pipeline) => pipeline.ScalarAsync<string>(
        $"""
        select string_agg(substr(inhrelid::regclass::text, {CostEventPartitions.Table.Length + 2}) || ' ' || (
            select count(*) from {CostEventPartitions.Table} e where e.tableoid = inhrelid), ', ' order by inhrelid::regclass::text collate "C")
        from pg_inherits where inhparent = '{CostEventPartitions.Table}'::regclass
        """)!;
}
