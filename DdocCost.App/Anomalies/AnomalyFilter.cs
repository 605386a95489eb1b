using DdocCost.Domain.Scoring;

namespace DdocCost.App.Anomalies;

/// <summary>Which cases are listed; all of it is in the address.</summary>
/// <param name="Closed">Only closed ones, only open ones, or (null) both.</param>
/// <param name="Severity">At that severity only, or null.</param>
/// <param name="Account">Of that account only, or null.</param>
/// <param name="Text">Words in title, actor or case id, or null.</param>
/// <param name="Page">From 1.</param>
/// <param name="Storm">Of the storm message with that id only, whatever became of them, or null.</param>
/// <param name="Answer">Of those people answered so only, or null.</param>
public sealed record AnomalyFilter(bool? Closed, Severity? Severity, string? Account, string? Text, int Page, Guid? Storm = null, CaseAnswer? Answer = null)
{
    /// <summary>From the address; what is not understood is left out.</summary>
    public static AnomalyFilter Of(string? state, string? severity, string? account, string? text, int? page, string? storm = null, string? answer = null) => new(
        state switch { "closed" => true, "all" => null, "open" => false, _ => storm is { Length: > 0 } ? null : false },
        Enum.TryParse<Severity>(severity, ignoreCase: true, out var known) && Enum.IsDefined(known) ? known : null,
        string.IsNullOrWhiteSpace(account) ? null : account.Trim(),
        string.IsNullOrWhiteSpace(text) ? null : text.Trim(),
        page ?? 1,
        Guid.TryParse(storm, out var message) ? message : null,
        Enum.TryParse<CaseAnswer>(answer, ignoreCase: true, out var given) && Enum.IsDefined(given) ? given : null);
}

/// <summary>What people said of a case, as it has taken effect.</summary>
public enum CaseAnswer
{
    /// <summary>Nothing that still holds.</summary>
    None,

    /// <summary>Somebody has seen it.</summary>
    Acknowledged,

    /// <summary>It is silent for a while.</summary>
    Snoozed,

    /// <summary>It is as it should be.</summary>
    Expected,

    /// <summary>It was a false alarm.</summary>
    Wrong,
}
