namespace DdocCost.App.Detection;

/// <summary>What of the detector is shown; all of it is in the address.</summary>
/// <param name="Tab">Which part.</param>
/// <param name="Account">Baselines of that account only, or null.</param>
/// <param name="Text">Words in resource type or actor, or null.</param>
/// <param name="Page">From 1.</param>
/// <param name="Run">The backtest that is looked at, or null = the latest.</param>
public sealed record DetectionFilter(DetectionTab Tab, string? Account, string? Text, int Page, string? Run)
{
    /// <summary>From the address; what is not understood is left out.</summary>
    public static DetectionFilter Of(string? tab, string? account, string? text, int? page, string? run) => new(
        Enum.TryParse<DetectionTab>(tab, ignoreCase: true, out var known) && Enum.IsDefined(known) ? known : DetectionTab.Normal,
        string.IsNullOrWhiteSpace(account) ? null : account.Trim(),
        string.IsNullOrWhiteSpace(text) ? null : text.Trim(),
        page ?? 1,
        string.IsNullOrWhiteSpace(run) ? null : run.Trim());
}

/// <summary>Parts of the page.</summary>
public enum DetectionTab
{
    /// <summary>What is normal here.</summary>
    Normal,

    /// <summary>How readily somebody is interrupted.</summary>
    Sensitivity,

    /// <summary>What people said they expect.</summary>
    Expected,

    /// <summary>What other settings would have told.</summary>
    Backtest,
}
