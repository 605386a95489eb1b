using DdocCost.Domain.Scoring;

namespace DdocCost.Domain.Backtest;

/// <summary>What two settings would have told, side by side. Bounded.</summary>
/// <param name="Now">With the rules that hold.</param>
/// <param name="Tried">With those that are tried.</param>
/// <param name="OnlyNow">Cases only the first tells, the dearest ones.</param>
/// <param name="OnlyTried">Cases only the second tells, the dearest ones.</param>
/// <param name="OnlyNowCount">How many of the former there are.</param>
/// <param name="OnlyTriedCount">How many of the latter there are.</param>
public sealed record BacktestResult(
    BacktestSide Now, BacktestSide Tried, IReadOnlyList<BacktestCase> OnlyNow, IReadOnlyList<BacktestCase> OnlyTried, int OnlyNowCount, int OnlyTriedCount)
{
    /// <summary>As many differences are listed.</summary>
    public const int MostListed = 100;

    /// <summary>Nothing found yet.</summary>
    public static readonly BacktestResult None = new(BacktestSide.None, BacktestSide.None, [], [], 0, 0);

    /// <summary>With what another account gave.</summary>
    public BacktestResult And(BacktestResult other) => new(
        Now.And(other.Now), Tried.And(other.Tried), Dearest(OnlyNow, other.OnlyNow), Dearest(OnlyTried, other.OnlyTried),
        OnlyNowCount + other.OnlyNowCount, OnlyTriedCount + other.OnlyTriedCount);

    internal static IReadOnlyList<BacktestCase> Dearest(params IEnumerable<IEnumerable<BacktestCase>> cases) =>
        [.. cases.SelectMany(some => some).OrderByDescending(found => found.UsdWithinDay).ThenBy(found => found.Id, StringComparer.Ordinal).Take(MostListed)];
}

/// <summary>What one setting would have told.</summary>
/// <param name="Interruptions">Alerts of severity warning or critical: each interrupts somebody.</param>
/// <param name="Critical">Cases by their loudest severity.</param>
/// <param name="Warning">Cases by their loudest severity.</param>
/// <param name="Info">Cases by their loudest severity: shown, nobody is interrupted.</param>
/// <param name="UsdWithinDay">What the cases that interrupt put at risk within a day, together, USD.</param>
/// <param name="Days">Interruptions by day, in order; days without are left out.</param>
public sealed record BacktestSide(int Interruptions, int Critical, int Warning, int Info, double UsdWithinDay, IReadOnlyList<BacktestDay> Days)
{
    /// <summary>Nothing.</summary>
    public static readonly BacktestSide None = new(0, 0, 0, 0, 0, []);

    /// <summary>Cases that interrupt.</summary>
    public int Cases => Critical + Warning;

    /// <summary>Both together.</summary>
    public BacktestSide And(BacktestSide other) => new(
        Interruptions + other.Interruptions, Critical + other.Critical, Warning + other.Warning, Info + other.Info, UsdWithinDay + other.UsdWithinDay,
        [.. Days.Concat(other.Days).GroupBy(day => day.Day).OrderBy(day => day.Key).Select(day => new BacktestDay(day.Key, day.Sum(part => part.Interruptions)))]);
}

/// <summary>Interruptions of a day.</summary>
/// <param name="Day">UTC.</param>
/// <param name="Interruptions">How many.</param>
public sealed record BacktestDay(DateOnly Day, int Interruptions);

/// <summary>A case that would have been told.</summary>
/// <param name="Id">As the case would have been called.</param>
/// <param name="AccountId">Account.</param>
/// <param name="Title">The sentence a person reads first.</param>
/// <param name="Severity">Loudest.</param>
/// <param name="At">When it would have been told first (event time), UTC.</param>
/// <param name="UsdWithinDay">Most it put at risk within a day, USD.</param>
public sealed record BacktestCase(string Id, string AccountId, string Title, Severity Severity, DateTimeOffset At, double UsdWithinDay);
