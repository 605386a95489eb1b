namespace DdocCost.App.Exposure;

/// <summary>What of the running resources is listed, and in which order; all of it is in the address.</summary>
/// <param name="Account">Of that account only, or null.</param>
/// <param name="Region">In that region only, or null.</param>
/// <param name="Service">Of that service only, or null.</param>
/// <param name="Actor">Started by that actor id only, or null.</param>
/// <param name="Tag">With that tag only, as <c>key</c> or <c>key=value</c>, or null.</param>
/// <param name="Text">Words in id or type, or null.</param>
/// <param name="Sort">One of <see cref="Sorts"/>.</param>
/// <param name="Page">From 1.</param>
public sealed record ExposureFilter(
    string? Account, string? Region, string? Service, string? Actor, string? Tag, string? Text, string Sort, int Page)
{
    /// <summary>Orders; the first is the default.</summary>
    public static IReadOnlyList<string> Sorts { get; } = ["cost", "spent", "oldest", "newest", "type"];

    /// <summary>From the address; what is not understood is left out.</summary>
    public static ExposureFilter Of(
        string? account, string? region, string? service, string? actor, string? tag, string? text, string? sort, int? page) =>
        new(Given(account), Given(region), Given(service), Given(actor), Given(tag), Given(text), Sorts.Contains(sort) ? sort! : Sorts[0], page ?? 1);

    /// <summary>Whether the course over time can follow it: spend is added up by account and service.</summary>
    public bool HasCourse => Region is null && Actor is null && Tag is null && Text is null;

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
