using DdocCost.App.Shell;
using DdocCost.Domain.Sources;
using DdocCost.Domain.Zombies;

namespace DdocCost.App.Zombies;

/// <summary>A list of findings with its totals.</summary>
/// <param name="Now">When it was read, UTC.</param>
/// <param name="Findings">One page of those that match.</param>
/// <param name="Totals">How many there are in each state, and what they save.</param>
/// <param name="Small">Of those that match, how many save less than a dollar, and together how much.</param>
/// <param name="ByAccount">What zombies cost, per account.</param>
/// <param name="ByService">What zombies cost, per service.</param>
/// <param name="ByCreator">What zombies cost, per creator.</param>
/// <param name="Latest">The latest scan of each account, running ones first.</param>
/// <param name="Connected">Connected accounts.</param>
public sealed record ZombieListView(
    DateTimeOffset Now, Page<ZombieFinding> Findings, IReadOnlyDictionary<FindingState, (int Count, decimal UsdPerMonth)> Totals, (int Count, decimal UsdPerMonth) Small,
    IReadOnlyList<ZombieShare> ByAccount, IReadOnlyList<ZombieShare> ByService, IReadOnlyList<ZombieShare> ByCreator, IReadOnlyList<HuntRun> Latest, IReadOnlyList<ConnectedAccount> Connected)
{
    /// <summary>What all zombies cost, USD per month.</summary>
    public decimal UsdPerMonth => Totals.GetValueOrDefault(FindingState.Confirmed).UsdPerMonth;
}

/// <summary>A part of what zombies cost.</summary>
/// <param name="Key">In the address, and for a person.</param>
/// <param name="UsdPerMonth">USD per month.</param>
/// <param name="Count">How many.</param>
public sealed record ZombieShare(string Key, decimal UsdPerMonth, int Count);

/// <summary>One finding.</summary>
/// <param name="Now">When it was read, UTC.</param>
/// <param name="Finding">The finding, or null where there is none.</param>
/// <param name="Whole">The finding that its saving is counted in, or null.</param>
/// <param name="Parts">Findings that are counted in it.</param>
public sealed record FindingLookup(DateTimeOffset Now, ZombieFinding? Finding, ZombieFinding? Whole, IReadOnlyList<ZombieFinding> Parts);

/// <summary>The rules.</summary>
/// <param name="Settings">What the tenant changed, by rule.</param>
/// <param name="Found">What each found and is alive: how many, USD per month.</param>
/// <param name="Hunt">How the tenant's accounts are hunted through.</param>
public sealed record RulesView(IReadOnlyDictionary<string, RuleSetting> Settings, IReadOnlyDictionary<string, (int Count, decimal UsdPerMonth)> Found, HuntSettings Hunt);

/// <summary>Scans.</summary>
/// <param name="Runs">Newest first.</param>
/// <param name="Month">What scans cost in this calendar month.</param>
/// <param name="Comparisons">What the trail and the scans know of what runs.</param>
/// <param name="Connected">Connected accounts.</param>
public sealed record ScansView(Page<HuntRun> Runs, HuntMonth Month, IReadOnlyList<InventoryComparison> Comparisons, IReadOnlyList<ConnectedAccount> Connected);

/// <summary>What scans cost in a calendar month.</summary>
/// <param name="MostUsd">What those of one account may cost, USD.</param>
/// <param name="Accounts">The accounts that were scanned, dearest first.</param>
public sealed record HuntMonth(decimal MostUsd, IReadOnlyList<HuntMeterView> Accounts);

/// <summary>An account's own-cost meter.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="Usd">What its scans cost, USD.</param>
/// <param name="Metrics">Metrics they asked for.</param>
/// <param name="Scans">How many there were.</param>
public sealed record HuntMeterView(string AccountId, decimal Usd, long Metrics, int Scans);
