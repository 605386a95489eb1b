using DdocCost.App.Detection;
using DdocCost.App.Shell;
using DdocCost.Domain;
using DdocCost.Domain.Anomalies;
using DdocCost.Domain.Scoring;
using DdocCost.Domain.Tuning;
using DdocCost.Tests.Support;
using Marten;
using Microsoft.Extensions.DependencyInjection;

namespace DdocCost.Tests.App.Detection;

public sealed class DetectionReaderTests(PostgresServer postgres)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, null, "1/ec2:instance,1/rds:db,2/ec2:instance")]
    [InlineData("1", null, "1/ec2:instance,1/rds:db")]
    [InlineData(null, "EC2", "1/ec2:instance,2/ec2:instance")]
    [InlineData(null, "bob", "2/ec2:instance")]
    [InlineData("3", null, "")]
    public async Task Baselines_are_found_by_account_type_and_actor_the_most_experienced_first(string? account, string? text, string expected)
    {
        await using var services = await StoreAsync(
            Baseline("1", "ec2:instance", 30, "alice"), Baseline("1", "rds:db", 20, "alice"), Baseline("2", "ec2:instance", 10, "bob"),
            Some.Hour(Some.Now, 1, 1), Some.Hour(Some.Now, 1, 1, "rds"));

        var view = await ReadAsync(services, DetectionFilter.Of(null, account, text, null, null));

        Assert.Equal(expected, string.Join(',', view.Baselines.Items.Select(baseline => baseline.Id)));
        Assert.Equal(["ec2", "rds"], view.Services);
    }

    [Fact]
    public async Task An_account_is_summed_up_in_a_line()
    {
        var day = new DateTimeOffset(2026, 9, 7, 0, 0, 0, TimeSpan.Zero);
        await using var services = await StoreAsync(
            Baseline("1", "ec2:instance", 30, "alice"),
            new AccountProfile { Id = "1", KnownSince = day, Clock = day.AddDays(9), UsualUsdPerHour = 1.5, Actors = [new NamedTrack("alice", new Track()), new NamedTrack("bob", new Track())] });

        var account = Assert.Single((await ReadAsync(services, DetectionFilter.Of(null, null, null, null, null))).Accounts);

        Assert.Equal(new KnownAccount("1", day, day.AddDays(9), 1.5, 2, 0, 1), account);
    }

    [Fact]
    public async Task Tells_at_which_hours_of_the_week_something_is_started()
    {
        var day = new DateTimeOffset(2026, 9, 7, 0, 0, 0, TimeSpan.Zero);
        var rhythm = new Rhythm();
        foreach (var at in new[] { day.AddHours(9), day.AddDays(7).AddHours(9), day.AddDays(7).AddHours(33) })
        {
            rhythm.Learn(at);
        }

        await using var services = await StoreAsync(new AccountProfile { Id = "1", KnownSince = day, Clock = day.AddDays(9), Rhythm = rhythm });

        var hours = (await ReadAsync(services, DetectionFilter.Of(null, null, null, null, null))).Hours!;

        Assert.Equal(("Monday 09:00", 100, 0), (hours.Name(9), hours.Percent(9), hours.Percent(10)));
        Assert.InRange(hours.Percent(33), 50, 60); // one week of two, the later one
        Assert.Contains("100 % of the weeks", hours.Says(9), StringComparison.Ordinal);
        Assert.Contains("Monday the most", hours.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_people_said_is_counted()
    {
        await using var services = await StoreAsync(
            Some.Case("a"), Some.Case("b", closedAt: Some.Now) with { End = CaseEnd.Wrong }, Some.Case("c", closedAt: Some.Now) with { End = CaseEnd.Expected },
            Some.Case("quiet", Severity.Info) with { End = CaseEnd.Wrong });

        Assert.Equal(new CaseQuality(3, 1, 1), (await ReadAsync(services, DetectionFilter.Of("expected", null, null, null, null))).Quality);
    }

    [Fact]
    public async Task Another_tenant_sees_nothing_of_it()
    {
        await using var services = await StoreAsync(
            Baseline("1", "ec2:instance", 30, "alice"), new AccountProfile { Id = "1" }, new DetectionSettings { Rules = [new SensitivityRule(null, null, new Sensitivity(7, Eagerness.Eager))] });

        foreach (var tab in Enum.GetNames<DetectionTab>())
        {
            var view = await ReadAsync(services, DetectionFilter.Of(tab, null, null, null, null), "another");
            Assert.Equal((0, 0, 0, 0), (view.Accounts.Count, view.Services.Count, view.Settings.Rules.Count, view.Baselines.Items.Count));
        }
    }

    [Fact]
    public void The_more_was_seen_the_surer_it_is()
    {
        var little = BaselineText.Sureness(Baseline("1", "x", 1, "a") with { EventMoney = new Moments(1, 2, 0) });
        var much = BaselineText.Sureness(Baseline("1", "x", 1, "a") with { EventMoney = new Moments(30, 2, 1) });

        Assert.Equal(("hardly known", "well known"), (little.Words, much.Words));
    }

    private static Baseline Baseline(string account, string type, int events, string actor) => new()
    {
        Id = $"{account}/{type}", AccountId = account, ResourceType = type, EventCount = events, ObservedActors = [actor],
    };

    private static Task<DetectionView> ReadAsync(ServiceProvider services, DetectionFilter filter, string tenant = "t") =>
        services.GetRequiredService<DetectionReader>().ReadAsync(Sight.OfAll(tenant), filter, Stop);

    private async Task<ServiceProvider> StoreAsync(params object[] documents)
    {
        var services = new ServiceCollection().AddDomain(await postgres.NewDatabaseAsync()).AddPageReaders().BuildServiceProvider();
        await using var session = services.GetRequiredService<IDocumentStore>().LightweightSession("t");
        session.StoreObjects(documents);
        await session.SaveChangesAsync(Stop);
        return services;
    }
}
