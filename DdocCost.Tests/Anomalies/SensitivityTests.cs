using CsCheck;
using DdocCost.Domain.Audit;
using DdocCost.Domain.Scoring;
using DdocCost.Domain.Tuning;
using DdocCost.Tests.Support;

namespace DdocCost.Tests.Anomalies;

/// <summary>Plain words become parameters in one place, and the most particular rule holds.</summary>
public sealed class SensitivityTests(PostgresServer postgres) : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_default_words_are_the_default_parameters() =>
        Assert.Equal(DetectionOptions.Default, Sensitivity.Default.Over(DetectionOptions.Default));

    [Fact]
    public void Less_money_that_matters_or_more_eagerness_never_lowers_a_score() =>
        Gen.Select(Gen.Double[0, 1e5], Gen.Double[-5, 15], Gen.Double[1, 1e5], Gen.Double[1, 1e5]).Sample((usd, evidence, one, other) =>
        {
            var (less, more) = (Math.Min(one, other), Math.Max(one, other));
            double Score(double usdPerDay, Eagerness eagerness)
            {
                var options = new Sensitivity(usdPerDay, eagerness).Over(DetectionOptions.Default);
                return Evidence.Score(usd * Evidence.Chance(evidence, options.BaseRate), options.InterruptionUsd);
            }

            Assert.True(Score(less, Eagerness.Balanced) >= Score(more, Eagerness.Balanced));
            Assert.True(Score(one, Eagerness.Quiet) <= Score(one, Eagerness.Balanced));
            Assert.True(Score(one, Eagerness.Balanced) <= Score(one, Eagerness.Eager));
        });

    [Fact]
    public void Nothing_that_is_learned_depends_on_it()
    {
        var tuned = new Sensitivity(500, Eagerness.Eager).Over(DetectionOptions.Default);

        Assert.Equal(DetectionOptions.Default, tuned with { InterruptionUsd = DetectionOptions.Default.InterruptionUsd, BaseRate = DetectionOptions.Default.BaseRate });
    }

    [Theory]
    [InlineData("1", "ec2", 1)]
    [InlineData("1", "rds", 2)]
    [InlineData("2", "ec2", 3)]
    [InlineData("2", "rds", 4)]
    public void The_most_particular_rule_holds(string account, string service, double expected)
    {
        var settings = new DetectionSettings { Rules = [Rule(null, null, 4), Rule(null, "ec2", 3), Rule("1", null, 2), Rule("1", "ec2", 1)] };

        Assert.Equal(expected, settings.For(account, service).UsdPerDay);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(100_001)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Money_that_makes_no_sense_is_refused(double usd) => Assert.NotNull(DetectionSettings.Problem([Rule(null, null, usd)]));

    [Fact]
    public void Two_rules_for_the_same_are_refused() => Assert.NotNull(DetectionSettings.Problem([Rule("1", null, 5), Rule("1", null, 6)]));

    [Fact]
    public async Task A_change_is_kept_and_logged_and_holds_for_its_tenant_alone()
    {
        await using var pipeline = new Pipeline(await postgres.NewDatabaseAsync(), _folder["archive"]);
        var desk = pipeline.Get<SettingsDesk>();

        Assert.Null(await desk.SaveAsync("t", DetectionSettings.None, [Rule(null, null, 50), Rule("1", "ec2", 5)], "alice", Mouth.Page, Stop));
        var read = await desk.ReadAsync("t", Stop);
        Assert.Null(await desk.SaveAsync("t", read, [Rule(null, null, 40)], "bob", Mouth.Page, Stop));

        Assert.Equal(40, (await desk.ReadAsync("t", Stop)).For("1", "ec2").UsdPerDay);
        Assert.Equal(Sensitivity.Default, (await desk.ReadAsync("another", Stop)).For("1", "ec2"));
        Assert.Equal(
            [("alice", "sensitivity/*/*", "50 USD a day, balanced"), ("alice", "sensitivity/1/ec2", "5 USD a day, balanced"),
                ("bob", "sensitivity/*/*", "50 USD a day, balanced → 40 USD a day, balanced"), ("bob", "sensitivity/1/ec2", "5 USD a day, balanced → removed")],
            (await pipeline.DocumentsAsync<AuditEntry>("t")).Select(entry => (entry.By, entry.Subject, entry.Detail)).OrderBy(entry => entry.By, StringComparer.Ordinal).ThenBy(entry => entry.Subject, StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_change_holds_from_the_next_batch_on_without_a_restart()
    {
        await using var pipeline = new Pipeline(await postgres.NewDatabaseAsync(), _folder["archive"]);
        await pipeline.StartAsync();
        await pipeline.TakeAsync("t", TrailRecords.Delivery("a", TrailRecords.Log(TrailRecords.RunInstance(1))));
        await pipeline.DrainedAsync("t");

        await pipeline.Get<SettingsDesk>().SaveAsync("t", DetectionSettings.None, [Rule(null, "ec2", 500)], "alice", Mouth.Page, Stop);
        await pipeline.TakeAsync("t", TrailRecords.Delivery("b", TrailRecords.Log(TrailRecords.RunInstance(2))));
        await pipeline.DrainedAsync("t");

        Assert.Equal([15, 500], (await pipeline.CostEventsAsync("t")).Select(e => Math.Round(e.Verdict.Weighing!.InterruptionUsd)));
    }

    [Fact]
    public async Task Who_saves_over_what_they_have_not_seen_is_told()
    {
        await using var pipeline = new Pipeline(await postgres.NewDatabaseAsync(), _folder["archive"]);
        var desk = pipeline.Get<SettingsDesk>();
        await desk.SaveAsync("t", DetectionSettings.None, [Rule(null, null, 50)], "alice", Mouth.Page, Stop);

        Assert.Contains("Somebody else", await desk.SaveAsync("t", DetectionSettings.None, [Rule(null, null, 60)], "bob", Mouth.Page, Stop), StringComparison.Ordinal);
        Assert.Equal(50, (await desk.ReadAsync("t", Stop)).For("1", "ec2").UsdPerDay);
    }

    private static SensitivityRule Rule(string? account, string? service, double usd) => new(account, service, new Sensitivity(usd, Eagerness.Balanced));
}
