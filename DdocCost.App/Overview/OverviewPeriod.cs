namespace DdocCost.App.Overview;

/// <summary>How far the overview looks back.</summary>
/// <param name="Key">In the address.</param>
/// <param name="Title">On the switch.</param>
/// <param name="Length">How long.</param>
/// <param name="Step">Width of a step of the course.</param>
public sealed record OverviewPeriod(string Key, string Title, TimeSpan Length, TimeSpan Step)
{
    /// <summary>The choices, the first is the default.</summary>
    public static IReadOnlyList<OverviewPeriod> All { get; } =
    [
        new("24h", "24 h", TimeSpan.FromHours(24), TimeSpan.FromHours(1)),
        new("7d", "7 days", TimeSpan.FromDays(7), TimeSpan.FromHours(1)),
        new("28d", "28 days", TimeSpan.FromDays(28), TimeSpan.FromHours(4)),
    ];

    /// <summary>The choice of that key, else the default.</summary>
    public static OverviewPeriod Of(string? key) => All.FirstOrDefault(period => period.Key == key) ?? All[0];
}
