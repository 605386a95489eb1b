using DdocCost.App.Shell;
using DdocCost.Domain.Anomalies;
using DdocCost.Domain.Backtest;
using DdocCost.Domain.Scoring;
using DdocCost.Domain.Tuning;

namespace DdocCost.App.Detection;

/// <summary>What the page shows. What the selected part does not need is empty.</summary>
/// <param name="Now">When it was read, UTC.</param>
/// <param name="Accounts">All accounts something was learned of.</param>
/// <param name="Services">Services seen, for the choice.</param>
/// <param name="Settings">What is set.</param>
/// <param name="Baselines">One page of them, the most experienced first.</param>
/// <param name="Expectations">What is expected, latest first.</param>
/// <param name="Runs">Backtests, latest first.</param>
/// <param name="Quality">What people said of the cases so far.</param>
/// <param name="Hours">When things are started in the account that was chosen, else in the largest; null where nothing is known.</param>
public sealed record DetectionView(
    DateTimeOffset Now, IReadOnlyList<KnownAccount> Accounts, IReadOnlyList<string> Services, DetectionSettings Settings, Page<Baseline> Baselines,
    IReadOnlyList<StandingExpectation> Expectations, IReadOnlyList<BacktestRun> Runs, CaseQuality Quality, AccountRhythm? Hours = null);

/// <summary>An account as the detector knows it.</summary>
/// <param name="AccountId">Account.</param>
/// <param name="Since">First event, UTC.</param>
/// <param name="Until">Latest event, UTC.</param>
/// <param name="UsualUsdPerHour">What usually runs, USD per hour.</param>
/// <param name="Actors">How many actors it remembers.</param>
/// <param name="Regions">How many regions.</param>
/// <param name="Types">How many resource types have a baseline.</param>
public sealed record KnownAccount(string AccountId, DateTimeOffset Since, DateTimeOffset Until, double UsualUsdPerHour, int Actors, int Regions, int Types);

/// <summary>What people said of cases that interrupted somebody.</summary>
/// <param name="Cases">Cases of severity warning or critical.</param>
/// <param name="Expected">Of them held to be as they should be.</param>
/// <param name="Wrong">Of them held for false alarms.</param>
public sealed record CaseQuality(long Cases, long Expected, long Wrong);
