namespace DdocCost.App.Shell;

/// <summary>One bar of a <see cref="BarList"/>.</summary>
/// <param name="Label">What.</param>
/// <param name="Value">How much.</param>
/// <param name="Href">Where it leads, or null.</param>
public sealed record Bar(string Label, decimal Value, string? Href = null);
