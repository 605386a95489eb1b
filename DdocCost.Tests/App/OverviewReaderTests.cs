using DdocCost.App.Overview;
using DdocCost.App.Shell;
using DdocCost.Domain;
using DdocCost.Domain.Normalise;
using DdocCost.Domain.Scoring;
using DdocCost.Tests.Support;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace DdocCost.Tests.App;

public sealed class OverviewReaderTests(PostgresServer postgres)
{
    private static readonly DateTimeOffset Now = new(2026, 3, 10, 12, 30, 0, TimeSpan.Zero);

    private static readonly Actor Bob = new("user/bob", "bob", ActorKind.Person, null);

    private static DateTimeOffset Hour(int back) => new DateTimeOffset(2026, 3, 10, 12, 0, 0, TimeSpan.Zero).AddHours(-back);

    [Fact]
    public async Task Exposure_is_what_is_billed_now_without_what_is_stopped_or_has_ended_by_itself()
    {
        await using var services = await StoreAsync(
            Some.Running("i-1", usdPerHour: 10), Some.Running("i-2", usdPerHour: 2.5m), Some.Running("i-3", usdPerHour: null),
            Some.Running("i-4", usdPerHour: 0) with { PausedAt = Now.AddHours(-1) }, Some.Running("i-7", usdPerHour: 0.5m) with { PausedAt = Now.AddHours(-1) }, Some.Running("i-5", usdPerHour: 100) with { EndsBy = Now.AddMinutes(-1) },
            Some.Running("i-6", usdPerHour: 1) with { EndsBy = Now.AddMinutes(1) });

        var view = await ReadAsync(services);

        Assert.Equal(new Exposure(14m, 5, 1, 1), view.Exposure);
    }

    [Fact]
    public async Task The_course_ends_at_the_exposure_and_goes_back_by_what_each_hour_added_net()
    {
        await using var services = await StoreAsync(
            Some.Running("i-1", usdPerHour: 50), Some.Hour(Hour(0), 5, 5), Some.Hour(Hour(1), 20, 15), Some.Hour(Hour(1), 4, 4, by: Bob), Some.Hour(Hour(30), 99, 99));

        var course = (await ReadAsync(services)).Course;

        Assert.Equal(new StepPoint(Now, 50), course[^1]);
        Assert.Equal(new StepPoint(Hour(0), 45), course[^2]);
        Assert.Equal(new StepPoint(Hour(1), 26), course[^3]);
        Assert.Equal(new StepPoint(Hour(24), 26), course[0]);
        Assert.Equal(26, course.Count);
    }

    [Fact]
    public async Task Spend_added_is_summed_by_account_service_and_actor_within_the_period()
    {
        await using var services = await StoreAsync(
            Some.Hour(Hour(1), 20, 1), Some.Hour(Hour(2), 5, 1, "rds", Bob), Some.Hour(Hour(3), 1, 1, by: Bob, account: "444455556666"), Some.Hour(Hour(26), 500, 1));

        var added = (await ReadAsync(services)).Added;

        Assert.Equal([(Some.Account, 25m), ("444455556666", 1m)], added.ByAccount.Select(bar => (bar.Label, bar.Value)));
        Assert.Equal([("ec2", 21m), ("rds", 5m)], added.ByService.Select(bar => (bar.Label, bar.Value)));
        Assert.Equal([("alice", 20m), ("bob", 6m)], added.ByActor.Select(bar => (bar.Label, bar.Value)));
        Assert.Equal("/events?actor=user%2Fbob", added.ByActor[1].Href);
    }

    [Fact]
    public async Task Open_cases_are_counted_by_loudness_and_those_that_ended_are_not()
    {
        await using var services = await StoreAsync(
            Some.Case("a", usdPerHour: 5), Some.Case("b", Severity.Warning, 2), Some.Case("c", Severity.Info, 1), Some.Case("d", closedAt: Now), Some.Case("e") with { EndsBy = Now.AddMinutes(-1) });

        var view = await ReadAsync(services);

        Assert.Equal(new OpenCases(1, 1, 1, 8), view.OpenCases);
        Assert.Equal(5, view.Feed.Count);
    }

    [Fact]
    public async Task Another_tenants_figures_are_not_in_it()
    {
        await using var services = await StoreAsync(Some.Running(), Some.Case(), Some.Hour(Hour(1), 20, 20), Some.Event());

        var view = await services.GetRequiredService<OverviewReader>().ReadAsync(Sight.OfAll("another"), OverviewPeriod.Of(null), TestContext.Current.CancellationToken);

        Assert.True(view.IsEmpty);
        Assert.Equal(0, view.Exposure.UsdPerHour);
        Assert.Empty(view.Added.ByAccount);
    }

    [Fact]
    public async Task Counters_are_the_sum_over_the_accounts()
    {
        await using var services = await StoreAsync();
        await using var command = services.GetRequiredService<NpgsqlDataSource>().CreateCommand(
            "insert into pipeline.accounts (tenant_id, account_id, records, cost_bearing, free, quarantined, duplicates, priced, unpriced) "
            + "values ('t', '1', 10, 4, 5, 1, 0, 3, 1), ('t', '2', 100, 40, 60, 0, 0, 40, 0), ('another', '1', 7, 7, 0, 0, 0, 7, 0)");
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        Assert.Equal(new Counters(110, 44, 43, 1, 1), (await ReadAsync(services)).Counters);
    }

    [Fact]
    public async Task A_statement_that_forgets_the_tenant_is_refused()
    {
        await using var services = await StoreAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => services.GetRequiredService<TenantSql>().RowsAsync(
            Sight.OfAll("t"), "select count(*) from mt_doc_anomaly_cases where @seen", row => row.GetInt64(0), new Dictionary<string, object>(), TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<ArgumentException>(() => services.GetRequiredService<TenantSql>().OfTenantAsync(
            "t", "select count(*) from mt_doc_anomaly_cases", row => row.GetInt64(0), new Dictionary<string, object>(), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_statement_about_accounts_that_forgets_who_sees_them_is_refused()
    {
        await using var services = await StoreAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => services.GetRequiredService<TenantSql>().RowsAsync(
            Sight.OfAll("t"), "select count(*) from mt_doc_anomaly_cases where tenant_id = @tenant", row => row.GetInt64(0), new Dictionary<string, object>(), TestContext.Current.CancellationToken));
    }

    private static Task<OverviewView> ReadAsync(IServiceProvider services) =>
        services.GetRequiredService<OverviewReader>().ReadAsync(Sight.OfAll("t"), OverviewPeriod.Of("24h"), TestContext.Current.CancellationToken);

    private async Task<ServiceProvider> StoreAsync(params object[] documents)
    {
        var services = new ServiceCollection()
            .AddSingleton<TimeProvider>(new FakeTimeProvider(Now))
            .AddDomain(await postgres.NewDatabaseAsync())
            .AddPageReaders()
            .BuildServiceProvider();
        await using var session = services.GetRequiredService<IDocumentStore>().LightweightSession("t");
        session.StoreObjects(documents);
        await session.SaveChangesAsync(TestContext.Current.CancellationToken);
        return services;
    }
}
