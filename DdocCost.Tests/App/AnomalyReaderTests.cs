using DdocCost.App;
using DdocCost.App.Anomalies;
using DdocCost.App.Events;
using DdocCost.App.Exposure;
using DdocCost.App.Overview;
using DdocCost.App.Shell;
using DdocCost.Domain;
using DdocCost.Domain.Anomalies;
using DdocCost.Domain.Scoring;
using DdocCost.Domain.Storage;
using DdocCost.Tests.Support;
using Marten;
using Microsoft.Extensions.DependencyInjection;

namespace DdocCost.Tests.App;

public sealed class AnomalyReaderTests(PostgresServer postgres)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, null, null, null, "open-critical,open-info")]
    [InlineData("closed", null, null, null, "closed")]
    [InlineData("all", null, null, null, "open-critical,open-info,closed")]
    [InlineData("all", "critical", null, null, "open-critical,closed")]
    [InlineData("all", "nonsense", null, null, "open-critical,open-info,closed")]
    [InlineData(null, null, "999999999999", null, "")]
    [InlineData(null, null, null, "QUIET", "open-info")]
    [InlineData(null, null, null, "%", "")]
    public async Task The_list_follows_its_filter(string? state, string? severity, string? account, string? text, string expected)
    {
        await using var services = await StoreAsync(
            Some.Case("open-critical", at: Some.Now.AddHours(-1)), Some.Case("open-info", Severity.Info, title: "a quiet one", at: Some.Now.AddHours(-2)),
            Some.Case("closed", closedAt: Some.Now, at: Some.Now.AddHours(-3)));

        var view = await services.GetRequiredService<AnomalyReader>().ListAsync(Sight.OfAll("t"), AnomalyFilter.Of(state, severity, account, text, 1), Cancelled);

        Assert.Equal(expected, string.Join(',', view.Cases.Items.Select(anomaly => anomaly.Id)));
    }

    [Fact]
    public async Task A_long_list_is_paged()
    {
        await using var services = await StoreAsync([.. Enumerable.Range(0, Page.Size + 3).Select(i => Some.Case($"case-{i:000}", at: Some.Now.AddMinutes(-i)))]);
        var reader = services.GetRequiredService<AnomalyReader>();

        var first = await reader.ListAsync(Sight.OfAll("t"), AnomalyFilter.Of(null, null, null, null, 1), Cancelled);
        var second = await reader.ListAsync(Sight.OfAll("t"), AnomalyFilter.Of(null, null, null, null, 2), Cancelled);

        Assert.True(first.Cases.HasMore);
        Assert.Equal(["case-050", "case-051", "case-052"], second.Cases.Items.Select(anomaly => anomaly.Id));
        Assert.False(second.Cases.HasMore);
    }

    [Fact]
    public async Task A_case_comes_with_its_events_what_still_runs_and_how_to_end_it()
    {
        await using var services = await StoreAsync(
            Some.Case(running: ["i-0a", "i-0b"]), Some.Running("i-0a", usdPerHour: 1), Some.Running("i-0b", usdPerHour: 2), Some.Running("i-0c"), Some.Event(), Some.Event(caseId: null));

        var view = await services.GetRequiredService<AnomalyReader>().OneAsync(Sight.OfAll("t"), "case-1", Cancelled);

        Assert.Single(view!.Events);
        Assert.Equal(["i-0b", "i-0a"], view.Running.Select(resource => resource.ResourceId));
        Assert.Contains("--instance-ids i-0b i-0a", view.Undo.Commands[0].Command, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("none", "fresh,slept")]
    [InlineData("acknowledged", "seen")]
    [InlineData("snoozed", "asleep")]
    [InlineData("expected", "expected")]
    [InlineData("wrong", "wrong")]
    [InlineData("nonsense", "asleep,expected,fresh,seen,slept,wrong")]
    public async Task Cases_are_found_by_what_people_said(string answer, string expected)
    {
        var hush = new CaseHush("alice", Some.Now, 10);
        await using var services = await StoreAsync(
            Some.Case("fresh"), Some.Case("seen") with { Acknowledged = hush }, Some.Case("asleep") with { Snoozed = hush with { Until = Some.Now.AddHours(2) } },
            Some.Case("slept") with { Snoozed = hush with { Until = Some.Now.AddHours(-2) } },
            Some.Case("expected", closedAt: Some.Now) with { End = CaseEnd.Expected }, Some.Case("wrong", closedAt: Some.Now) with { End = CaseEnd.Wrong });

        var view = await services.GetRequiredService<AnomalyReader>().ListAsync(Sight.OfAll("t"), AnomalyFilter.Of("all", null, null, null, 1, null, answer), Cancelled);

        Assert.Equal(expected, string.Join(',', view.Cases.Items.Select(anomaly => anomaly.Id).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task The_cases_that_one_message_told_together_are_listed()
    {
        await using var services = await StoreAsync(Some.Case("one"), Some.Case("two", closedAt: Some.Now), Some.Case("other"));
        await using var connection = await services.GetRequiredService<Npgsql.NpgsqlDataSource>().OpenConnectionAsync(Cancelled);
        await connection.ExecuteAsync(
            """
            with told as (
                insert into notify.facts (tenant_id, fact_id, account_id, thread_key, kind, severity, headline, notice, self_test, written_at, route_at)
                select 't', gen_random_uuid(), '', thread, 'case-opened', 'Warning', '', '{}', false, now(), now() from unnest(array['one', 'two', 'other']) as thread
                returning seq, thread_key)
            insert into notify.messages (tenant_id, id, fact_seq, channel_id, kind, state, due_at, queued_at, storm_id)
            select 't', gen_random_uuid(), seq, 'c', 'case-opened', 'collapsed', now(), now(), case when thread_key = 'other' then null else $1 end from told
            """,
            Cancelled, new Guid(1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
        var reader = services.GetRequiredService<AnomalyReader>();
        var storm = AnomalyFilter.Of(null, null, null, null, 1, "00000001-0000-0000-0000-000000000000");

        Assert.Equal(["one", "two"], (await reader.ListAsync(Sight.OfAll("t"), storm, Cancelled)).Cases.Items.Select(anomaly => anomaly.Id).Order(StringComparer.Ordinal));
        Assert.Empty((await reader.ListAsync(Sight.OfAll("another"), storm, Cancelled)).Cases.Items);
    }

    [Fact]
    public async Task Another_tenant_finds_no_case()
    {
        await using var services = await StoreAsync(Some.Case());

        Assert.Null(await services.GetRequiredService<AnomalyReader>().OneAsync(Sight.OfAll("another"), "case-1", Cancelled));
    }

    [Fact]
    public void What_ends_by_itself_costs_until_then_only()
    {
        var now = Some.Now;
        var job = Some.Running("job", "sagemaker:training-job", 10) with { EndsBy = now.AddHours(2) };
        var view = new AnomalyView(Some.Case(usdPerHour: 15), new DdocCost.Domain.Anomalies.CaseTriage { Id = "x" }, [], [job, Some.Running("i-1", usdPerHour: 5)], new DdocCost.Domain.Undo.UndoPlan([], []), now);

        Assert.Equal(15m, view.IfLeft(TimeSpan.FromHours(1)));
        Assert.Equal((5m * 24) + 20, view.IfLeft(TimeSpan.FromHours(24)));
        Assert.Equal(5, (view with { Now = now.AddHours(3) }).RateNow);
        Assert.Equal(0, (view with { Case = Some.Case(closedAt: now) }).IfLeft(TimeSpan.FromHours(24)));
    }

    [Theory]
    [InlineData("cost", "dear,cheap,unpriced")]
    [InlineData("spent", "cheap,dear,unpriced")]
    [InlineData("oldest", "cheap,unpriced,dear")]
    [InlineData("newest", "dear,unpriced,cheap")]
    [InlineData("'; drop table x", "dear,cheap,unpriced")]
    public async Task What_runs_is_sorted_and_the_unpriced_is_never_dearest(string sort, string expected)
    {
        var at = Some.Now;
        await using var services = await StoreAsync(
            Some.Running("dear", usdPerHour: 10) with { Since = at.AddHours(-1) }, Some.Running("cheap", usdPerHour: 1) with { Since = at.AddHours(-100) },
            Some.Running("unpriced", usdPerHour: null) with { Since = at.AddHours(-50) });

        var view = await services.GetRequiredService<ExposureReader>().ReadAsync(Sight.OfAll("t"), ExposureFilter.Of(null, null, null, null, null, null, sort, 1), OverviewPeriod.Of(null), Cancelled);

        Assert.Equal(expected, string.Join(',', view.Resources.Items.Select(resource => resource.ResourceId)));
        Assert.Equal((3, 11m), (view.Count, view.UsdPerHour));
    }

    [Fact]
    public async Task What_runs_is_filtered_and_its_shares_are_of_all()
    {
        await using var services = await StoreAsync(Some.Running("i-1", usdPerHour: 3), Some.Running("orders", "rds:db", 4, service: "rds"));

        var view = await services.GetRequiredService<ExposureReader>().ReadAsync(Sight.OfAll("t"), ExposureFilter.Of(Some.Account, null, "rds", Some.Alice.Id, null, "ORD", null, 1), OverviewPeriod.Of(null), Cancelled);

        Assert.Equal("orders", Assert.Single(view.Resources.Items).ResourceId);
        Assert.Equal([("rds", 4m), ("ec2", 3m)], view.ByService.Select(share => (share.Key, share.UsdPerHour)));
    }

    [Theory]
    [InlineData("all", 4)]
    [InlineData("alerted", 1)]
    [InlineData("quiet", 3)]
    [InlineData("unpriced", 1)]
    [InlineData("refused", 1)]
    public async Task Events_are_shown_by_what_became_of_them(string show, int expected)
    {
        await using var services = await StoreAsync(
            Some.Event(), Some.Event(null, Severity.None), Some.Event(null, Severity.None, null), Some.Event(null, Severity.None, 0, error: "Client.UnauthorizedOperation"));

        var page = await services.GetRequiredService<EventReader>().ReadAsync(Sight.OfAll("t"), EventFilter.Of(Some.Account, "ec2", Some.Alice.Id, show, 1), Cancelled);

        Assert.Equal(expected, page.Items.Count);
    }

    private async Task<ServiceProvider> StoreAsync(params object[] documents)
    {
        var services = new ServiceCollection()
            .AddDomain(await postgres.NewDatabaseAsync())
            .AddAppStorage()
            .AddPageReaders()
            .BuildServiceProvider();
        await services.GetRequiredService<Migrations>().ApplyAsync((_, _) => { }, Cancelled);
        await using var session = services.GetRequiredService<IDocumentStore>().LightweightSession("t");
        session.StoreObjects(documents);
        await session.SaveChangesAsync(Cancelled);
        return services;
    }
}
