using DdocCost.Jobs.Upkeep;
using DdocCost.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using static DdocCost.Tests.Support.TrailRecords;

namespace DdocCost.Tests.Jobs;

public sealed class CostEventRetentionTests(PostgresServer postgres)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Events_beyond_their_days_go_but_for_those_of_open_cases_and_nothing_goes_without_a_number_of_days()
    {
        using var folder = new TempFolder();
        await using var pipeline = new Pipeline(await postgres.NewDatabaseAsync(), folder.Path);
        await pipeline.TakeAsync("acme", Delivery("a", Log(RunInstance(1), RunInstance(2), RunInstance(86_400 * 5))));
        await pipeline.StartAsync();
        await pipeline.DrainedAsync("acme");
        await pipeline.ScalarAsync<object>("update mt_doc_cost_events set case_id = 'open' where time = (select min(time) from mt_doc_cost_events) returning null");
        await pipeline.ScalarAsync<object>("insert into mt_doc_anomaly_cases (tenant_id, id, data, account_id) select 'acme', 'open', '{}', '111122223333' returning null");
        var clock = new FakeTimeProvider(Start.AddDays(33));

        var none = await JobAsync(pipeline, null, clock);
        var some = await JobAsync(pipeline, 30, clock);
        var again = await JobAsync(pipeline, 30, clock);

        Assert.Equal((0L, 1L, 0L), (none, some, again));
        Assert.Equal(2, await pipeline.ScalarAsync<long>("select count(*) from mt_doc_cost_events"));
    }

    private static Task<long> JobAsync(Pipeline pipeline, int? days, TimeProvider clock) =>
        new CostEventRetentionJob(pipeline.Get<NpgsqlDataSource>(), Options.Create(new RetentionOptions { CostEventDays = days }), clock, NullLogger<CostEventRetentionJob>.Instance).RunAsync(Stop);
}
