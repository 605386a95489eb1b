using DdocCost.Domain.Anomalies;
using DdocCost.Domain.Backtest;
using DdocCost.Domain.Normalise;
using DdocCost.Domain.Pipeline;
using DdocCost.Domain.Scoring;
using DdocCost.Domain.Tuning;
using DdocCost.Jobs.Demo;
using DdocCost.Tests.Support;

namespace DdocCost.Tests.Backtest;

/// <summary>Two settings on the same history: as the pipeline would have judged it, and where they differ.</summary>
public sealed class BacktestAccountTests(BacktestAccountTests.History history) : IClassFixture<BacktestAccountTests.History>
{
    private static readonly AccountRules Balanced = AccountRules.None;

    /// <summary>Twelve days of simulated accounts with incidents, replayed once for all tests.</summary>
    public sealed class History : IReplayOutput, IDisposable
    {
        private readonly TempFolder _folder = new();

        public History()
        {
            SimulatedCorpus.Write(_folder["trail"], seed: 7, new DateTimeOffset(2026, 9, 7, 0, 0, 0, TimeSpan.Zero), days: 12, incidents: 10, noise: 0);
            new Domain.Pipeline.Replay(EventCatalogue.Default, TimeProvider.System).Run(ReplayInput.Of(_folder["trail"]), this);
        }

        public List<CostEvent> Events { get; } = [];

        public List<Alert> Alerts { get; } = [];

        public void Costed(CostEvent e) => Events.Add(e);

        public void Raised(Alert alert) => Alerts.Add(alert);

        public void Dispose() => _folder.Dispose();
    }

    [Fact]
    public void The_rules_that_hold_tell_exactly_what_the_pipeline_told()
    {
        var result = Run(_ => Balanced, _ => Balanced);

        var interrupting = history.Alerts.Where(alert => alert.Severity >= Severity.Warning).ToList();
        Assert.NotEmpty(interrupting);
        Assert.Equal((interrupting.Count, interrupting.Select(alert => alert.CaseId).Distinct().Count()), (result.Now.Interruptions, result.Now.Cases));
        Assert.Equal(
            interrupting.GroupBy(alert => DateOnly.FromDateTime(alert.DetectedAt.UtcDateTime)).OrderBy(day => day.Key).Select(day => new BacktestDay(day.Key, day.Count())),
            result.Now.Days);
    }

    [Fact]
    public void The_same_rules_twice_do_not_differ()
    {
        var result = Run(_ => Balanced, _ => Balanced);

        Assert.Equal((result.Now.Interruptions, result.Now.Cases, result.Now.Info), (result.Tried.Interruptions, result.Tried.Cases, result.Tried.Info));
        Assert.Equal((0, 0), (result.OnlyNowCount, result.OnlyTriedCount));
    }

    [Fact]
    public void What_only_one_of_them_tells_is_listed_dearest_first()
    {
        var result = Run(_ => Balanced, account => Rules(account, new Sensitivity(1_000, Eagerness.Quiet)));

        Assert.True(result.Tried.Cases < result.Now.Cases);
        Assert.NotEmpty(result.OnlyNow);
        Assert.Equal(result.OnlyNow.Select(found => found.UsdWithinDay).OrderDescending(), result.OnlyNow.Select(found => found.UsdWithinDay));

        // What both tell may be two cases for the one and a single case for the other.
        Assert.InRange(result.Tried.Cases - result.OnlyTriedCount, 1, result.Now.Cases - result.OnlyNowCount);
    }

    [Fact]
    public void What_is_expected_is_told_by_neither()
    {
        var dearest = history.Alerts.Where(alert => alert.Severity == Severity.Critical).MaxBy(alert => alert.UsdPerHour)!;
        var events = history.Events.Where(e => e.CaseId == dearest.CaseId).ToList();
        var expected = new StandingExpectation
        {
            Id = dearest.CaseId, AccountId = dearest.AccountId, Parts = [.. events.Select(e => CasePart.Of(e.Costed.Event)).Distinct()],
            UsdWithinDay = 1e9, Scope = ExpectScope.Always, Signature = new Signature("alice", DateTimeOffset.UnixEpoch),
        };

        var result = Run(_ => Balanced, account => new AccountRules(account, DetectionSettings.None, account == dearest.AccountId ? [expected] : []));

        Assert.Contains(result.OnlyNow, found => found.Id == dearest.CaseId);
    }

    private BacktestResult Run(Func<string, AccountRules> now, Func<string, AccountRules> tried)
    {
        var result = BacktestResult.None;
        foreach (var account in history.Events.GroupBy(e => e.AccountId).OrderBy(account => account.Key, StringComparer.Ordinal))
        {
            var backtest = new BacktestAccount(account.Key, now(account.Key), tried(account.Key));
            foreach (var e in account)
            {
                backtest.Take(e.Costed);
            }

            result = result.And(backtest.Finish());
        }

        return result;
    }

    private static AccountRules Rules(string account, Sensitivity sensitivity) =>
        new(account, new DetectionSettings { Rules = [new SensitivityRule(null, null, sensitivity)] }, []);
}
